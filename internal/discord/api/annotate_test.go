package api_test

import (
	"errors"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/discordtest"
)

// TestAnnotate puts a text above embeds, takes it away, and leaves plain messages alone.
func TestAnnotate(t *testing.T) {
	s := discordtest.New(t)
	c := connect(t, s)
	general, eva := s.Guild("guild").Channel("general"), s.Member("eva")
	id, err := c.Post(t.Context(), general.ID, api.Message{Embeds: embed("A card."), Rows: row("Remove", "x")})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"**It has changed, @everyone.**", ""} {
		if err := c.Annotate(t.Context(), general.ID, id, text); err != nil {
			t.Fatal(err)
		}
		seen, _ := s.See(eva, id)
		if seen.Content != text || len(seen.Embeds) != 1 || seen.Embeds[0].Description != "A card." || len(seen.Buttons) != 1 || len(seen.Pings) > 0 {
			t.Errorf("%+v", seen)
		}
	}
	plain, err := c.Post(t.Context(), general.ID, api.Message{Content: "A card."})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Annotate(t.Context(), general.ID, plain, "no"); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("a message without embeds: %v", err)
	}
	if seen, _ := s.See(eva, plain); seen.Content != "A card." {
		t.Errorf("%+v", seen)
	}
}
