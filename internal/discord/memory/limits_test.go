package memory

import (
	"strconv"
	"testing"
	"time"
)

// limiting returns a Limiter, and how to let time pass for it.
func limiting(l Limits) (limiter *Limiter, pass func(time.Duration)) {
	now := time.Date(2026, time.May, 4, 22, 0, 0, 0, time.UTC)
	return NewLimiter(l, func() time.Time { return now }), func(d time.Duration) { now = now.Add(d) }
}

// TestRefusals name the limit that was reached and when to ask again; what is refused
// takes nothing.
func TestRefusals(t *testing.T) {
	t.Parallel()
	lively := Rate{Burst: 1000, Every: time.Millisecond}
	tests := map[string]struct {
		limits Limits
		day    int
		want   Refusal
		others bool // are admitted
	}{
		"member": {Limits{Member: Rate{2, time.Minute}, Guild: lively}, 0, Refusal{MemberLimit, time.Minute}, true},
		"guild":  {Limits{Member: lively, Guild: Rate{2, time.Second}}, 0, Refusal{GuildLimit, time.Second}, false},
		"day":    {Limits{Member: lively, Guild: lively}, 2, Refusal{DayLimit, 2 * time.Hour}, true},
		"both":   {Limits{Member: Rate{2, time.Hour}, Guild: Rate{2, time.Second}}, 2, Refusal{DayLimit, 2 * time.Hour}, false},
	}
	for name, test := range tests {
		l, pass := limiting(test.limits)
		for range 2 {
			if why, ok := l.Admit("g", "ann", test.day); !ok {
				t.Errorf("%s: refused early: %+v", name, why)
			}
		}
		for range 3 {
			if why, ok := l.Admit("g", "ann", test.day); ok || why != test.want {
				t.Errorf("%s: admitted %v, %+v, want %+v", name, ok, why, test.want)
			}
		}
		if _, ok := l.Admit("g", "ben", test.day); ok != test.others {
			t.Errorf("%s: another member is admitted: %v", name, ok)
		}
		pass(test.want.Wait)
		if why, ok := l.Admit("g", "ann", test.day); !ok {
			t.Errorf("%s: refused after the wait: %+v", name, why)
		}
	}
}

// TestUnaskedReplies count for a member's day, what is only looked up does not; and
// they are bounded in a channel.
func TestUnaskedReplies(t *testing.T) {
	t.Parallel()
	l, _ := limiting(Limits{Unasked: Rate{3, time.Hour}})
	for range 5 {
		if !l.AdmitUnasked("g", "ann", 2) {
			t.Fatal("looking up counts for the day")
		}
	}
	for range 2 {
		if !l.ReplyUnasked("g", "c", "ann", 2) {
			t.Fatal("no reply, though there is room")
		}
	}
	if l.ReplyUnasked("g", "c", "ann", 2) || l.AdmitUnasked("g", "ann", 2) {
		t.Error("more than a day allows")
	}
	if !l.ReplyUnasked("g", "c", "ben", 2) || l.ReplyUnasked("g", "c", "ben", 2) {
		t.Error("a channel gets more or less than three replies")
	}
	if !l.ReplyUnasked("g", "other", "ben", 2) {
		t.Error("a channel takes from another one")
	}
}

// TestToldOnce until the bucket was full again, or the day is over.
func TestToldOnce(t *testing.T) {
	t.Parallel()
	l, pass := limiting(Limits{Member: Rate{1, time.Minute}})
	l.Admit("g", "ann", 0)
	if !l.Tell("g", "ann", MemberLimit) || l.Tell("g", "ann", MemberLimit) || !l.Tell("g", "ann", DayLimit) || l.Tell("g", "ann", DayLimit) {
		t.Error("not told once of each limit")
	}
	pass(time.Minute)
	l.Admit("g", "ann", 0)
	if !l.Tell("g", "ann", MemberLimit) || l.Tell("g", "ann", DayLimit) {
		t.Error("the bucket was full again, the day is the same")
	}
	pass(24 * time.Hour)
	if !l.Tell("g", "ann", DayLimit) {
		t.Error("it is another day")
	}
}

// TestBucketsAreBounded: a flood makes room for itself, and full buckets are forgotten.
func TestBucketsAreBounded(t *testing.T) {
	t.Parallel()
	l, pass := limiting(Limits{})
	for n := range maxBuckets + 10 {
		l.Admit("g", strconv.Itoa(n), 100)
		if len(l.buckets) > maxBuckets || len(l.asked) > maxBuckets {
			t.Fatalf("%d buckets, %d counts", len(l.buckets), len(l.asked))
		}
	}
	l.Sweep()
	if len(l.buckets) == 0 {
		t.Error("buckets that are not full are forgotten")
	}
	pass(time.Hour)
	if l.Sweep(); len(l.buckets) != 0 {
		t.Errorf("%d full buckets stay", len(l.buckets))
	}
}
