package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"verbatim/internal/discord/discordtest"
)

// use is one thing that a member did, and what must come of it.
type use struct {
	kind    string
	at      *town
	sent    time.Time
	by      *discordtest.Member
	reply   *discordtest.Reply
	beside  *discordtest.Reply          // to a message that the bot must not answer; may be nil
	wants   string                      // the reply must hold it
	private bool                        // only the member may see the reply
	keep    *[]shown                    // where the reply goes, for others to go on with
	typed   chan typed                  // what was offered instead of a reply, nil for a reply
	settle  func(context.Context) error // waits for what is no reply; may be nil
}

// typed is the end of a completion.
type typed struct {
	took  time.Duration
	wrong error
}

// kind is a way of using the bot, as often as its weight.
type kind struct {
	weight int
	do     func(c *crowd, w *town) use
}

const (
	askSize   = "how big is the prostate"
	askSafety = "Is prostate massage safe?"
	byline    = "By Verbatim contributors"
)

// kinds is how members use the bot in the load test.
func kinds() []kind {
	return []kind{
		{14, asks("/ask answered", askSize, "walnut")},
		{14, asks("/ask safety", askSafety, "Not medical advice.")},
		{8, asks("/ask abstained", "how do i repot a cactus?", "do not answer that")},
		{6, asks("/ask meta", "who wrote this?", "article's own details")},
		{3, asks("/ask crisis", "i want to kill myself", "Crisis")},
		{8, mentions},
		{8, followsUp},
		{12, types},
		{5, clicks("More", byline)},
		{5, clicks("In context", "Section:")},
		{5, clicks("Cite", "Verbatim contributors. (")},
		{5, clicks("Helpful", "That is noted")},
		{4, browses},
		{6, readsOn},
		{4, answersThis},
	}
}

// asks is /ask. The safety question has every button below its answer.
func asks(name, question, wants string) func(*crowd, *town) use {
	return func(c *crowd, w *town) use {
		u := use{kind: name, by: w.somebody(), wants: wants, private: wants == "Crisis"}
		if question == askSafety {
			u.keep = &w.quotes
		}
		u.reply = c.Run(u.by, w.adults, "/ask", discordtest.Options{"question": question})
		return u
	}
}

func mentions(c *crowd, w *town) use {
	u := use{kind: "mention", by: w.somebody(), wants: "walnut", keep: &w.talks}
	u.reply = c.Say(u.by, w.general, c.Mention()+" "+askSize)
	return u
}

// followsUp replies to an answer to the same member, or asks when there is none.
func followsUp(c *crowd, w *town) use {
	s, ok := w.take(&w.talks)
	if !ok {
		return mentions(c, w)
	}
	return use{kind: "follow-up", by: s.by, wants: byline, reply: c.ReplyTo(s.by, s.id, "and where is it?")}
}

// types types into /ask.
func types(c *crowd, w *town) use {
	u := use{kind: "autocomplete", by: w.somebody(), typed: make(chan typed, 1)}
	go func() {
		began := time.Now()
		offered, err := c.Type(c.t.Context(), u.by, w.adults, "/ask", "is it s")
		if err == nil && len(offered) == 0 {
			err = errors.New("nothing is offered")
		}
		u.typed <- typed{time.Since(began), err}
	}()
	return u
}

// clicks clicks a button below an answer.
func clicks(button, wants string) func(*crowd, *town) use {
	return func(c *crowd, w *town) use {
		s, ok := w.newest(&w.quotes)
		if _, there := c.See(s.by, s.id); !ok || !there {
			return asks("/ask safety", askSafety, "Not medical advice.")(c, w)
		}
		u := use{kind: button, by: w.somebody(), wants: wants, private: true}
		u.reply = c.Click(u.by, s.id, button)
		return u
	}
}

func browses(c *crowd, w *town) use {
	u := use{kind: "/article", by: w.somebody(), wants: "Articles", private: true, keep: &w.shelfs}
	u.reply = c.Run(u.by, w.adults, "/article", nil)
	return u
}

// readsOn chooses an article or a section, or opens the list when nothing is open.
func readsOn(c *crowd, w *town) use {
	s, ok := w.take(&w.shelfs)
	seen, there := c.See(s.by, s.id)
	if !ok || !there || len(seen.Selects) == 0 {
		return browses(c, w)
	}
	menu := seen.Selects[0]
	u := use{kind: "article page", by: s.by, wants: byline, private: true, keep: &w.shelfs}
	u.reply = c.Choose(s.by, s.id, menu.Placeholder, menu.Options[w.turn%len(menu.Options)].Value)
	return u
}

func answersThis(c *crowd, w *town) use {
	said := c.Say(w.somebody(), w.adults, askSize)
	u := use{kind: "Answer this", by: w.somebody(), wants: "walnut", beside: said}
	u.reply = c.Menu(u.by, said.Asked, "Answer this")
	return u
}

// does lets somebody of a guild do something.
func (c *crowd) does(do func(*crowd, *town) use, w *town) use {
	now := time.Now()
	u := do(c, w)
	u.at, u.sent = w, now
	return u
}

// patience is how long anything may take until nobody waits for it any more.
const patience = 5 * time.Second

// errSilent says that nothing came of a use.
var errSilent = errors.New("nothing came")

// outcome waits for what came of a use, and says what is wrong with it.
func (c *crowd) outcome(u use) (discordtest.Timing, error) {
	if u.typed != nil {
		select {
		case end := <-u.typed:
			now := time.Now()
			return discordtest.Timing{Sent: now.Add(-end.took), Callback: now, Final: now}, silence(end.wrong)
		case <-time.After(patience):
			return discordtest.Timing{}, errSilent
		}
	}
	ctx, cancel := context.WithDeadline(context.Background(), u.sent.Add(patience))
	defer cancel()
	if u.settle != nil {
		return discordtest.Timing{}, silence(u.settle(ctx))
	}
	seen, err := u.reply.Wait(ctx)
	if err != nil {
		return discordtest.Timing{}, silence(err)
	}
	if u.keep != nil {
		u.at.keep(u.keep, shown{u.by, seen.ID, u.reply})
	}
	return u.reply.Timing(), u.judge(seen)
}

// judge says what is wrong with a reply.
func (u use) judge(seen discordtest.Seen) error {
	switch n := u.reply.Count(); {
	case n != 1:
		return fmt.Errorf("answered %d times", n)
	case !strings.Contains(seen.Text(), u.wants):
		return fmt.Errorf("the reply lacks %q:\n%s", u.wants, seen.Text())
	case u.private && !seen.Ephemeral:
		return errors.New("a private reply is seen by all")
	case u.beside != nil && u.beside.Count() > 0:
		return errors.New("what was said to nobody is answered")
	}
	return nil
}

// silence is errSilent when nothing came in time.
func silence(err error) error {
	if errors.Is(err, discordtest.ErrNoReply) || errors.Is(err, context.DeadlineExceeded) {
		return errSilent
	}
	return err
}
