package library

import (
	"errors"
	"strings"
	"testing"

	"verbatim/internal/article"
)

func TestDesk_Check(t *testing.T) {
	d, m := desk(t)
	first := published(t, d, "A pond needs shade.", "")
	entries := len(m.of(pondGuild).trail)
	next := parsed(t, "Garden ponds", "A pond needs sun.")
	for name, tc := range map[string]struct {
		key, base string
		a         *article.Article
		class     error
		at        string // the hash that the article is at
	}{
		"change":     {"garden-ponds", first.Hash, next, nil, first.Hash},
		"new":        {"", "", parsed(t, "Sheds", "A shed."), nil, ""},
		"conflict":   {"", "", next, article.ErrConflict, first.Hash},
		"shipped":    {"", "", parsed(t, "Rain barrels", "Mine."), article.ErrConflict, ""},
		"not there":  {"sheds", AnyBase, next, article.ErrNotFound, ""},
		"no actor":   {"garden-ponds", first.Hash, next, article.ErrInvalid, ""},
		"long words": {"garden-ponds", first.Hash, next, article.ErrTooLarge, ""},
	} {
		t.Run(name, func(t *testing.T) {
			act := asAlice("")
			switch name {
			case "no actor":
				act.Actor = "me"
			case "long words":
				act.Reason = strings.Repeat("w", 501)
			}
			got, err := d.Check(t.Context(), pondGuild, tc.key, tc.a, tc.base, act)
			if !errors.Is(err, tc.class) || got.Hash != tc.at {
				t.Errorf("%+v, %v", got, err)
			}
			if _, moved := errors.AsType[*BaseError](err); (err == nil || moved) && got.Article == "" {
				t.Error("the article has no name")
			}
		})
	}
	if n := len(m.of(pondGuild).trail); n != entries {
		t.Errorf("checking added %d entries to the trail", n-entries)
	}
	if last, err := d.LastEntry(t.Context(), pondGuild); err != nil || last.N != int64(entries) {
		t.Errorf("%+v, %v", last, err)
	}
	if last, err := d.LastEntry(t.Context(), shedGuild); err != nil || last != (Entry{}) {
		t.Errorf("of nothing: %+v, %v", last, err)
	}
	m.fails = article.ErrUnavailable
	if _, err := d.Check(t.Context(), pondGuild, "", next, AnyBase, asAlice("")); !errors.Is(err, article.ErrUnavailable) {
		t.Error(err)
	}
}
