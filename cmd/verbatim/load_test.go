package main

import (
	"flag"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

// The suite has a short load on a busy machine, so the bars on the times hold only
// for a longer one; .ci/long has a minute of it.
const suiteLoad = 3 * time.Second

var (
	loadFor  = flag.Duration("load", suiteLoad, "how long members use the bot in the load test")
	loadRate = flag.Int("rate", 50, "how often a second they do")
)

// What every reply, and 99 of 100, may take, with the members beside the bot on two
// cores. Discord gives up after three seconds.
const (
	callbackP99 = 50 * time.Millisecond
	finalP99    = 250 * time.Millisecond
	finalMax    = 3 * time.Second
)

// TestLoad lets members of twenty guilds use a process of the real program in all
// ways at once, and wants every use answered once, rightly and in time.
func TestLoad(t *testing.T) {
	options := []discordtest.Option{discordtest.Keep(50_000)}
	if *loadFor > suiteLoad {
		options = append(options, discordtest.WithoutSchema())
	}
	c := newCrowd(t, 20, 500, options...)
	c.warm()
	a := c.used(kinds(), *loadFor, *loadRate, func() {})
	t.Logf("%v at %d a second; the members were at most %v late\n%s", *loadFor, *loadRate, a.behind.Round(time.Millisecond), a.table())
	for _, wrong := range a.wrong {
		t.Error(wrong)
	}
	for _, u := range a.silent {
		t.Errorf("%s: not answered", u.kind)
	}
	if a.worst > finalMax {
		t.Errorf("a reply took %v, want %v at most", a.worst, finalMax)
	}
	if *loadFor > suiteLoad {
		a.bars(t)
	}
	c.leave()
}

// bars holds the times of all uses against what they may be.
func (a *account) bars(t *testing.T) {
	t.Helper()
	if got := quantile(a.all.callback, 0.99); got > callbackP99 {
		t.Errorf("first callback: p99 is %v, want %v at most", got, callbackP99)
	}
	if got := quantile(a.all.final, 0.99); got > finalP99 {
		t.Errorf("final answer: p99 is %v, want %v at most", got, finalP99)
	}
}
