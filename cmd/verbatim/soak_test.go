package main

import (
	"context"
	"flag"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

// suiteSoak sees no growth, only that the program lives through it; .ci/long soaks
// for ten minutes, which is more than go test allows without -timeout.
const suiteSoak = 5 * time.Second

var soakFor = flag.Duration("soak", suiteSoak, "how long members use the bot in the soak test, while the network fails")

const soakRate = 20 // uses a second

// soakPace is how often something fails and how often the program is looked at.
func soakPace() (trouble, look time.Duration) {
	if *soakFor <= suiteSoak {
		return 500 * time.Millisecond, 500 * time.Millisecond
	}
	return 15 * time.Second, min(10*time.Second, *soakFor/25)
}

// TestSoak lets members use a process of the real program while gateway and REST
// fail in turn. It wants nothing answered wrongly or twice, everything answered that
// was asked long enough after a failure, and no growth of memory and goroutines.
func TestSoak(t *testing.T) {
	c := newCrowd(t, 20, 400, discordtest.Keep(20_000), discordtest.WithoutSchema())
	c.warm()
	rest := c.look(time.Now())
	s := newSoak(c)
	a := c.used(append(kinds(), changes()...), *soakFor, soakRate, s.step)
	t.Logf("%v at %d a second, %d failures, %d uses of which nothing came\n%s%s", *soakFor, soakRate, len(s.failed), len(a.silent), a.table(), vitalsTable(s.looks))
	s.holds(a)
	c.Mend()
	c.alive()
	c.calm(rest)
	if *soakFor > suiteSoak {
		fifth := len(s.looks) / 5
		flat(t, vitalSigns(), s.looks[fifth:2*fifth], s.looks[4*fifth:])
	}
	c.leave()
}

// soak is what goes on beside the members.
type soak struct {
	*crowd
	began  time.Time
	all    []trouble
	failed []time.Time // when trouble came, one after the other
	looks  []vitals
}

func newSoak(c *crowd) *soak { return &soak{crowd: c, began: time.Now(), all: troubles()} }

// step lets something fail and looks at the program when it is time to. The last
// failure leaves time to recover from it.
func (s *soak) step() {
	every, look := soakPace()
	past := time.Since(s.began)
	if past >= look*time.Duration(len(s.looks)+1) {
		s.looks = append(s.looks, s.look(s.began))
	}
	if n := len(s.failed); past >= every*time.Duration(n+1) && past < *soakFor-every {
		s.all[n%len(s.all)].comes(s.crowd)
		s.failed = append(s.failed, time.Now())
	}
}

// holds judges what came of all uses beside the failures.
func (s *soak) holds(a *account) {
	s.t.Helper()
	for _, wrong := range a.wrong {
		s.t.Error(wrong)
	}
	for _, u := range a.silent {
		if !s.excuses(u.sent) {
			s.t.Errorf("%s: nothing came %v after the beginning, and nothing had failed", u.kind, u.sent.Sub(s.began))
		}
	}
}

// excuses reports whether a failure may be why nothing came of a use.
func (s *soak) excuses(sent time.Time) bool {
	for n, at := range s.failed {
		if sent.After(at.Add(-finalMax)) && sent.Before(at.Add(s.all[n%len(s.all)].lasts)) {
			return true
		}
	}
	return false
}

// alive wants an answer in every guild, once the program is connected again.
func (c *crowd) alive() {
	c.t.Helper()
	if err := c.Connected(within(c.t, 40*time.Second)); err != nil {
		c.t.Fatal(err)
	}
	for n, w := range c.towns {
		if !c.answers(w) {
			c.t.Errorf("guild %d is not answered", n)
		}
	}
}

// answers asks until there is an answer, as somebody does whom nobody answered.
func (c *crowd) answers(w *town) bool {
	for range 5 {
		if _, err := c.outcome(c.does(asks("/ask answered", askSize, "walnut"), w)); err == nil {
			return true
		}
	}
	return false
}

// trouble is something that fails, and how long uses may fail by it.
type trouble struct {
	lasts time.Duration
	comes func(*crowd)
}

const (
	callbackRoute = "POST /interactions/{id}/{token}/callback"
	messagesRoute = "POST /channels/{channel}/messages"
	resumable     = 4000 // a close code after which the session goes on

	blip    = 4 * time.Second
	away    = 30 * time.Second // after Op 7 or a cut
	invalid = 40 * time.Second // after Op 9
)

// troubles is what fails, the gateway and REST in turn. The suite has time for what is mended
// soon.
func troubles() []trouble {
	gateway, rest := gatewayTroubles(), restTroubles()
	if *soakFor <= suiteSoak {
		return append(gateway[:1], rest...)
	}
	var all []trouble
	for n, t := range gateway {
		all = append(all, t, rest[n%len(rest)])
	}
	return all
}

func gatewayTroubles() []trouble {
	return []trouble{
		{away, func(c *crowd) { c.Reset() }},
		{away, func(c *crowd) { c.Reconnect() }},
		{invalid, func(c *crowd) { c.Invalidate(true) }},
		{invalid, func(c *crowd) { c.Invalidate(false) }},
		{away, func(c *crowd) { c.Drop(resumable) }},
		{away, func(c *crowd) { c.Welcome(discordtest.Welcome{Then: 7}); c.Reset() }},
		{away, func(c *crowd) { c.Refuse(2); c.Reset() }},
		{away, func(c *crowd) { c.RefuseResume(1); c.Reset() }},
	}
}

func restTroubles() []trouble {
	breaks := func(route string, faults ...discordtest.Fault) trouble {
		return trouble{blip, func(c *crowd) { c.Break(route, faults...) }}
	}
	return []trouble{
		breaks(callbackRoute, discordtest.Unavailable().Times(5)...),
		breaks(messagesRoute, discordtest.ProxyLimit()),
		breaks(callbackRoute, discordtest.CutBefore().Times(3)...),
		breaks(messagesRoute, discordtest.CutAfter(), discordtest.CutWithin(), discordtest.Unavailable()),
		breaks(callbackRoute, discordtest.SlowRequest(2*time.Second), discordtest.SlowReply(2*time.Second)),
		breaks(messagesRoute, discordtest.Wait(700*time.Millisecond)),
	}
}

// changes is what members do about their questions afterwards.
func changes() []kind {
	edit := func(c *crowd, s shown) { c.Edit(s.by, s.reply.Asked, c.Mention()+" who wrote this?") }
	return []kind{
		{4, changed("edited", edit, redone)},
		{4, changed("deleted", func(c *crowd, s shown) { c.Delete(s.by, s.reply.Asked) }, gone)},
		{4, changed("removed", func(c *crowd, s shown) { c.Click(s.by, s.id, "Remove") }, gone)},
	}
}

func gone(ctx context.Context, s shown) error { return s.reply.Gone(ctx) }

// redone waits until the answer is that to the edited question.
func redone(ctx context.Context, s shown) error {
	_, err := s.reply.Becomes(ctx, func(seen discordtest.Seen) bool {
		return seen.ID == s.id && strings.Contains(seen.Text(), "article's own details")
	})
	return err
}

// changed lets a member do something about the newest answer to a mention, and waits
// for what has to follow.
func changed(name string, do func(*crowd, shown), follows func(context.Context, shown) error) func(*crowd, *town) use {
	return func(c *crowd, w *town) use {
		s, ok := w.take(&w.talks)
		if !ok {
			return mentions(c, w)
		}
		do(c, s)
		return use{kind: name, by: s.by, settle: func(ctx context.Context) error { return follows(ctx, s) }}
	}
}
