package store_test

import (
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// TestShippedTextsCannotBeReplaced: an archive may hold any text under any revision,
// and must not change what was quoted from an article that came with the program.
func TestShippedTextsCannotBeReplaced(t *testing.T) {
	for name, url := range movers() {
		t.Run(name, func(t *testing.T) {
			s, ctx := openURL(t, url(t)), t.Context()
			const revision = article.Revision("shipped")
			forged := library.Row{"revision": string(revision), "canonical": "Forged words."}
			// Ids on either side of the shipped ones, in whichever order they are read.
			for _, guild := range []string{fromGuild, "@a", "@z", "~"} {
				_, err := s.Load(ctx, guild, "texts", []library.Row{forged})
				must(t, err)
			}
			must(t, s.KeepText(ctx, library.Shipped, library.Text{Revision: revision, Canonical: "True words."}))
			for _, guild := range []string{fromGuild, "@a", "@z", "~"} {
				if x, err := s.Text(ctx, guild, revision); err != nil || x.Canonical != "True words." {
					t.Errorf("%s is shown %q, %v", guild, x.Canonical, err)
				}
			}
		})
	}
}
