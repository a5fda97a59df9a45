package safety

import (
	"strings"
	"testing"
)

// matcher compiles concepts and one pattern and reports where it matches.
func matcher(t *testing.T, concepts map[string][]string, source string) func(string) []string {
	t.Helper()
	c := newCompiler()
	c.defined = concepts
	p, err := c.pattern(source)
	if err != nil {
		t.Fatal(err)
	}
	c.trie.close()
	rules := &Rules{vocab: c.vocab, trie: c.trie, concepts: len(c.ids)}
	return func(text string) []string {
		var found []string
		s := rules.look(view{"plain", clean(text)})
		for _, at := range p.in(s.hits) {
			found = append(found, s.words(at))
		}
		return found
	}
}

func TestPattern(t *testing.T) {
	concepts := map[string][]string{
		"blood":   {"blood", "bleed*"},
		"rectum":  {"butt", "back there"},
		"cannot":  {"can't", "unable to"},
		"urinate": {"pee", "pass water"},
		"any":     {"{blood}", "{urinate}"},
		"hot":     {"temp #38..43"},
	}
	tests := map[string]struct {
		pattern, text, want string // want is empty for no match
	}{
		"adjacent concepts":        {"{cannot} {urinate}", "I can't pee", "cant pee"},
		"a few words between":      {"{cannot} {urinate}", "cant even really pee", "cant even really pee"},
		"too many words between":   {"{cannot} {urinate}", "cant see the big green pee", ""},
		"wrong order":              {"{cannot} {urinate}", "pee i cant", ""},
		"either order":             {"{blood} near:3 {rectum}", "my butt is bleeding", "butt is bleeding"},
		"near has a limit":         {"{blood} near:1 {rectum}", "butt and so on bleeding", ""},
		"order with a limit":       {"{blood} then:5 {rectum}", "blood came out of my butt", "blood came out of my butt"},
		"phrases of a concept":     {"{rectum}", "hurts back there", "back there"},
		"literal phrase":           {"passed out cold", "he passed out cold", "passed out cold"},
		"literal phrase is tight":  {"passed out", "passed it out", ""},
		"alternatives":             {"(wet|red hot) {rectum}", "red hot butt", "red hot butt"},
		"union":                    {"{rectum|urinate}", "pass water", "pass water"},
		"concept in a concept":     {"{any}", "bleeding", "bleeding"},
		"number in a range":        {"{hot}", "temp 39.5", "temp 39.5"},
		"number out of the range":  {"{hot}", "temp 37", ""},
		"spelled-out number":       {"#4..9 hours", "six hours", "six hours"},
		"three terms":              {"{cannot} {urinate} near:4 {blood}", "cant pee and theres blood", "cant pee and theres blood"},
		"number apart from a unit": {"#4..9 hrs", "6hrs", "6hrs"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(matcher(t, concepts, tt.pattern)(tt.text), "; ")
			if got != tt.want {
				t.Errorf("%q in %q matches %q, want %q", tt.pattern, tt.text, got, tt.want)
			}
		})
	}
}

func TestPatternFaults(t *testing.T) {
	tests := map[string]struct{ pattern, want string }{
		"empty":            {"", "empty"},
		"blank":            {"  ", "empty"},
		"only a link":      {"near:3", "between two terms"},
		"ends with a link": {"blood near:3", "ends with"},
		"unknown concept":  {"{nonsense}", "no concept"},
		"not closed":       {"{blood", "not closed"},
		"empty choice":     {"(a|)", "1 to 8 words"},
		"bad link":         {"blood near:x pus", "number of words"},
		"gap too wide":     {"blood near:99 pus", "number of words"},
		"short beginning":  {"bl*", "too short"},
		"bad range":        {"#9..3", "#low..high"},
		"too long":         {strings.Repeat("blood ", 200), "longer"},
		"too many words":   {"a b c d e f g h i", "1 to 8 words"},
		"too many terms":   {"{x} {x} {x} {x} {x} {x} {x}", "more than"},
		"circle":           {"{round}", "circle"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := newCompiler()
			c.defined = map[string][]string{"x": {"word"}, "round": {"{about}"}, "about": {"{round}"}}
			if _, err := c.pattern(tt.pattern); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("pattern %q: %v, want a fault with %q", tt.pattern, err, tt.want)
			}
		})
	}
}
