package discord_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// types lets alice type, and returns the names of what is offered. That it is a list,
// and no longer than Discord takes, the local Discord sees to.
func (f *furnished) types(in *discordtest.Channel, command, typed string) []string {
	f.t.Helper()
	choices, err := f.Type(within(f.t, 5*time.Second), f.alice, in, command, typed)
	if err != nil {
		f.t.Fatalf("typing into %s: %v", command, err)
	}
	names := make([]string, 0, len(choices))
	for _, c := range choices {
		names = append(names, c.Name)
	}
	return names
}

func TestTyping(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	tests := map[string]struct {
		in             *discordtest.Channel
		command, typed string
		want           []string
	}{
		"questions":             {f.general, "/ask", "tea", []string{"Is tea safe?", "How is tea brewed?"}},
		"nothing yet":           {f.general, "/ask", "", []string{"Is tea safe?", "How is tea brewed?"}},
		"for adults, elsewhere": {f.general, "/ask", "gin", []string{}},
		"for adults":            {f.adults, "/ask", "gin", []string{"How much gin?"}},
		"direct messages":       {f.DM(f.alice), "/ask", "gin", []string{}},
		"titles":                {f.general, "/article", " SAFETY ", []string{"The safety of tea"}},
		"titles to cite":        {f.general, "/cite", "", []string{"The safety of tea"}},
		"titles for adults":     {f.adults, "/cite", "", []string{"The safety of tea", "Gin for adults"}},
		"no such title":         {f.adults, "/article", "coffee", []string{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := f.types(test.in, test.command, test.typed); !slices.Equal(got, test.want) {
				t.Errorf("offered %q, want %q", got, test.want)
			}
		})
	}
	if len(f.ledger.posted) != 0 {
		t.Error("typing is recorded")
	}
}

// TestTypingHasLimits has more titles than Discord takes, long ones too, and questions
// that are too long or empty.
func TestTypingHasLimits(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	for i := range 40 {
		title := fmt.Sprintf("Volume %d about %s", i, strings.Repeat("🫖 tea ", 30))
		f.desk.add(t, fmt.Sprintf("v%d", i), strings.Replace(aboutTea, "The safety of tea", title, 1))
	}
	if got := f.types(f.general, "/article", ""); len(got) != 25 {
		t.Errorf("%d titles are offered", len(got))
	}
	f.desk.change(func() {
		f.desk.bank = []string{strings.Repeat("ä", 100), strings.Repeat("ä", 101), strings.Repeat("🫖", 50), strings.Repeat("🫖", 51), " ", ""}
	})
	if got := f.types(f.general, "/ask", ""); !slices.Equal(got, []string{strings.Repeat("ä", 100), strings.Repeat("🫖", 50)}) {
		t.Errorf("offered %q", got)
	}
}

// TestTypingInVain: there is an empty list, in time, and what was typed is nowhere.
func TestTypingInVain(t *testing.T) {
	t.Parallel()
	reasons := map[string]func(*furnished){
		"library down":  func(f *furnished) { f.desk.change(func() { f.desk.fail = errors.New("disk I/O error") }) },
		"library stuck": func(f *furnished) { f.desk.jam(f.t) },
		"paused":        func(f *furnished) { f.decide(library.Settings{Paused: true}) },
		"blocked":       func(f *furnished) { f.decide(library.Settings{Blocked: []string{f.alice.ID}}) },
		"elsewhere":     func(f *furnished) { f.decide(library.Settings{AnswerChannels: []string{f.adults.ID}}) },
	}
	for name, begin := range reasons {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := furnish(t, nil)
			begin(f)
			for _, command := range []string{"/ask", "/article", "/cite"} {
				if got := f.types(f.general, command, "is tea my secret"); len(got) != 0 {
					t.Errorf("%s offers %q", command, got)
				}
			}
			for _, r := range f.Requests("POST /interactions") {
				if !strings.Contains(r.Body, `"choices":[]`) {
					t.Errorf("sent %s", r.Body)
				}
			}
			if strings.Contains(f.log.String(), "my secret") {
				t.Error("what was typed is in the log")
			}
		})
	}
}

// TestTypingWithoutALibrary has a bot that only knows /ask.
func TestTypingWithoutALibrary(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	choices, err := w.Type(within(t, 5*time.Second), w.alice, w.general, "/ask", "is")
	if err != nil || len(choices) != 0 {
		t.Errorf("%v: %+v", err, choices)
	}
}
