package memory

import (
	"context"
	"testing"
)

// TestVersions: who works on a version that is not the last one is interrupted.
func TestVersions(t *testing.T) {
	t.Parallel()
	r := NewReplies(4)
	first := r.Note("q")
	ctx, done := r.While(t.Context(), "q", first)
	if ctx.Err() != nil || !r.IsLatest("q", first) {
		t.Error("the first version is not the last one")
	}
	second := r.Note("q")
	if ctx.Err() == nil || r.IsLatest("q", first) || !r.IsLatest("q", second) {
		t.Error("the first version stays the last one")
	}
	done()
	ctx, done = r.While(t.Context(), "q", first)
	if ctx.Err() == nil {
		t.Error("an old version is worked on")
	}
	done()
	if len(r.watching) != 0 || !r.IsLatest("never heard of", 0) {
		t.Errorf("%d are watching", len(r.watching))
	}
}

// TestOneAtATime: the turn to work on a reply is had by one, and waited for by others
// for as long as they like. Other replies are worked on meanwhile.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	r := NewReplies(4)
	unlock, ok := r.Lock(t.Context(), "q")
	if !ok {
		t.Fatal("nobody has the turn, and it is not given")
	}
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	if _, ok := r.Lock(impatient, "q"); ok {
		t.Error("two have the turn")
	}
	other, ok := r.Lock(t.Context(), "other")
	if !ok {
		t.Fatal("another reply waits")
	}
	other()
	next := make(chan func())
	go func() {
		unlock, _ := r.Lock(t.Context(), "q")
		next <- unlock
	}()
	unlock()
	(<-next)()
	if len(r.locked) != 0 {
		t.Errorf("%d turns stay", len(r.locked))
	}
}

// TestReplyIsRemembered until it is forgotten.
func TestReplyIsRemembered(t *testing.T) {
	t.Parallel()
	r, want := NewReplies(4), Reply{Message: "1", Record: "2", Channel: "3", Edited: "4"}
	r.Put("q", want)
	if got, ok := r.Find("q"); !ok || got != want {
		t.Errorf("found %v, %+v", ok, got)
	}
	r.Forget("q")
	if _, ok := r.Find("q"); ok {
		t.Error("it is not forgotten")
	}
}
