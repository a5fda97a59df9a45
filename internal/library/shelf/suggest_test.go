package shelf_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
)

// asked is a bank in memory.
type asked struct {
	mu    sync.Mutex
	of    map[string][]library.Record[library.BankQuestion]
	fail  error
	reads int
}

func (a *asked) Questions(ctx context.Context, guild string) ([]library.Record[library.BankQuestion], error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.reads++
	return a.of[guild], errors.Join(a.fail, ctx.Err())
}

func (a *asked) put(guild, text, key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.of[guild] = append(slices.Clone(a.of[guild]), library.Record[library.BankQuestion]{
		ID: text, Value: library.BankQuestion{Question: text, Article: key},
	})
}

func (a *asked) breakWith(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.fail = err
}

func (a *asked) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.reads
}

const (
	howHot   = "How hot is the water for black tea?"
	howLong  = "How long does black tea wither?"
	teaTitle = "How black tea is made"
	bread0   = "Bread without kneading"
)

// typing makes a rig where members type.
func typing(t testing.TB, m *memory) (*rig, *asked) {
	t.Helper()
	bank := &asked{of: map[string][]library.Record[library.BankQuestion]{}}
	r := newRig(t, m, func(c *shelf.Config) {
		c.Bank, c.Questions = bank, []library.BankQuestion{{Question: howLong, Article: teaKey}}
	})
	return r, bank
}

// suggested is what a member of guild "g" is offered.
func (r *rig) suggested(t testing.TB, typed string) []string {
	t.Helper()
	got, err := r.Suggest(t.Context(), "g", answer.General, typed, 25)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// adults is an article for adults with a heading.
const adults = "---\ntitle: Black tea liqueur\nauthor: D. Still\nupdated: 2024-01-02\naudience: age-restricted\n---\n\nIt is strong.\n\n## Black tea stills\n\nThey are hot.\n"

func TestSuggest(t *testing.T) {
	m := newMemory()
	m.publish("own", "liqueur", adults)
	m.publish("replaced", teaKey, ferret("18"))
	m.state("hides", teaKey, false, library.Hidden)
	m.change("words", library.ChangedSynonym, func(s *library.Shelf) { s.Synonyms = ownWords() })
	r, bank := typing(t, m)
	for _, guild := range []string{"bank", "own", "hides", "replaced"} {
		bank.put(guild, howHot, teaKey)
	}
	bank.put("own", "How is black tea distilled?", "liqueur")
	bank.put("own", "Where is black tea drunk?", "")
	for name, c := range map[string]struct {
		guild   string
		channel answer.Channel
		typed   string
		want    []string
	}{
		"nothing of its own":       {"g", answer.General, "", []string{howLong, bread0, teaTitle}},
		"outside":                  {library.Direct, answer.General, "", []string{howLong, bread0, teaTitle}},
		"typed":                    {"g", answer.General, "black", []string{howLong, teaTitle}},
		"its questions":            {"bank", answer.General, "how", []string{howHot, howLong, teaTitle}},
		"its questions first":      {"bank", answer.General, "", []string{howHot, bread0, howLong, teaTitle}},
		"not another's":            {"g", answer.General, "how hot", []string{}},
		"for adults, elsewhere":    {"own", answer.General, "black tea", []string{"Where is black tea drunk?", howHot, howLong, teaTitle}},
		"for adults":               {"own", answer.AgeRestricted, "black tea", []string{"Black tea liqueur", "Black tea stills", "Where is black tea drunk?", "How is black tea distilled?", howHot, howLong, teaTitle}},
		"of a hidden article":      {"hides", answer.General, "", []string{bread0}},
		"of a replaced article":    {"replaced", answer.General, "", []string{howHot, bread0, "Keeping a ferret"}},
		"in its own words":         {"words", answer.General, "brewjuice", []string{howLong, teaTitle}},
		"in another's own words":   {"g", answer.General, "brewjuice", []string{}},
		"a crisis changes nothing": {"g", answer.General, inCrisis, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := r.Suggest(t.Context(), c.guild, c.channel, c.typed, 25)
			if err != nil || !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
				t.Errorf("%q, want %q, %v", got, c.want, err)
			}
		})
	}
	if got, err := r.Suggest(t.Context(), "bank", answer.General, "", 1); err != nil || len(got) != 1 {
		t.Errorf("%q, %v", got, err)
	}
}

// TestSuggestFollowsTheFeed changes a bank and an article while lists are ready.
func TestSuggestFollowsTheFeed(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("18"))
	r, bank := typing(t, m)
	r.follow(t)
	bank.put("g", "Do ferrets bite?", "ferrets")
	const typed = "ferret"
	want := []string{"Do ferrets bite?", "Keeping a ferret"}
	for range 3 {
		if got := r.suggested(t, typed); !slices.Equal(got, want) {
			t.Fatalf("%q, want %q", got, want)
		}
	}
	if bank.count() != 1 {
		t.Errorf("the bank was read %d times", bank.count())
	}
	bank.put("g", "Are ferrets clean?", "ferrets")
	seq := m.change("g", library.ChangedRecord, func(*library.Shelf) {})
	r.until(t, "g", seq)
	want = []string{"Do ferrets bite?", "Are ferrets clean?", "Keeping a ferret"}
	if got := r.suggested(t, typed); !slices.Equal(got, want) {
		t.Errorf("after a question more: %q, want %q", got, want)
	}
	r.until(t, "g", m.state("g", "ferrets", true, library.Withdrawn))
	if got := r.suggested(t, typed); len(got) > 0 {
		t.Errorf("after the article was withdrawn: %q", got)
	}
	r.until(t, "g", m.publish("g", "ferrets", ferret("19")))
	if got := r.suggested(t, typed); !slices.Equal(got, want) {
		t.Errorf("after it came back: %q, want %q", got, want)
	}
	if bank.count() != 2 {
		t.Errorf("the bank was read %d times", bank.count())
	}
}

// TestSuggestWithoutDatabase has the bank fail, then everything.
func TestSuggestWithoutDatabase(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("18"))
	r, bank := typing(t, m)
	bank.put("g", "Do ferrets bite?", "ferrets")
	bank.breakWith(article.ErrUnavailable)
	for range 3 {
		if got := r.suggested(t, "ferret"); !slices.Equal(got, []string{"Keeping a ferret"}) {
			t.Errorf("%q while the bank fails", got)
		}
	}
	if bank.count() != 1 {
		t.Errorf("the bank was tried %d times at once", bank.count())
	}
	r.seen.read(func() {
		if len(r.seen.errs) != 1 {
			t.Errorf("the observer was told %v", r.seen.errs)
		}
	})
	bank.breakWith(nil)
	r.clock.pass(time.Minute)
	if got := r.suggested(t, "ferret"); len(got) != 2 {
		t.Errorf("%q once it is back", got)
	}
	m.publish("other", "ferrets", ferret("19"))
	r2, _ := typing(t, m)
	m.breakWith(article.ErrUnavailable)
	if got, err := r2.Suggest(t.Context(), "other", answer.General, "", 25); !errors.Is(err, article.ErrUnavailable) || len(got) > 0 {
		t.Errorf("%q, %v from articles that cannot be read", got, err)
	}
}

// TestSuggestWaitsNoLongerThanItsContext types while the guild's shelf is being read.
func TestSuggestWaitsNoLongerThanItsContext(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("18"))
	r, _ := typing(t, m)
	g := newGate()
	m.whenReading(g.pass)
	var first sync.WaitGroup
	first.Go(func() { _, _ = r.Ask(context.Background(), "g", question(aboutFerrets)) })
	<-g.arrived
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if got, err := r.Suggest(ctx, "g", answer.General, "", 25); !errors.Is(err, context.Canceled) {
		t.Errorf("%q, %v", got, err)
	}
	close(g.let)
	first.Wait()
	if got := r.suggested(t, "ferret"); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

// TestSuggestCounts has what is suggested count with the index, and go with it.
func TestSuggestCounts(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("18"))
	r, _ := typing(t, m)
	r.follow(t)
	var before, after int64
	r.quoted(t, "g", aboutFerrets)
	r.seen.read(func() { before = r.seen.bytes })
	r.suggested(t, "ferret")
	r.seen.read(func() { after = r.seen.bytes })
	if after <= before {
		t.Errorf("%d bytes before, %d after", before, after)
	}
	r.clock.pass(24 * time.Hour)
	for range 3 {
		r.wake <- struct{}{}
	}
	r.seen.read(func() {
		if r.seen.bytes != 0 || r.seen.open != 0 {
			t.Errorf("%d bytes and %d indexes are left", r.seen.bytes, r.seen.open)
		}
	})
}

// TestManyType has many members type at once, while things change.
func TestManyType(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("18"))
	r, bank := typing(t, m)
	r.follow(t)
	var members sync.WaitGroup
	for i := range 20 {
		members.Go(func() {
			for n := range 20 {
				if i == 0 {
					bank.put("g", guildID(n), "")
					m.change("g", library.ChangedRecord, func(*library.Shelf) {})
					r.wake <- struct{}{}
				}
				got, err := r.Suggest(context.Background(), []string{"g", "h"}[i%2], answer.General, "bread"[:n%6], 25)
				if err != nil || len(got) == 0 {
					t.Errorf("%q, %v", got, err)
				}
			}
		})
	}
	members.Wait()
}
