package shelf_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
)

// model is what a guild's library and settings should be.
type model struct {
	own    map[string]string // published sources by key
	hidden map[string]bool
	days   int
}

// articles returns "key source" of every article; of a shipped one the key.
func (m *model) articles() []string {
	var all []string
	for _, key := range []string{teaKey, breadKey} {
		if _, replaced := m.own[key]; !replaced && !m.hidden[key] {
			all = append(all, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(m.own)) {
		all = append(all, key+" "+m.own[key])
	}
	return all
}

// TestWhateverHappens lets guilds change things in any order, with questions in
// between and little room for indexes, and compares what they have with the model.
func TestWhateverHappens(t *testing.T) {
	guilds := []string{"a", "b", "c"}
	rapid.Check(t, func(rt *rapid.T) {
		m := newMemory()
		r := newRig(t, m, func(c *shelf.Config) {
			c.Memory = rapid.SampledFrom([]int64{1, 60 << 10, 1 << 30}).Draw(rt, "memory")
		})
		ctx, stop := context.WithCancel(context.Background())
		var background sync.WaitGroup
		defer background.Wait()
		defer stop()
		background.Go(func() {
			if err := r.Follow(ctx, r.wake); err != nil {
				t.Error(err)
			}
		})
		usual := library.DefaultSettings().StaleDays
		models := map[string]*model{}
		for _, g := range guilds {
			models[g] = &model{own: map[string]string{}, hidden: map[string]bool{}, days: usual}
		}
		guild, key := rapid.SampledFrom(guilds), rapid.SampledFrom([]string{"x", "y", teaKey})
		shippedKey := rapid.SampledFrom([]string{teaKey, breadKey})
		edition := 0
		rt.Repeat(map[string]func(*rapid.T){
			"publish": func(rt *rapid.T) {
				g, key := guild.Draw(rt, "guild"), key.Draw(rt, "key")
				edition++
				source := ferret(fmt.Sprintf("%s-%d", g, edition))
				m.publish(g, key, source)
				models[g].own[key] = source
				delete(models[g].hidden, key)
			},
			"withdraw": func(rt *rapid.T) {
				g, key := guild.Draw(rt, "guild"), key.Draw(rt, "key")
				m.state(g, key, true, library.Withdrawn)
				delete(models[g].own, key)
				delete(models[g].hidden, key)
			},
			"hide": func(rt *rapid.T) {
				g, key := guild.Draw(rt, "guild"), shippedKey.Draw(rt, "key")
				m.state(g, key, false, library.Hidden)
				delete(models[g].own, key)
				models[g].hidden[key] = true
			},
			"show": func(rt *rapid.T) {
				g, key := guild.Draw(rt, "guild"), shippedKey.Draw(rt, "key")
				m.remove(g, key)
				delete(models[g].own, key)
				delete(models[g].hidden, key)
			},
			"set": func(rt *rapid.T) {
				g, days := guild.Draw(rt, "guild"), rapid.IntRange(1, 500).Draw(rt, "days")
				m.set(g, "stale-days", fmt.Sprint(days))
				models[g].days = days
			},
			"reset": func(rt *rapid.T) {
				g := guild.Draw(rt, "guild")
				m.set(g, "stale-days", "")
				models[g].days = usual
			},
			"ask meanwhile": func(rt *rapid.T) {
				g := guild.Draw(rt, "guild")
				background.Go(func() {
					ans, err := r.Ask(context.Background(), g, question(aboutFerrets))
					if err != nil && (!errors.Is(err, article.ErrUnavailable) || ans.Quote != nil) || ans.Quote != nil && strings.Contains(ans.Quote.Text, "ferret") && !strings.Contains(ans.Quote.Text, " "+g+"-") {
						t.Errorf("%s: %+v, %v", g, ans.Quote, err)
					}
				})
			},
			"wake":   func(*rapid.T) { r.wake <- struct{}{} },
			"forget": func(*rapid.T) { m.mu.Lock(); defer m.mu.Unlock(); m.horizon = m.seq; m.feed = nil },
			"fail for a moment": func(*rapid.T) {
				m.breakWith(article.ErrUnavailable)
				r.wake <- struct{}{}
				m.breakWith(nil)
			},
			"compare": func(rt *rapid.T) {
				g := guild.Draw(rt, "guild")
				r.until(rt, g, m.seq)
				articles, err := r.Articles(context.Background(), g)
				if err != nil {
					rt.Fatal(err)
				}
				var got []string
				for _, a := range articles {
					if slices.Contains(r.shipped, a) {
						got = append(got, a.Slug)
					} else {
						got = append(got, a.Slug+" "+a.Source)
					}
				}
				if want := models[g].articles(); !slices.Equal(got, want) {
					rt.Fatalf("%s has %q, want %q", g, got, want)
				}
				if got := r.Settings(g).StaleDays; got != models[g].days {
					rt.Fatalf("%s: %d days, want %d", g, got, models[g].days)
				}
			},
		})
	})
}
