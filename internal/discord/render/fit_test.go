package render

import "testing"

func TestFit(t *testing.T) {
	tests := []struct {
		text  string
		limit int
		want  string
	}{
		{"short", 10, "short"},
		{"  trimmed  ", 10, "trimmed"},
		{"one two three", 8, "one two…"},
		{"one two three", 7, "one…"},
		{"unbreakable", 5, "unbr…"},
		{"a*b*c*", 5, `a\*b…`},
		{"a*b*c*", 4, `a\*…`},
		{"a*b*c*", 3, `a…`},
		{"👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 12, "👩‍👩‍👧‍👦…"},
		{"anything", 1, ""},
		{"", 5, ""},
	}
	for _, test := range tests {
		got := fit(test.text, test.limit)
		if got != test.want || size(got) > test.limit {
			t.Errorf("fit(%q, %d) = %q of %d, want %q", test.text, test.limit, got, size(got), test.want)
		}
	}
}

func TestSizeCountsAsTheStrictestClient(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "é": 1, "日本": 2, "😀": 2} {
		if got := size(text); got != want {
			t.Errorf("size(%q) = %d, want %d", text, got, want)
		}
	}
}
