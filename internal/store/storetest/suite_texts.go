package storetest

import (
	"fmt"
	"math/rand/v2"
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

// oddTexts are kept byte for byte.
func oddTexts() map[string]string {
	return map[string]string{
		"combining marks":     "e\u0301\u0323 Z\u0351\u036b\u0343 \u0301",
		"composed":            "é",
		"decomposed":          "e\u0301",
		"right to left":       "\u202eabc\u202c \u05e9\u05dc\u05d5\u05dd \u0639\u0644\u064a\u0643\u0645",
		"emoji":               "👩‍👩‍👧‍👦🏳️‍🌈1️⃣",
		"noncharacters":       "\ufffe\uffff\U0001fffe\U0010ffff",
		"replacement":         "\ufffd",
		"private use":         "\ue000\U000f0000",
		"controls":            "\x01\x07\x08\x1b\x7f\u0085\u2028\u2029\ufeff",
		"ends of lines":       "\r\n\n\r\t trailing \t\n",
		"quotes":              `'";--\%_$1 :x ? {"a":null} <&>`,
		"letters that fold":   "İıßſK",
		"digits as numbers":   "007",
		"looks like a number": "1e3",
		"spaces":              "  \u00a0\u3000 ",
	}
}

// badTexts are refused.
func badTexts() []string {
	return []string{"a\x00b", "\xff", "ab\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80"}
}

func testTexts(t *testing.T, e Engine) {
	t.Run("odd", func(t *testing.T) {
		d := e.open(t)
		for name, text := range oddTexts() {
			textKept(t, d, name, text, text)
		}
	})
	t.Run("large", func(t *testing.T) {
		textKept(t, e.open(t), "large", "key", strings.Repeat("0123456789abcde\n", 1<<16)+"end")
		textKept(t, e.open(t), "large and odd", "key", strings.Repeat("é👩‍👩‍👧‍👦 \r\n", 1<<15))
	})
	t.Run("refused", func(t *testing.T) { textsRefused(t, e.open(t)) })
	t.Run("long keys", func(t *testing.T) { textLimits(t, e.open(t)) })
}

// textKept puts a text wherever texts are kept, under a key that may be as odd.
func textKept(t *testing.T, d *database, name, key, text string) {
	t.Helper()
	ctx := t.Context()
	r := revisionOf(key, "source: "+text)
	r.Title, r.Note, r.Canonical, r.At = text, text, text, d.clock.kept()
	d.publish(t, guildA, r, "")
	same(t, name+": revision", must[library.Revision](t)(d.Revision(ctx, guildA, r.Hash)) == r, true)
	same(t, name+": key", must[library.Publication](t)(d.Publication(ctx, guildA, key)).Article, key)
	same(t, name+": source", must[library.Shelf](t)(d.Shelf(ctx, guildA)).Sources[r.Hash] == r.Source, true)

	succeed(t, d.SetSetting(ctx, guildA, key, text, act()))
	same(t, name+": setting", must[map[string]string](t)(d.Settings(ctx, guildA))[key] == text, true)

	of := library.Draft{Title: text, Source: text, Base: text, By: text, At: d.clock.kept()}
	succeed(t, d.Drafts().Put(ctx, guildA, key, of, act()))
	same(t, name+": draft", must[library.Draft](t)(d.Drafts().Get(ctx, guildA, key)) == of, true)
	words := library.Synonym{Words: []string{text, key, ""}, At: d.clock.kept()}
	succeed(t, d.Synonyms().Put(ctx, guildA, key, words, act()))
	same(t, name+": synonym", slices.Equal(must[library.Synonym](t)(d.Synonyms().Get(ctx, guildA, key)).Words, words.Words), true)

	succeed(t, d.Note(ctx, guildA, library.Entry{Action: key, Subject: text, Before: text}, library.Act{Actor: key, Reason: text}))
	trail := d.trail(t)
	succeed(t, library.VerifyTrail(guildA, library.Entry{}, trail))
	last := trail[len(trail)-1]
	same(t, name+": audit", last.Subject == text && last.Reason == text && last.Action == key, true)

	p := postedAs(key)
	p.Channel, p.Tier, p.Others = text, text, []library.Place{{Article: key, Revision: article.Revision(key)}}
	p.Against = p.Others
	succeed(t, d.Post(ctx, guildA, p, lease.Lease{}))
	same(t, name+": posted", reflect.DeepEqual(must[library.Posted](t)(d.PostedByQuestion(ctx, guildA, p.Question)), p), true)

	added := d.enqueue(t, guildA, jobs.Job{ID: key, Kind: key, Key: key, Args: text})
	same(t, name+": job", added.Args == text && added.ID == key, true)
	succeed(t, d.Miss(ctx, guildA, library.Missed{ID: key, Text: text}))
	missed := must[[]library.Missed](t)(d.MissedQuestions(ctx, guildA))
	same(t, name+": missed", slices.ContainsFunc(missed, func(m library.Missed) bool { return m.ID == key && m.Text == text }), true)
	l := must[lease.Lease](t)(d.Acquire(ctx, key, key, time.Hour))
	live := must[[]lease.Lease](t)(d.Live(ctx, key))
	same(t, name+": lease", slices.ContainsFunc(live, func(one lease.Lease) bool { return one.Name == l.Name }), true)
}

// leaf is a text somewhere in the arguments of a call.
type leaf struct {
	path  string
	value reflect.Value
}

// leaves finds the texts in a value.
func leaves(path string, v reflect.Value) (all []leaf) {
	switch {
	case v.Kind() == reflect.String:
		return []leaf{{path, v}}
	case v.Type() == reflect.TypeFor[time.Time](), v.Type() == reflect.TypeFor[article.Date]():
	case v.Kind() == reflect.Pointer:
		return leaves(path, v.Elem())
	case v.Kind() == reflect.Struct:
		for field, f := range v.Fields() {
			all = append(all, leaves(path+"."+field.Name, f)...)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			all = append(all, leaves(fmt.Sprintf("%s[%d]", path, i), v.Index(i))...)
		}
	}
	return all
}

func (c call) leaves(args []reflect.Value) (all []leaf) {
	for i, arg := range args {
		all = append(all, leaves(fmt.Sprintf("%s(%d)", c.name, i), arg)...)
	}
	return all
}

// notKept are the texts in arguments that are compared or looked up and never kept,
// so that a bad one may be a conflict, or nothing at all.
func notKept() []string {
	return []string{
		"Publish(1)", "Post(1).", "Renew(0).", "Release(0).", "Live(0)",
		"Note(0).Actor", "Note(0).Reason", "Note(0).Prev", "Note(0).Hash",
		"Queue.Enqueue(0).State", "Queue.Enqueue(0).Cursor", "Queue.Enqueue(0).Note", "Queue.Enqueue(0).Guild", "Queue.Enqueue(0).Holder",
		"Queue.Checkpoint(0).", "Queue.Renew(0).", "Queue.Finish(0).",
	}
}

// textsRefused puts bad texts into every text of every method's arguments.
func textsRefused(t *testing.T, d *database) {
	const filled, loose = "filled", "loose"
	d.fill(t, filled, "A")
	before := d.view(t, filled)
	for _, c := range calls() {
		guild := guildA
		if c.effect == drops {
			guild = filled
		}
		for _, bad := range badTexts() {
			if c.effect != host {
				_, err := c.on(t.Context(), d, bad, "A")
				refused(t, fmt.Sprintf("%s with %q as the guild", c.name, bad), err, article.ErrInvalid)
			}
			for i, one := range c.leaves(c.values("A")) {
				args := c.values("A")
				c.leaves(args)[i].value.SetString(bad)
				what := fmt.Sprintf("%s with %q", one.path, bad)
				if c.effect == looks || slices.ContainsFunc(notKept(), func(p string) bool { return strings.HasPrefix(one.path, p) }) {
					_, err := c.with(t.Context(), d, loose, args)
					harmless(t, what, err)
					continue
				}
				_, err := c.with(t.Context(), d, guild, args)
				refused(t, what, err, article.ErrInvalid)
			}
		}
	}
	same(t, "what was kept of all that", d.view(t, guildA), d.view(t, nobody))
	same(t, "what is left of what was there", d.view(t, filled), before)
}

// harmless wants no error, or one that is the caller's.
func harmless(t testing.TB, what string, err error) {
	t.Helper()
	if class := classOf(err); class == article.ErrUnavailable.Error() || strings.Contains(class, "without") {
		t.Errorf("%s: %v", what, err)
	}
	plain(t, what, err)
}

// noise is a text of n bytes that cannot be compressed, which databases do before
// they find a key too long.
func noise(n int) string {
	random := rand.New(rand.NewChaCha8([32]byte{7}))
	text := make([]byte, n)
	for i := range text {
		text[i] = byte('0' + random.IntN(64))
	}
	return string(text)
}

// textLimits wants ids of 512 bytes to be kept, and longer ones refused.
func textLimits(t *testing.T, d *database) {
	ctx := t.Context()
	put := map[string]func(key string) error{
		"guild":          func(key string) error { return d.OptIn(ctx, key, "who") },
		"setting":        func(key string) error { return d.SetSetting(ctx, guildA, key, "v", act()) },
		"record":         func(key string) error { return d.Golden().Put(ctx, guildA, key, golden(1), act()) },
		"hidden article": func(key string) error { return second(d.SetState(ctx, guildA, key, false, library.Hidden, act())) },
		"reviewed":       func(key string) error { return d.AddReview(ctx, guildA, library.Review{Article: key}, act()) },
		"text":           func(key string) error { return d.KeepText(ctx, guildA, library.Text{Revision: article.Revision(key)}) },
		"answer": func(key string) error {
			return d.Post(ctx, guildA, library.Posted{ID: key, Question: "q"}, lease.Lease{})
		},
		"question": func(key string) error {
			return d.Post(ctx, guildA, library.Posted{ID: "i", Question: key}, lease.Lease{})
		},
		"contradicted": func(key string) error {
			return d.Post(ctx, guildA, library.Posted{ID: "c", Question: "c", Against: []library.Place{{Article: key}}}, lease.Lease{})
		},
		"quoted":  func(key string) error { return d.Post(ctx, guildA, quotes(key), lease.Lease{}) },
		"message": func(key string) error { return d.Sent(ctx, guildA, "voted", key) },
		"asker": func(key string) error {
			return d.Post(ctx, guildA, library.Posted{ID: "a", Question: "a", Asker: key}, lease.Lease{})
		},
		"voter":           func(key string) error { return d.Vote(ctx, guildA, "voted", key, library.Helpful, "") },
		"counter":         func(key string) error { return d.Count(ctx, guildA, day(1), key, 1) },
		"missed question": func(key string) error { return d.Miss(ctx, guildA, library.Missed{ID: key}) },
		"opt-in":          func(key string) error { return d.OptIn(ctx, guildA, key) },
		"mark":            func(key string) error { return d.SetMark(ctx, guildA, key, "v") },
		"job":             func(key string) error { return d.add(t, jobs.Job{ID: key, Kind: "k", Key: "1"}) },
		"kind of job":     func(key string) error { return d.add(t, jobs.Job{ID: "2", Kind: key, Key: "2"}) },
		"key of job":      func(key string) error { return d.add(t, jobs.Job{ID: "3", Kind: "k", Key: key}) },
		"lease":           func(key string) error { return second(d.Acquire(ctx, key, "me", time.Hour)) },
		"holder":          func(key string) error { return second(d.Acquire(ctx, "name", key, time.Hour)) },
	}
	succeed(t, d.Post(ctx, guildA, postedAs("voted"), lease.Lease{}))
	const most = 512
	for name, put := range put {
		for _, n := range []int{most + 1, 9000} {
			refused(t, fmt.Sprintf("%s of %d bytes", name, n), put(noise(n)), article.ErrTooLarge)
		}
		if err := put(noise(most)); err != nil {
			t.Errorf("%s of %d bytes: %v", name, most, err)
		}
	}
	huge := strings.Repeat("x", 64<<20+1)
	refused(t, "a text beyond the limit", d.SetSetting(ctx, guildA, "huge", huge, act()), article.ErrTooLarge)
}

func quotes(key string) library.Posted {
	return library.Posted{ID: "quotes", Question: "quotes", Quoted: library.Place{Article: key}}
}

func second[T any](_ T, err error) error { return err }

func (d *database) add(t *testing.T, j jobs.Job) error {
	t.Helper()
	_, _, err := d.Queue().Enqueue(t.Context(), guildA, j)
	return err
}
