package desk

import (
	"strings"
	"testing"

	"verbatim/internal/library"
)

func TestLine_deeds(t *testing.T) {
	for action, tc := range map[string]struct{ subject, want string }{
		"job.cancel":     {"library.import ABC", "cancelled long work: **Importing an archive**"},
		"library.import": {pondGuild, "imported an archive of the library of the server **" + pondGuild + "**"},
		"answer.remove":  {"ABC", "removed the posted answer **ABC**"},
	} {
		if got := Line(library.Entry{N: 1, At: noon(), Actor: alice, Action: action, Subject: tc.subject}); !strings.HasSuffix(got, tc.want) {
			t.Errorf("%s: %s", action, got)
		}
	}
}
