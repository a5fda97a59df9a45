package storetest

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

func testSettings(t *testing.T, e Engine) {
	d := e.open(t)
	ctx := t.Context()
	same(t, "at first", must[map[string]string](t)(d.Settings(ctx, guildA)), map[string]string{})
	succeed(t, d.SetSetting(ctx, guildA, "language", "en", act()))
	succeed(t, d.SetSetting(ctx, guildA, "paused", "true", act()))
	succeed(t, d.SetSetting(ctx, guildA, "language", "it", act()))
	succeed(t, d.SetSetting(ctx, library.Host, "paused", "false", act()))
	d.quiet(t, "setting it again", func() error { return d.SetSetting(ctx, guildA, "language", "it", act()) })
	refused(t, "a swap of what it is not", d.SwapSetting(ctx, guildA, "language", "xx", "fr", act()), article.ErrConflict)
	succeed(t, d.SwapSetting(ctx, guildB, "language", "", "fr", act()))
	succeed(t, d.SwapSetting(ctx, guildB, "language", "fr", "", act()))
	d.quiet(t, "removing what is not set", func() error { return d.SetSetting(ctx, guildA, "none", "", act()) })
	same(t, "what was set", must[map[string]string](t)(d.Settings(ctx, guildA)), map[string]string{"language": "it", "paused": "true"})
	same(t, "of all guilds", must[map[string]map[string]string](t)(d.AllSettings(ctx)), map[string]map[string]string{
		guildA: {"language": "it", "paused": "true"}, library.Host: {"paused": "false"},
	})
	succeed(t, d.SetSetting(ctx, guildA, "language", "", act()))
	same(t, "what is left", must[map[string]string](t)(d.Settings(ctx, guildA)), map[string]string{"paused": "true"})
	var last []string
	for _, e := range d.trail(t) {
		last = append(last, e.Subject+": "+e.Before+" -> "+e.After)
	}
	same(t, "audit trail", last, []string{"language:  -> en", "paused:  -> true", "language: en -> it", "language: it -> "})
	refused(t, "no name", d.SetSetting(ctx, guildA, "", "x", act()), article.ErrInvalid)
	settingTopics(t, d)
	refused(t, "no guild", d.SetSetting(ctx, "", "x", "y", act()), article.ErrInvalid)
}

// settingTopics wants the guild's safety topics to be kept to the byte, and the audit
// trail to have their hashes.
func settingTopics(t *testing.T, d *database) {
	t.Helper()
	ctx := t.Context()
	texts := []string{"\n topics:\r\n\t- id: x\n\n", strings.Repeat("# 0123456789abc\n", 1<<14), ""}
	hashes := []string{"", library.HashOf(texts[0]), library.HashOf(texts[1]), ""}
	for i, text := range texts {
		succeed(t, d.SetSetting(ctx, guildA, library.SafetyTopics, text, act()))
		kept := must[map[string]string](t)(d.Settings(ctx, guildA))
		s, err := library.ParseSettings(kept)
		if err != nil || kept[library.SafetyTopics] != text || s.Topics != text {
			t.Errorf("topics %d: %d bytes are kept, %d are read, %v", i, len(kept[library.SafetyTopics]), len(s.Topics), err)
		}
		e := must[library.Entry](t)(d.LastEntry(ctx, guildA))
		same(t, "audit", []string{e.Subject, e.Before, e.After}, []string{library.SafetyTopics, hashes[i], hashes[i+1]})
	}
}

func testCounters(t *testing.T, e Engine) {
	d := e.open(t)
	ctx := t.Context()
	day := func(n int) article.Date { return article.Date{Year: 2027, Month: time.March, Day: n} }
	for _, c := range []library.Daily{
		{Day: day(10), Name: "asked", Count: 2},
		{Day: day(9), Name: "b", Count: 1},
		{Day: day(9), Name: "B", Count: math.MaxInt64},
		{Day: day(10), Name: "asked", Count: 5},
		{Day: day(11), Name: "asked", Count: -3},
		{Day: day(9), Name: "a-b", Count: 1},
		{Day: day(9), Name: "ab", Count: 1},
		{Day: day(12), Name: "late", Count: 1},
		{Day: day(8), Name: "early", Count: 1},
	} {
		succeed(t, d.Count(ctx, guildA, c.Day, c.Name, c.Count))
	}
	same(t, "counts", must[[]library.Daily](t)(d.Counts(ctx, guildA, day(9), day(11))), []library.Daily{
		{Day: day(9), Name: "B", Count: math.MaxInt64},
		{Day: day(9), Name: "a-b", Count: 1},
		{Day: day(9), Name: "ab", Count: 1},
		{Day: day(9), Name: "b", Count: 1},
		{Day: day(10), Name: "asked", Count: 7},
		{Day: day(11), Name: "asked", Count: -3},
	})
	if all := must[[]library.Daily](t)(d.Counts(ctx, guildA, day(11), day(9))); len(all) != 0 {
		t.Errorf("counts of no days: %v", all)
	}
	refused(t, "no name", d.Count(ctx, guildA, day(9), "", 1), article.ErrInvalid)
	refused(t, "no day", d.Count(ctx, guildA, article.Date{}, "asked", 1), article.ErrInvalid)
}

func testGaps(t *testing.T, e Engine) {
	d := e.open(t)
	ctx := t.Context()
	at := d.clock.kept()
	for _, m := range []library.Missed{
		{ID: "new", Text: "How about this?"}, {ID: "b", Text: "Old?", At: at.Add(-time.Hour)}, {ID: "B", Text: "Old?", At: at.Add(-time.Hour)},
	} {
		succeed(t, d.Miss(ctx, guildA, m))
	}
	refused(t, "the same id", d.Miss(ctx, guildA, library.Missed{ID: "b", Text: "Other?"}), article.ErrConflict)
	refused(t, "no id", d.Miss(ctx, guildA, library.Missed{Text: "Other?"}), article.ErrInvalid)
	same(t, "missed", must[[]library.Missed](t)(d.MissedQuestions(ctx, guildA)), []library.Missed{
		{ID: "B", Text: "Old?", At: at.Add(-time.Hour)}, {ID: "b", Text: "Old?", At: at.Add(-time.Hour)}, {ID: "new", Text: "How about this?", At: at},
	})
	succeed(t, d.DropMissed(ctx, guildA, "new", "none", "B"))
	succeed(t, d.DropMissed(ctx, guildA))
	same(t, "left", must[[]library.Missed](t)(d.MissedQuestions(ctx, guildA)), []library.Missed{{ID: "b", Text: "Old?", At: at.Add(-time.Hour)}})
}

func testPages(t *testing.T, e Engine) {
	d := e.open(t)
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for name, body := range map[string][]byte{
		"text": []byte("<p>page</p>"), "every byte": every, "large": bytes.Repeat(every, 1<<13), "empty": {},
	} {
		hash := must[string](t)(d.KeepPage(t.Context(), guildA, body))
		same(t, name+": hash", hash, library.HashOf(string(body)))
		same(t, name+": hash when kept again", must[string](t)(d.KeepPage(t.Context(), guildA, body)), hash)
		if got := must[[]byte](t)(d.Page(t.Context(), guildA, hash)); !bytes.Equal(got, body) {
			t.Errorf("%s: %d bytes came back, other than the %d that were kept", name, len(got), len(body))
		}
	}
	_, err := d.Page(t.Context(), guildA, "none")
	refused(t, "a page that is not there", err, article.ErrNotFound)
}

func testOptIns(t *testing.T, e Engine) {
	d := e.open(t)
	ctx := t.Context()
	for i, step := range []struct {
		do   func() error
		want bool
	}{
		{func() error { return nil }, false},
		{func() error { return d.OptOut(ctx, library.Direct, "mac") }, false},
		{func() error { return d.OptIn(ctx, library.Direct, "mac") }, true},
		{func() error { return d.OptIn(ctx, library.Direct, "mac") }, true},
		{func() error { return d.OptOut(ctx, library.Direct, "MAC") }, true},
		{func() error { return d.OptOut(ctx, library.Direct, "mac") }, false},
	} {
		succeed(t, step.do())
		same(t, fmt.Sprint("step ", i), must[bool](t)(d.OptedIn(ctx, library.Direct, "mac")), step.want)
	}
	refused(t, "nobody", d.OptIn(ctx, library.Direct, ""), article.ErrInvalid)
}

func testGuilds(t *testing.T, e Engine) {
	d := e.open(t)
	ctx := t.Context()
	succeed(t, d.SetSetting(ctx, "9", "paused", "true", act())) // not a guild that the bot is in
	for _, guild := range []string{"b", "B", "a-b", "ab"} {
		succeed(t, d.Joined(ctx, guild))
	}
	first := d.clock.kept()
	var ids []string
	for _, g := range must[[]library.Guild](t)(d.Guilds(ctx)) {
		ids = append(ids, g.ID)
		same(t, "joined", g.Joined, first)
	}
	same(t, "guilds", ids, []string{"B", "a-b", "ab", "b"})

	d.clock.pass(time.Hour)
	d.quiet(t, "joining again", func() error { return d.Joined(ctx, "b") })
	succeed(t, d.Left(ctx, "b"))
	left := d.clock.kept()
	d.clock.pass(time.Hour)
	d.quiet(t, "leaving again", func() error { return d.Left(ctx, "b") })
	succeed(t, d.Left(ctx, "9"))
	gone := d.clock.kept()
	same(t, "a guild that left after it was deleted", must[library.Guild](t)(d.Guild(ctx, "9")), library.Guild{ID: "9", Joined: gone, Left: gone})
	succeed(t, d.Delete(ctx, "9"))
	same(t, "after leaving", must[library.Guild](t)(d.Guild(ctx, "b")), library.Guild{ID: "b", Joined: first, Left: left})
	succeed(t, d.Joined(ctx, "b"))
	same(t, "after coming back", must[library.Guild](t)(d.Guild(ctx, "b")), library.Guild{ID: "b", Joined: first})
	for _, guild := range []string{"9", nobody} {
		_, err := d.Guild(ctx, guild)
		refused(t, "guild "+guild, err, article.ErrNotFound)
	}
	succeed(t, d.Delete(ctx, "b"))
	succeed(t, d.Delete(ctx, nobody))
	_, err := d.Guild(ctx, "b")
	refused(t, "a deleted guild", err, article.ErrNotFound)
}

func testMarks(t *testing.T, e Engine) {
	d := e.open(t)
	ctx := t.Context()
	for i, step := range []struct{ name, value, want string }{
		{"logged", "", ""}, {"logged", "7", "7"}, {"logged", "12", "12"}, {"other", "x", "12"}, {"Logged", "y", "12"}, {"logged", "", ""},
	} {
		d.quiet(t, "a mark", func() error { return d.SetMark(ctx, guildA, step.name, step.value) })
		same(t, fmt.Sprint("step ", i), must[string](t)(d.Mark(ctx, guildA, "logged")), step.want)
	}
	same(t, "another mark", must[string](t)(d.Mark(ctx, guildA, "other")), "x")
	same(t, "another guild's", must[string](t)(d.Mark(ctx, guildB, "other")), "")
	succeed(t, d.SetMark(ctx, guildA, "swapped", "1"))
	refused(t, "a swap of what it is not", d.SwapMark(ctx, guildA, "swapped", "2", "3"), article.ErrConflict)
	succeed(t, d.SwapMark(ctx, guildA, "swapped", "1", "2"))
	same(t, "the swapped mark", must[string](t)(d.Mark(ctx, guildA, "swapped")), "2")
	succeed(t, d.SwapMark(ctx, guildA, "swapped", "2", ""))
	refused(t, "no name", d.SetMark(ctx, guildA, "", "x"), article.ErrInvalid)
}
