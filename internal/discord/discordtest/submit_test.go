package discordtest_test

import (
	"strings"
	"testing"

	"verbatim/internal/discord/discordtest"
)

// TestSubmitFiles sends a file with a modal that takes one.
func TestSubmitFiles(t *testing.T) {
	s := newScene(t)
	shown := s.Run(s.alice, s.general, "/ask", nil)
	s.expect(204, "", "POST", callbackPath(shown), `{"type":9,"data":{"custom_id":"import","title":"Import","components":[{"type":18,"label":"Articles","component":{"type":19,"custom_id":"files"}}]}}`)
	file := discordtest.Attachment{Name: "a.md", Content: []byte("# A")}
	for why, files := range map[string][]discordtest.Attachment{"required": nil, "does not take 2 files": {file, file}} {
		if got := s.fatal(func() { s.SubmitFiles(shown, nil, map[string][]discordtest.Attachment{"files": files}) }); !strings.Contains(got, why) {
			t.Errorf("submitting %d files: %q, want %q", len(files), got, why)
		}
	}
	p := dial(t, s.Server)
	p.enters(s.Server, guilds)
	s.SubmitFiles(shown, nil, map[string][]discordtest.Attachment{"files": {file}})
	p.says("INTERACTION_CREATE", `"resolved":{"attachments":{"`, `"filename":"a.md"`, `"custom_id":"files"`, `"values":["`)
}
