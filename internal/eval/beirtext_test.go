package eval

import (
	"strings"
	"testing"
)

func TestBEIRTextCounts(t *testing.T) {
	for want, r := range map[string]BEIRReport{
		"1 document in 1 passage\n":                         {Documents: 1, Passages: 1},
		"0 documents in 0 passages, and 2 without a word\n": {Empty: 2},
		"1 document in 21 passages, and 1 without a word\n": {Documents: 1, Passages: 21, Empty: 1},
	} {
		var b strings.Builder
		if err := r.WriteText(&b); err != nil || b.String() != want {
			t.Errorf("%q, %v, want %q", b.String(), err, want)
		}
	}
}
