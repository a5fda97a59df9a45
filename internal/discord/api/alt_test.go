package api

import (
	"encoding/json"
	"strings"
	"testing"

	"verbatim/internal/discord/render"
)

// What a picture shows is said beside its name, and an embed can show it.
func TestMessage_picture(t *testing.T) {
	m := Message{
		Embeds: []render.Embed{{Title: "Numbers", Image: &render.Image{URL: "attachment://a.png"}}},
		Files:  []File{{Name: "a.png", Alt: "Ten questions a day."}, {Name: "b.csv"}},
	}
	for name, w := range map[string]wire{"created": m.created(), "replaced": m.replaced()} {
		text, err := json.Marshal(w)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{
			`"attachments":[{"id":"0","filename":"a.png","description":"Ten questions a day."},{"id":"1","filename":"b.csv"}]`,
			`"image":{"url":"attachment://a.png"}`,
		} {
			if !strings.Contains(string(text), part) {
				t.Errorf("%s: %s does not hold %s", name, text, part)
			}
		}
	}
}
