package storetest

import (
	"fmt"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

func testTrail(t *testing.T, e Engine) {
	t.Run("notes", func(t *testing.T) { trailNotes(t, e.open(t)) })
	t.Run("tampering", func(t *testing.T) { trailTampering(t, e.open(t)) })
	t.Run("writers at once", func(t *testing.T) { trailTogether(t, e.open(t)) })
}

func trailNotes(t *testing.T, d *database) {
	ctx := t.Context()
	same(t, "the last of none", must[library.Entry](t)(d.LastEntry(ctx, guildA)), library.Entry{})
	for i := range 7 {
		e := library.Entry{
			N: 99, Actor: "ignored", Reason: "ignored", Hash: "ignored", Prev: "ignored",
			Action: "settings.import", Subject: fmt.Sprint(i), Before: "b", After: "a",
		}
		succeed(t, d.Note(ctx, guildA, e, act()))
		d.clock.pass(time.Second)
	}
	all := d.trail(t)
	succeed(t, library.VerifyTrail(guildA, library.Entry{}, all))
	same(t, "the last one", must[library.Entry](t)(d.LastEntry(ctx, guildA)), all[6])
	same(t, "the last one of another guild", must[library.Entry](t)(d.LastEntry(ctx, guildB)), library.Entry{})
	third := all[2]
	third.Prev, third.Hash = "", ""
	same(t, "third entry", third, library.Entry{
		N: 3, At: time.UnixMilli(beginning + 2000).UTC(), Actor: act().Actor, Action: "settings.import", Subject: "2",
		Before: "b", After: "a", Reason: act().Reason,
	})
	same(t, "entries 4 and 5", must[[]library.Entry](t)(d.Audit(ctx, guildA, 3, 2)), all[3:5])
	for name, limits := range map[string][2]int{"after the last": {7, 5}, "none": {0, 0}, "fewer than none": {0, -1}} {
		if some := must[[]library.Entry](t)(d.Audit(ctx, guildA, int64(limits[0]), limits[1])); len(some) != 0 {
			t.Errorf("%s: %d entries", name, len(some))
		}
	}
}

// trailTampering changes the trail behind the store's back, which is to be found.
func trailTampering(t *testing.T, d *database) {
	for i := range 6 {
		succeed(t, d.Note(t.Context(), guildA, library.Entry{Action: "a", Subject: fmt.Sprint(i)}, act()))
	}
	raw := Raw(t, d.url)
	for name, statements := range map[string]struct{ do, undo string }{
		"an actor":  {`UPDATE audit SET actor = 'x' WHERE n = 3`, `UPDATE audit SET actor = '` + act().Actor + `' WHERE n = 3`},
		"a reason":  {`UPDATE audit SET reason = '' WHERE n = 1`, `UPDATE audit SET reason = '` + act().Reason + `' WHERE n = 1`},
		"a time":    {`UPDATE audit SET at = at + 1 WHERE n = 6`, `UPDATE audit SET at = at - 1 WHERE n = 6`},
		"a gap":     {`UPDATE audit SET guild = 'x' WHERE n = 4`, `UPDATE audit SET guild = '` + guildA + `' WHERE n = 4`},
		"the first": {`UPDATE audit SET guild = 'x' WHERE n = 1`, `UPDATE audit SET guild = '` + guildA + `' WHERE n = 1`},
		"the order": {`UPDATE audit SET n = -2 - n WHERE n IN (2, 3)`, `UPDATE audit SET n = -2 - n WHERE n < 0`},
	} {
		succeed(t, library.VerifyTrail(guildA, library.Entry{}, d.trail(t)))
		_, err := raw.ExecContext(t.Context(), statements.do)
		succeed(t, err)
		refused(t, name, library.VerifyTrail(guildA, library.Entry{}, d.trail(t)), article.ErrConflict)
		_, err = raw.ExecContext(t.Context(), statements.undo)
		succeed(t, err)
	}
	refused(t, "as another guild's", library.VerifyTrail(guildB, library.Entry{}, d.trail(t)), article.ErrConflict)
}

// trailTogether writes from two stores at once; the chain holds.
func trailTogether(t *testing.T, d *database) {
	const writers, each = 8, 10
	stores := []Store{d, d.again(t)}
	together(t, writers, func(w int) error {
		for i := range each {
			err := stores[w%2].SetSetting(t.Context(), guildA, fmt.Sprint("setting", w), fmt.Sprint(i), act())
			if err != nil {
				return err
			}
		}
		return nil
	})
	all := d.trail(t)
	succeed(t, library.VerifyTrail(guildA, library.Entry{}, all))
	if len(all) != writers*each {
		t.Errorf("%d entries, want %d", len(all), writers*each)
	}
}
