package memory

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// writes is what somebody writes at once; the number is that of the message.
func writes(user string, n int, text string) Message[int] {
	return Message[int]{
		ID: fmt.Sprint(n), Channel: "c", User: user, Text: text, Received: time.Unix(1e9, 0).Add(time.Duration(n) * time.Second), Asked: n,
	}
}

// TestSettle takes together what one member says, in the order of the messages, and
// hands back what the last of them was made of.
func TestSettle(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		said []Message[int]
		want string
		last int
	}{
		"one message":        {[]Message[int]{writes("ann", 1, "is it safe?")}, "is it safe?", 1},
		"several":            {[]Message[int]{writes("ann", 1, "hello"), writes("ann", 2, "is it"), writes("ann", 3, "safe?")}, "hello\nis it\nsafe?", 3},
		"edited":             {[]Message[int]{writes("ann", 1, "is it sage?"), writes("ann", 2, "please"), writes("ann", 1, "is it safe?")}, "is it safe?\nplease", 2},
		"others do not join": {[]Message[int]{writes("ben", 1, "no"), writes("ann", 2, "is it safe?")}, "is it safe?", 2},
		"long ago":           {[]Message[int]{writes("ann", 1, "hello"), writes("ann", 61, "is it safe?")}, "is it safe?", 61},
	}
	for name, test := range tests {
		l := NewLurking[int](4)
		var u *Utterance[int]
		for _, m := range test.said {
			u = l.Add(m)
		}
		got, ok := l.Settle(t.Context(), u, 0)
		if !ok || got.Text != test.want || got.Asked != test.last {
			t.Errorf("%s: %v, %q of %d", name, ok, got.Text, got.Asked)
		}
		if l.IsPending("c", "ann") {
			t.Errorf("%s: it is still waited for", name)
		}
	}
}

// TestGivenUp: nobody goes on waiting for what is not to be answered any more.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		befalls func(l *Lurking[int])
		stays   bool
	}{
		"more came":                 {func(l *Lurking[int]) { l.Add(writes("ann", 2, "and how long?")) }, false},
		"its author asked directly": {func(l *Lurking[int]) { l.Drop("c", "ann") }, false},
		"it was deleted":            {func(l *Lurking[int]) { l.DropMessage("1") }, false},
		"a moderator spoke":         {func(l *Lurking[int]) { l.Moderated("c", "2") }, false},
		"in another channel":        {func(l *Lurking[int]) { l.Moderated("other", "2"); l.Drop("other", "ann") }, true},
		"by somebody else":          {func(l *Lurking[int]) { l.Add(writes("ben", 2, "no")); l.Drop("c", "ben"); l.DropMessage("2") }, true},
	}
	for name, test := range tests {
		l := NewLurking[int](4)
		u := l.Add(writes("ann", 1, "is it safe?"))
		if !l.Holds("c", "ann", "1") || l.Holds("c", "ann", "2") || l.Holds("c", "ben", "1") {
			t.Errorf("%s: not held, or by somebody else", name)
		}
		test.befalls(l)
		limit := time.Hour
		if test.stays {
			limit = 0
		}
		if _, ok := l.Settle(t.Context(), u, limit); ok != test.stays {
			t.Errorf("%s: answered %v", name, ok)
		}
	}
}

// TestModerated remembers the last word of a moderator, whatever order it is heard in.
func TestModerated(t *testing.T) {
	t.Parallel()
	l := NewLurking[int](4)
	if l.IsModerated("c", "") {
		t.Error("nobody spoke")
	}
	l.Moderated("c", "100")
	l.Moderated("c", "99")
	for message, want := range map[string]bool{"": true, "99": true, "100": false, "101": false, "1000": false} {
		if got := l.IsModerated("c", message); got != want {
			t.Errorf("after %q: %v", message, got)
		}
	}
}

// TestLurkingIsBounded: what nobody waited for is given up, and of somebody who goes on
// and on the last messages count.
func TestLurkingIsBounded(t *testing.T) {
	t.Parallel()
	l := NewLurking[int](4)
	for n := range maxPending + 100 {
		l.Add(writes(fmt.Sprint("member ", n), n, "hello"))
	}
	if len(l.pending) > maxPending {
		t.Errorf("%d are waited for", len(l.pending))
	}
	var u *Utterance[int]
	for n := range 2 * maxUtterance {
		u = l.Add(writes("ann", n, "more"))
	}
	if said, ok := l.Settle(t.Context(), u, 0); !ok || strings.Count(said.Text, "more") != maxUtterance {
		t.Errorf("%v, %q", ok, said.Text)
	}
}
