package discord_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// macs stands for a member in the ledger.
func macs(guild, user string) []string { return []string{"mac of " + user + " in " + guild} }

// lead seals without hiding anything, so that a test can read what is in an id.
type lead struct{}

// Seal implements discord.Sealer.
func (lead) Seal(purpose string, payload []byte) (string, error) {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s\x00%s", purpose[max(0, len(purpose)-6):], payload)), nil
}

// Open implements discord.Sealer.
func (lead) Open(purpose, sealed string) ([]byte, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	mark, payload, ok := strings.Cut(string(raw), "\x00")
	return []byte(payload), err == nil && ok && mark == purpose[max(0, len(purpose)-6):]
}

// desk is a discord.Reader over a few articles.
type desk struct {
	articles []*article.Article

	mu       sync.Mutex
	gone     map[string]bool             // slugs of articles that are withdrawn
	standing map[string]library.Standing // of others, by slug
	typed    []string
	bank     []string      // offered instead of the questions below
	fail     error         // what calls that can fail return
	stuck    chan struct{} // when not nil, those calls wait for it to be closed
	panics   bool          // Reading panics
}

// wait waits while the desk is stuck, and returns the error to fail with.
func (d *desk) wait() error {
	d.mu.Lock()
	stuck := d.stuck
	d.mu.Unlock()
	if stuck != nil {
		<-stuck
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.fail
}

// jam makes every call that can fail stick until the test ends.
func (d *desk) jam(t *testing.T) {
	t.Helper()
	stuck := make(chan struct{})
	t.Cleanup(func() { close(stuck) })
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stuck = stuck
}

// change changes the desk while a bot may be using it.
func (d *desk) change(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
}

// add adds an article.
func (d *desk) add(t *testing.T, slug, text string) {
	t.Helper()
	a, err := article.Parse([]byte(text), article.Options{File: slug})
	if err != nil {
		t.Fatal(err)
	}
	a.Slug = slug
	d.change(func() { d.articles = append(d.articles, a) })
}

const aboutTea = `---
title: The safety of tea
author: Jo Kettle
author_bio: A grower of tea, not a physician.
updated: 2017-07-19
source_url: https://example.org/tea
---

Tea is a drink. People have made it for a long time.

## Is it safe?

It is *generally* safe, @everyone. Let it cool first. Whoever has burnt their mouth should wait.

## How to brew

Pour hot water over the leaves. Wait for three minutes. Take the leaves out.
`

const aboutGin = `---
title: Gin for adults
author: Mo Still
author_bio: A distiller.
updated: 2020-01-02
audience: age-restricted
---

Gin is a spirit.

## How much

One glass is enough.
`

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{gone: make(map[string]bool), standing: make(map[string]library.Standing)}
	for slug, text := range map[string]string{"tea": aboutTea, "gin": aboutGin} {
		a, err := article.Parse([]byte(text), article.Options{File: slug})
		if err != nil {
			t.Fatal(err)
		}
		a.Slug = slug
		d.articles = append(d.articles, a)
	}
	slices.SortFunc(d.articles, func(a, b *article.Article) int { return strings.Compare(b.Slug, a.Slug) }) // tea first
	return d
}

// Articles implements discord.Reader.
func (d *desk) Articles(context.Context, string) ([]*article.Article, error) {
	if err := d.wait(); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(d.articles), func(a *article.Article) bool { return d.gone[a.Slug] }), nil
}

// Recall implements discord.Reader.
func (d *desk) Recall(_ context.Context, _ string, p library.Place) (library.Recalled, error) {
	if err := d.wait(); err != nil {
		return library.Recalled{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, a := range d.articles {
		if a.Slug != p.Article || a.Revision != p.Revision {
			continue
		}
		quote := quoteAt(a, p.Start, p.End)
		r := library.Recalled{Quote: *quote, Article: a, Standing: library.Current}
		for _, s := range a.Sections {
			if s.Start <= p.Start && p.End <= s.End {
				r.Around = s.Range
			}
		}
		if s := d.standing[a.Slug]; s != "" {
			r.Standing = s
		}
		return r, nil
	}
	return library.Recalled{}, article.ErrNotFound
}

// Reading implements discord.Reader: brewing is for adults here.
func (d *desk) Reading(_ string, channel answer.Channel, a *article.Article, heading string) answer.Reason {
	if d.panicking() {
		panic("reading")
	}
	if channel != answer.AgeRestricted && (a.Meta.Audience == article.AgeRestricted || heading == "How to brew" || strings.Contains(heading, "Pour hot water")) {
		return answer.Restricted
	}
	return ""
}

// CardsFor implements discord.Reader.
func (d *desk) CardsFor(_ string, fired func(string) bool) (answer.Answer, bool) {
	if !fired("crisis-one") {
		return answer.Answer{}, false
	}
	return answer.Answer{Outcome: answer.CardOnly, Tier: safety.TierCrisis, Cards: []safety.Card{crisisCard}}, true
}

// Disclaimer implements discord.Reader.
func (d *desk) Disclaimer(string) safety.Card { return disclaimer }

// Suggest implements discord.Reader.
func (d *desk) Suggest(_ context.Context, _ string, channel answer.Channel, typed string, limit int) ([]string, error) {
	if err := d.wait(); err != nil {
		return nil, fmt.Errorf("%w: looking for %q", err, typed)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.typed = append(d.typed, typed)
	all := []string{"Is tea safe?", "How is tea brewed?"}
	if channel == answer.AgeRestricted {
		all = append(all, "How much gin?")
	}
	if d.bank != nil {
		return d.bank, nil
	}
	all = slices.DeleteFunc(all, func(q string) bool { return !strings.Contains(strings.ToLower(q), strings.ToLower(typed)) })
	return all[:min(limit, len(all))], nil
}

func (d *desk) panicking() bool { d.mu.Lock(); defer d.mu.Unlock(); return d.panics }

// tea returns the article about tea.
func (d *desk) tea() *article.Article { return d.articles[0] }

// quoteAt is a quote of an article.
func quoteAt(a *article.Article, start, end int) *answer.Quote {
	m := a.Meta
	q := &answer.Quote{
		Text: a.Canonical[start:end], Article: a.Slug, Title: m.Title, Author: m.Author, AuthorBio: m.AuthorBio, Updated: m.Updated,
		SourceURL: m.SourceURL, Span: article.Span{Revision: a.Revision, Range: article.Range{Start: start, End: end}},
	}
	for _, s := range a.Sections {
		if s.Start <= start && end <= s.End {
			q.Section = s.Heading
		}
	}
	return q
}

// quoteOf is a quote of a text of an article.
func quoteOf(a *article.Article, text string) *answer.Quote {
	at := strings.Index(a.Canonical, text)
	return quoteAt(a, at, at+len(text))
}

// furnished is a bot with all that it can have.
type furnished struct {
	*walk
	desk   *desk
	ledger *ledger
	decide func(library.Settings)
	mod    *discordtest.Member
	cfg    discord.Config
}

// restart ends the bot and starts another one with the same ledger and the same key.
func (f *furnished) restart() {
	f.t.Helper()
	if err := f.stop(); err != nil {
		f.t.Fatal(err)
	}
	if err := f.Disconnected(within(f.t, 5*time.Second)); err != nil { // Discord may not have heard yet that it left
		f.t.Fatal(err)
	}
	cfg := f.cfg
	cfg.Token, cfg.API, cfg.Limits = f.Token(), f.URL(), generous
	cfg.Logger = slog.New(slog.NewTextHandler(f.log, nil))
	bot, err := discord.New(cfg, f.oracle)
	if err != nil {
		f.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(f.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	f.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	if err := f.Connected(within(f.t, 5*time.Second)); err != nil {
		f.t.Fatal(err)
	}
}

// furnish starts one.
func furnish(t *testing.T, change func(*discord.Config), options ...discordtest.Option) *furnished {
	t.Helper()
	f := &furnished{desk: newDesk(t), ledger: &ledger{}}
	var mu sync.Mutex
	decided := library.Settings{}
	f.decide = func(s library.Settings) { mu.Lock(); defer mu.Unlock(); decided = s }
	cfg := discord.Config{
		Timing: quick, Ledger: f.ledger, Members: f.ledger, OptIns: f.ledger, Reader: f.desk, Sealer: lead{}, Askers: macs,
		Settings: func(string) library.Settings { mu.Lock(); defer mu.Unlock(); return decided },
	}
	cfg.Timing.Settle = 60 * quick.Identify
	if change != nil {
		change(&cfg)
	}
	f.cfg = cfg
	f.walk = startWith(t, cfg, options...)
	f.mod = f.Moderator("mod")
	f.oracle.library(f.desk.tea())
	return f
}
