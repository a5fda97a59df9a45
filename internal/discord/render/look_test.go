package render

import (
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
)

func newView(t *testing.T, language string, look Look) view {
	t.Helper()
	words, err := locale.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return view{Words: words, look: look}
}

func TestAgo(t *testing.T) {
	date := func(y, m, d int) article.Date { return article.Date{Year: y, Month: time.Month(m), Day: d} }
	tests := map[string]struct {
		then, today article.Date
		want        string
	}{
		"today":                 {date(2026, 5, 3), date(2026, 5, 3), "today"},
		"yesterday":             {date(2026, 4, 30), date(2026, 5, 1), "1 day ago"},
		"a month less a day":    {date(2026, 4, 4), date(2026, 5, 3), "29 days ago"},
		"a month":               {date(2026, 4, 3), date(2026, 5, 3), "1 month ago"},
		"from the 31st":         {date(2026, 1, 31), date(2026, 2, 28), "28 days ago"},
		"over the year's end":   {date(2025, 12, 20), date(2026, 1, 19), "30 days ago"},
		"a year less a day":     {date(2025, 5, 4), date(2026, 5, 3), "11 months ago"},
		"a year":                {date(2025, 5, 3), date(2026, 5, 3), "1 year ago"},
		"nine years":            {date(2017, 7, 19), date(2026, 11, 22), "9 years ago"},
		"from a leap day":       {date(2024, 2, 29), date(2025, 2, 28), "11 months ago"},
		"long ago":              {date(1850, 1, 1), date(2026, 1, 1), "176 years ago"},
		"yet to come":           {date(2026, 5, 4), date(2026, 5, 3), ""},
		"no date":               {article.Date{}, date(2026, 5, 3), ""},
		"today is not known":    {date(2026, 5, 3), article.Date{}, ""},
		"neither of them known": {article.Date{}, article.Date{}, ""},
	}
	for name, test := range tests {
		if got := newView(t, "en", Look{Today: test.today}).ago(test.then); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestAge looks at the line with the dates and marks of a quote.
func TestAge(t *testing.T) {
	now := article.Date{Year: 2026, Month: 11, Day: 22}
	old, reviewed := article.Date{Year: 2017, Month: 7, Day: 19}, article.Date{Year: 2026, Month: 5, Day: 3}
	const days9 = 3413 // from 19 July 2017 to 22 November 2026
	tests := map[string]struct {
		look     Look
		quote    answer.Quote
		language string
		want     string
	}{
		"nothing asked":    {Look{}, answer.Quote{Updated: old}, "en", "Updated 19 July 2017"},
		"how long ago":     {Look{Today: now}, answer.Quote{Updated: old}, "en", "Updated 19 July 2017 (9 years ago)"},
		"old":              {Look{Today: now, StaleDays: days9 - 1}, answer.Quote{Updated: old}, "en", "Updated 19 July 2017 (9 years ago) · **May be out of date**"},
		"not yet old":      {Look{Today: now, StaleDays: days9}, answer.Quote{Updated: old}, "en", "Updated 19 July 2017 (9 years ago)"},
		"old, day unknown": {Look{StaleDays: 1}, answer.Quote{Updated: old}, "en", "Updated 19 July 2017"},
		"not reviewed":     {Look{ShowReview: true}, answer.Quote{Updated: old}, "en", "Updated 19 July 2017 · Not reviewed"},
		"reviewed":         {Look{ShowReview: true}, answer.Quote{Updated: old, Reviewed: reviewed}, "en", "Updated 19 July 2017 · Reviewed 3 May 2026"},
		"reviewed long ago": {
			Look{Today: now, StaleDays: days9 - 1, ShowReview: true},
			answer.Quote{Updated: reviewed, Reviewed: old},
			"en",
			"Updated 3 May 2026 (6 months ago) · **Not reviewed since 19 July 2017**",
		},
		"not to be said": {Look{}, answer.Quote{Updated: old, Reviewed: reviewed}, "en", "Updated 19 July 2017"},
		"no date":        {Look{Today: now, StaleDays: 1, ShowReview: true}, answer.Quote{}, "en", "Not reviewed"},
		"nothing":        {Look{Today: now, StaleDays: 1}, answer.Quote{}, "en", ""},
		"all in German": {
			Look{Today: now, StaleDays: days9 - 1, ShowReview: true},
			answer.Quote{Updated: old, Reviewed: reviewed},
			"de",
			"Aktualisiert am 19. Juli 2017 (vor 9 Jahren) · **Vielleicht veraltet** · Geprüft am 3. Mai 2026",
		},
	}
	for name, test := range tests {
		if got := newView(t, test.language, test.look).age(test.quote); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestSureness(t *testing.T) {
	tests := map[float64]string{
		1: "This seems to answer the question.", .9: "This seems to answer the question.", .899: "This may answer the question.",
		.7: "This may answer the question.", .699: "This may only touch on the question.", .01: "This may only touch on the question.", 0: "",
	}
	for confidence, want := range tests {
		if got := newView(t, "en", Look{}).sureness(confidence); got != want {
			t.Errorf("%v: %q, want %q", confidence, got, want)
		}
	}
}

func TestForeign(t *testing.T) {
	tests := []struct{ reader, tag, want string }{
		{"en", "en-GB", ""},
		{"pt-BR", "pt", ""},
		{"en", "", ""},
		{"en", "und", ""},
		{"en", "de", "Quoted in German"},
		{"de", "en", "Zitat auf Englisch"},
		{"fr", "tlh-x_y", `Citation dans une autre langue (tlh-x\_y)`},
	}
	for _, test := range tests {
		if got := newView(t, test.reader, Look{}).foreign(test.tag); got != test.want {
			t.Errorf("%q for %q: %q, want %q", test.tag, test.reader, got, test.want)
		}
	}
}

// TestEveryReasonHasASentence keeps a reason of the answer package from being shown
// in English to everybody.
func TestEveryReasonHasASentence(t *testing.T) {
	for _, reason := range []answer.Reason{
		answer.Unanswered, answer.Withheld, answer.Restricted, answer.UnderAge, answer.Unavailable, answer.NoPublished, answer.NoBio, answer.WhichOne,
	} {
		if _, ok := reasonID(reason); !ok {
			t.Errorf("%q", reason)
		}
	}
	v := newView(t, "de", Look{})
	if got := v.noticeText(answer.Answer{Outcome: answer.Abstained, Notice: "As it is."}); got != "As it is." {
		t.Errorf("a notice without a reason became %q", got)
	}
}
