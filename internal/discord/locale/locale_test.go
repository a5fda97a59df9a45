package locale

import (
	"sync"
	"testing"
	"time"
)

func load(t testing.TB) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSay(t *testing.T) {
	words, err := New("en-GB")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		id     ID
		values Values
		want   string
	}{
		{QuoteUpdated, Values{"Date": "19 July 2017"}, "Updated 19 July 2017"},
		{QuoteAuthor, Values{"Author": `<b> & "co"`}, `By <b> & "co"`},
		{TitleHelp, nil, "How to ask"},
		{"no.such.id", nil, "no.such.id"},
	}
	for _, test := range tests {
		if got := words.Say(test.id, test.values); got != test.want {
			t.Errorf("Say(%q) = %q, want %q", test.id, got, test.want)
		}
	}
}

// TestFor takes Discord's codes, a guild's setting and what neither would send.
func TestFor(t *testing.T) {
	c := load(t)
	tests := map[string]struct {
		codes []string
		want  string
	}{
		"german":            {[]string{"de"}, "de"},
		"spain":             {[]string{"es-ES"}, "es"},
		"latin america":     {[]string{"es-419"}, "es"},
		"brazil":            {[]string{"pt-BR"}, "pt-BR"},
		"portuguese":        {[]string{"pt"}, "pt-BR"},
		"britain":           {[]string{"en-GB"}, "en"},
		"america":           {[]string{"en-US", "de"}, "en"},
		"no catalogue":      {[]string{"ja"}, "en"},
		"the next is known": {[]string{"sv-SE", "fr"}, "fr"},
		"nothing known yet": {[]string{"", "de"}, "de"},
		"none":              {nil, "en"},
		"odd":               {[]string{"-", "\x00", " FR_ca "}, "fr"},
	}
	for name, test := range tests {
		if got := c.For(test.codes...).Language(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	words, err := New("tlh", "es-419")
	if err != nil || words.Language() != "es" {
		t.Errorf("New gives %v, %v", words, err)
	}
}

func TestDate(t *testing.T) {
	c := load(t)
	tests := map[string][3]string{ // the 19th, the 1st, in March
		"en":    {"19 July 2017", "1 July 2017", "3 March 2026"},
		"de":    {"19. Juli 2017", "1. Juli 2017", "3. März 2026"},
		"es":    {"19 de julio de 2017", "1 de julio de 2017", "3 de marzo de 2026"},
		"fr":    {"19 juillet 2017", "1er juillet 2017", "3 mars 2026"},
		"pt-BR": {"19 de julho de 2017", "1º de julho de 2017", "3 de março de 2026"},
	}
	for language, want := range tests {
		w := c.For(language)
		got := [3]string{w.Date(2017, time.July, 19), w.Date(2017, time.July, 1), w.Date(2026, time.March, 3)}
		if got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
	for _, month := range []time.Month{0, 13} {
		if got := c.For().Date(2017, month, 1); got != "" {
			t.Errorf("month %d: %q", month, got)
		}
	}
}

// TestCount looks at each plural form of each language: French and Portuguese count
// none as one, and the Romance languages say "de" after a round million.
func TestCount(t *testing.T) {
	c := load(t)
	tests := map[string][4]string{ // 0, 1, 9, 1000000
		"en":    {"0 years ago", "1 year ago", "9 years ago", "1000000 years ago"},
		"de":    {"vor 0 Jahren", "vor 1 Jahr", "vor 9 Jahren", "vor 1000000 Jahren"},
		"es":    {"hace 0 años", "hace 1 año", "hace 9 años", "hace 1000000 de años"},
		"fr":    {"il y a 0 an", "il y a 1 an", "il y a 9 ans", "il y a 1000000 d'ans"},
		"pt-BR": {"há 0 ano", "há 1 ano", "há 9 anos", "há 1000000 de anos"},
	}
	for language, want := range tests {
		for i, n := range []int{0, 1, 9, 1_000_000} {
			if got := c.For(language).Count(AgeYears, n); got != want[i] {
				t.Errorf("%s, %d: %q, want %q", language, n, got, want[i])
			}
		}
	}
	if got := c.For().Count("no.such.id", 1); got != "no.such.id" {
		t.Errorf("an unknown id gives %q", got)
	}
}

func TestWait(t *testing.T) {
	w := load(t).For("en")
	tests := map[time.Duration]string{
		-time.Hour: "1 second", 0: "1 second", time.Millisecond: "1 second", 40 * time.Second: "40 seconds", 59*time.Second + 1: "1 minute",
		time.Minute: "1 minute", time.Minute + 1: "2 minutes", 59*time.Minute + 1: "1 hour", 90 * time.Minute: "2 hours", 24 * time.Hour: "24 hours",
	}
	for d, want := range tests {
		if got := w.Wait(d); got != want {
			t.Errorf("Wait(%s) = %q, want %q", d, got, want)
		}
	}
}

func TestNameOf(t *testing.T) {
	c := load(t)
	tests := []struct{ reader, tag, want string }{
		{"en", "de-AT", "German"}, {"de", "en", "Englisch"}, {"fr", "EN-us", "anglais"}, {"es", "pt", "portugués"}, {"pt-BR", "es", "espanhol"}, {"en", "tlh", ""},
	}
	for _, test := range tests {
		if got, known := c.For(test.reader).NameOf(test.tag); got != test.want || known != (test.want != "") {
			t.Errorf("%q for %q: %q, %v", test.tag, test.reader, got, known)
		}
	}
}

// TestManyAtOnce lets many goroutines use one catalogue, for the race detector.
func TestManyAtOnce(t *testing.T) {
	c := load(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, language := range Languages() {
				if got := c.For(language).Count(AgeDays, 2); got == string(AgeDays) {
					t.Errorf("%s: %q", language, got)
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkSay is what one message costs.
func BenchmarkSay(b *testing.B) {
	c := load(b)
	for b.Loop() {
		c.For("de").Say(QuoteUpdated, Values{"Date": "19. Juli 2017"})
	}
}
