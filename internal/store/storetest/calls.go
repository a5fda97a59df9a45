package storetest

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// effect is what a method does to a guild.
type effect int

const (
	looks effect = iota // reads
	adds                // adds or changes something
	drops               // takes something away
	host                // concerns no guild; see call.why
)

// call is a method of [Store] with an example of its arguments. The tests that are
// about all methods run the whole list of them, in which TestEveryMethod finds gaps.
type call struct {
	name   string // of the method, after that of the port where that is reached by a method: "Golden.Put"
	effect effect
	why    string // why it takes no guild
	// args are those after the context and the guild. The ids are always the same;
	// mark is in whatever else is kept, and tells guilds apart.
	args func(mark string) []any
}

func day(n int) article.Date { return article.Date{Year: 2027, Month: time.May, Day: n} }

// with returns arguments that no mark is in.
func with(args ...any) func(string) []any {
	return func(string) []any { return slices.Clone(args) }
}

func source(mark string) string { return "The text of " + mark + "." }

// calls are all methods. Those that add come in an order in which each succeeds.
func calls() []call {
	all := slices.Concat(bookCalls(), ledgerCalls(), smallCalls(), queueCalls(), hostCalls())
	all = append(all, recordCalls("Golden", golden, func(v *library.Golden, mark string) { v.Question = mark })...)
	all = append(all, recordCalls("Bank", bank, func(v *library.BankQuestion, mark string) { v.Question = mark })...)
	all = append(all, recordCalls("Synonyms", synonym, func(v *library.Synonym, mark string) { v.Words = []string{mark} })...)
	all = append(all, recordCalls("Corrections", correction, func(v *library.Correction, mark string) { v.Kind = library.CorrectionKind(mark) })...)
	all = append(all, recordCalls("Preferences", preference, func(v *library.Preference, mark string) { v.Question = mark })...)
	all = append(all, recordCalls("Drafts", draft, func(v *library.Draft, mark string) { v.Title = mark })...)
	all = append(all, recordCalls("Watches", watch, func(v *library.Watch, mark string) { v.URL = mark })...)
	return append(all, recordCalls("Proposals", proposal, func(v *library.Proposal, mark string) { v.Body = mark })...)
}

func bookCalls() []call {
	return []call{
		{name: "Publish", effect: adds, args: func(mark string) []any { return []any{revisionOf("rest", source(mark)), "", act()} }},
		{name: "SetState", effect: adds, args: func(mark string) []any {
			return []any{"shipped", false, library.Hidden, library.Act{Actor: mark, Reason: mark}}
		}},
		{name: "KeepText", effect: adds, args: func(mark string) []any { return []any{library.Text{Revision: "text", Canonical: mark}} }},
		{name: "AddReview", effect: adds, args: func(mark string) []any {
			return []any{library.Review{Article: "rest", Hash: "h", By: mark, On: day(1), Next: day(2)}, act()}
		}},
		{name: "Publications", args: with()},
		{name: "Publication", args: with("rest")},
		{name: "Revision", args: with(library.HashOf(source("A")))},
		{name: "History", args: with("rest")},
		{name: "Text", args: with(article.Revision("text"))},
		{name: "Shelf", args: with()},
		{name: "Reviews", args: with("rest")},
	}
}

func ledgerCalls() []call {
	return []call{
		{name: "Post", effect: adds, args: func(mark string) []any {
			p := postedAs("one")
			p.Channel = mark
			return []any{p, lease.Lease{}}
		}},
		{name: "Sent", effect: adds, args: with("one", "message")},
		{name: "Vote", effect: adds, args: func(mark string) []any { return []any{"one", "voter", library.Helpful, mark} }},
		{name: "Redo", effect: adds, args: func(mark string) []any {
			p := postedAs("one")
			p.Tier = mark
			return []any{p}
		}},
		{name: "Repin", effect: adds, args: func(mark string) []any {
			was := postedAs("one")
			was.Tier = mark
			now := was
			now.Shown = library.Departed
			return []any{was, now}
		}},
		{name: "PostedByID", args: with("one")},
		{name: "PostedByMessage", args: with("message")},
		{name: "PostedByQuestion", args: with(postedAs("one").Question)},
		{name: "Quoting", args: with("rest", "", 10)},
		{name: "Feedback", args: with("one")},
		{name: "KeptOf", args: with("mac", "voter", "who")},
		{name: "ForgetMember", effect: drops, args: with("mac", "voter", "who")},
		{name: "Forget", effect: drops, args: with("one")},
		{name: "ForgetMessages", effect: drops, args: with("message")},
	}
}

func smallCalls() []call {
	return []call{
		{name: "Joined", effect: adds, args: with()},
		{name: "SetSetting", effect: adds, args: func(mark string) []any { return []any{"language", mark, act()} }},
		{name: "Count", effect: adds, args: func(mark string) []any { return []any{day(1), "asked", int64(mark[0])} }},
		{name: "Miss", effect: adds, args: func(mark string) []any { return []any{library.Missed{ID: "one", Text: mark}} }},
		{name: "KeepPage", effect: adds, args: with([]byte("page"))},
		{name: "OptIn", effect: adds, args: with("who")},
		{name: "Note", effect: adds, args: func(mark string) []any {
			return []any{library.Entry{Action: "note", Subject: mark, Before: "b", After: "a"}, act()}
		}},
		{name: "SwapSetting", effect: adds, args: func(mark string) []any { return []any{"private", "", mark, act()} }},
		{name: "SwapMark", effect: adds, args: func(mark string) []any { return []any{"swapped", "", mark} }},
		{name: "SetMark", effect: adds, args: func(mark string) []any { return []any{"logged", mark} }},
		{name: "Settings", args: with()},
		{name: "Counts", args: with(day(1), day(9))},
		{name: "MissedQuestions", args: with()},
		{name: "Page", args: with(library.HashOf("page"))},
		{name: "OptedIn", args: with("who")},
		{name: "Audit", args: with(int64(0), 100)},
		{name: "LastEntry", args: with()},
		{name: "Mark", args: with("logged")},
		{name: "Guild", args: with()},
		{name: "DropMissed", effect: drops, args: with("one")},
		{name: "OptOut", effect: drops, args: with("who")},
		{name: "Left", effect: drops, args: with()},
		{name: "Delete", effect: drops, args: with()},
	}
}

func queueCalls() []call {
	return []call{
		{name: "Queue.Enqueue", effect: adds, args: func(mark string) []any {
			return []any{jobs.Job{ID: "one", Kind: "import", Key: "key", Args: mark}}
		}},
		{name: "Queue.Job", args: with("one")},
		{name: "Queue.Jobs", args: with()},
		{name: "Queue.Cancel", effect: drops, args: with("one")},
	}
}

// hostCalls are the methods that take no guild: the list is to stay short.
func hostCalls() []call {
	const (
		lists     = "the host's list of guilds"
		feed      = "those who follow the feed serve all guilds"
		leases    = "leases are the installation's"
		forAll    = "those who work on jobs serve all guilds"
		named     = "the job names its guild, and only its holder has it"
		retention = "retention is the same for all guilds, or in the row"
	)
	l, j := lease.Lease{Name: "name", Holder: "holder", Epoch: 1}, jobs.Job{Guild: guildA, ID: "one", Holder: "holder", Epoch: 1}
	return []call{
		{name: "Guilds", effect: host, why: lists, args: with()},
		{name: "Owners", effect: host, why: feed, args: with()},
		{name: "AllSettings", effect: host, why: feed, args: with()},
		{name: "Head", effect: host, why: feed, args: with()},
		{name: "Changes", effect: host, why: feed, args: with(int64(0), 10)},
		{name: "Sweep", effect: host, why: retention, args: with(time.UnixMilli(beginning), 10)},
		{name: "Acquire", effect: host, why: leases, args: with("name", "holder", time.Hour)},
		{name: "Renew", effect: host, why: leases, args: with(l, time.Hour)},
		{name: "Release", effect: host, why: leases, args: with(l)},
		{name: "Live", effect: host, why: leases, args: with("")},
		{name: "Queue.Take", effect: host, why: forAll, args: with("holder", []string{"no such kind"}, time.Hour)},
		{name: "Queue.Checkpoint", effect: host, why: named, args: with(j, jobs.Progress{Cursor: "c", Note: "n"}, time.Hour)},
		{name: "Queue.Renew", effect: host, why: named, args: with(j, time.Hour)},
		{name: "Queue.Finish", effect: host, why: named, args: with(j, jobs.Done, "note")},
	}
}

func recordCalls[T any](port string, example func(int) T, set func(v *T, mark string)) []call {
	return []call{
		{name: port + ".Put", effect: adds, args: func(mark string) []any {
			v := example(1)
			set(&v, mark)
			return []any{"one", v, act()}
		}},
		{name: port + ".Get", args: with("one")},
		{name: port + ".List", args: with()},
		{name: port + ".Delete", effect: drops, args: with("one", act())},
	}
}

// methods are all methods of a store, under the names that calls have.
func methods() []string {
	var names []string
	ports := reflect.TypeFor[Store]()
	for m := range ports.Methods() {
		if m.Type.NumIn() != 0 {
			names = append(names, m.Name)
			continue
		}
		for part := range m.Type.Out(0).Methods() {
			names = append(names, m.Name+"."+part.Name)
		}
	}
	slices.Sort(names)
	return names
}

// everyMethod wants each method to have one call.
func everyMethod(t *testing.T) {
	t.Helper()
	seen := make(map[string]int)
	for _, c := range calls() {
		seen[c.name]++
		if (c.effect == host) != (c.why != "") {
			t.Errorf("%s: a method without a guild needs a reason, and no other", c.name)
		}
	}
	same(t, "the methods of a store and the calls", slices.Sorted(maps.Keys(seen)), methods())
	for name, n := range seen {
		if n != 1 {
			t.Errorf("%s has %d calls", name, n)
		}
	}
}

// values are the arguments of a call, as values that can be changed.
func (c call) values(mark string) []reflect.Value {
	args := c.args(mark)
	values := make([]reflect.Value, len(args))
	for i, arg := range args {
		values[i] = reflect.New(reflect.TypeOf(arg)).Elem()
		values[i].Set(reflect.ValueOf(arg))
	}
	return values
}

// on runs the call for a guild, and returns its results without the error.
func (c call) on(ctx context.Context, s Store, guild, mark string) ([]any, error) {
	return c.with(ctx, s, guild, c.values(mark))
}

// with runs the call with other arguments.
func (c call) with(ctx context.Context, s Store, guild string, args []reflect.Value) ([]any, error) {
	of, name := reflect.ValueOf(s), c.name
	if port, method, nested := strings.Cut(c.name, "."); nested {
		of, name = of.MethodByName(port).Call(nil)[0].Elem(), method
	}
	in := []reflect.Value{reflect.ValueOf(ctx)}
	if c.effect != host {
		in = append(in, reflect.ValueOf(guild))
	}
	var results []any
	var err error
	for _, out := range of.MethodByName(name).Call(append(in, args...)) {
		switch result := out.Interface().(type) {
		case error:
			err = result
		case nil:
		case library.Shelf:
			result.Seq = 0 // it is the whole installation's
			results = append(results, result)
		default:
			results = append(results, result)
		}
	}
	return results, err
}
