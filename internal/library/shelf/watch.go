package shelf

import (
	"sync"
	"time"

	"verbatim/internal/library"
)

// Observer is told what becomes of the indexes, for metrics. Its methods are called
// from several goroutines and must not call [Shelves].
type Observer interface {
	// Opened says that a guild's own index was built, also in the place of an older one.
	Opened(guild string, took time.Duration)
	// Closed says that a guild has no index of its own any more.
	Closed(guild string)
	// Bytes says what all own indexes take, answers in flight included, and how many are open.
	Bytes(total int64, open int)
	// Followed says that everything in the feed up to cursor was seen.
	Followed(cursor int64)
	// Changed says that something of a guild was changed: once for all changes that are
	// seen together.
	Changed(guild string)
	// Failed says that a shelf, the settings or the feed could not be read.
	Failed(err error)
}

// watcher tells an observer, if there is one, with no lock of Shelves held.
type watcher struct {
	shelves *Shelves
	observe Observer

	turns sync.Mutex // what is told last is the latest
	dirty bool       // the numbers have changed; guarded by Shelves.mu
	shut  []string   // guilds whose index was closed; guarded by Shelves.mu
}

// closed notes a closed index for the next report. The caller holds Shelves.mu.
func (w *watcher) closed(guild string) {
	if w.observe != nil {
		w.shut = append(w.shut, guild)
	}
}

// report tells what has changed since the last report.
func (w *watcher) report() {
	if w.observe == nil {
		return
	}
	w.turns.Lock()
	defer w.turns.Unlock()
	s := w.shelves
	s.mu.Lock()
	dirty, shut, total, open := w.dirty, w.shut, s.bytes, s.recent.Len()
	w.dirty, w.shut = false, nil
	s.mu.Unlock()
	for _, guild := range shut {
		w.observe.Closed(guild)
	}
	if dirty {
		w.observe.Bytes(total, open)
	}
}

// built tells how a build ended. That somebody had no time to wait for it is no failure.
func (w *watcher) built(guild string, took time.Duration, b *building) {
	if w.observe == nil {
		return
	}
	switch {
	case b.gaveUp:
	case b.err != nil:
		w.failed(b.err)
	case b.opened != nil:
		w.observe.Opened(guild, took)
	}
	w.report()
}

func (w *watcher) failed(err error) {
	if w.observe != nil {
		w.observe.Failed(err)
	}
}

// changed tells which guilds have changes among these.
func (w *watcher) changed(changes []library.Change) {
	if w.observe == nil {
		return
	}
	told := map[string]bool{}
	for _, c := range changes {
		if !told[c.Guild] {
			told[c.Guild] = true
			w.observe.Changed(c.Guild)
		}
	}
}

func (w *watcher) followed(cursor int64) {
	if w.observe != nil {
		w.observe.Followed(cursor)
	}
}
