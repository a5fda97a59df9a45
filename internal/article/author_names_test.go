package article

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAuthorNames(t *testing.T) {
	for author, want := range map[string][]AuthorName{
		"Stephen Venneman":                        {{"Stephen Venneman", "Venneman"}},
		"Jane Young, MD":                          {{"Jane Young", "Young"}},
		"Jane Doe; John Roe":                      {{"Jane Doe", "Doe"}, {"John Roe", "Roe"}},
		"{Cleveland Clinic}":                      {{"Cleveland Clinic", ""}},
		"World Health Organization; Ludwig Bemel": {{"World Health Organization", ""}, {"Ludwig Bemel", "Bemel"}},
		"Plato": {{"Plato", ""}},
		"":      nil,
	} {
		if diff := cmp.Diff(want, AuthorNames(author)); diff != "" {
			t.Errorf("%q: %s", author, diff)
		}
	}
}
