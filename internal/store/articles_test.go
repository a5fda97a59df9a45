package store_test

import (
	"errors"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// TestAShelfHasALimit: what a guild is answered from is read at once, so together it
// must not be more than memory can hold, whichever way it comes in.
func TestAShelfHasALimit(t *testing.T) {
	if raceDetector {
		t.Skip("many rows and one goroutine: nothing for the race detector, and minutes of it")
	}
	for name, url := range movers() {
		t.Run(name, func(t *testing.T) {
			s, ctx := openURL(t, url(t)), t.Context()
			revision := func(key, source string) library.Revision {
				return library.Revision{Article: key, Hash: library.HashOf(source), Revision: "r", Source: source, Canonical: "c", Title: key}
			}
			publish := func(key, source string) error {
				_, err := s.Publish(ctx, fromGuild, revision(key, source), "", noted(""))
				return err
			}
			half := strings.Repeat("é", library.MaxShelf/4) // two bytes each
			must(t, publish("one", half))
			must(t, publish("two", half[:len(half)-2]+" a"))
			trail, err := s.Audit(ctx, fromGuild, 0, 100)
			must(t, err)
			tooMuch := func(what string, err error) {
				t.Helper()
				if !errors.Is(err, article.ErrTooLarge) {
					t.Errorf("%s: error %v, want ErrTooLarge", what, err)
				}
			}
			tooMuch("publishing", publish("three", "x"))
			if _, err := s.Publication(ctx, fromGuild, "three"); !errors.Is(err, article.ErrNotFound) {
				t.Errorf("the third article: %v", err)
			}
			if now, err := s.Audit(ctx, fromGuild, 0, 100); err != nil || len(now) != len(trail) {
				t.Errorf("the trail grew from %d to %d entries, %v", len(trail), len(now), err)
			}
			_, err = s.SetState(ctx, fromGuild, "one", true, library.Withdrawn, noted(""))
			must(t, err)
			must(t, publish("three", "x"))
			_, err = s.SetState(ctx, fromGuild, "one", true, library.Published, noted(""))
			tooMuch("publishing again", err)

			row := library.Row{"article": "four", "state": "published", "own": true, "hash": library.HashOf(half), "actor": "", "at": int64(1)}
			kept := library.Row{
				"article": "four", "hash": row["hash"], "revision": "r", "title": "", "source": half, "actor": "", "note": "", "at": int64(1),
			}
			_, err = s.Load(ctx, fromGuild, "revisions", []library.Row{kept})
			must(t, err)
			_, err = s.Load(ctx, fromGuild, "publications", []library.Row{row})
			tooMuch("importing", err)
			_, err = s.Publish(ctx, otherGuild, revision("one", half), "", noted("")) // it has a shelf of its own
			must(t, err)
		})
	}
}
