package main

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"verbatim/internal/discord/discordtest"
)

// account is what came of all uses.
type account struct {
	of     map[string]*took
	all    took
	silent []use   // of which nothing came
	wrong  []error // at most maxWrong of them are kept
	worst  time.Duration
	behind time.Duration // by which the members were later than the rate has it
}

// took is how long uses took.
type took struct {
	uses            int
	callback, final []time.Duration
}

const (
	maxWrong = 20
	second   = time.Second // how long a second answer may take to be noticed
)

// warm lets the members of every guild do what others go on with.
func (c *crowd) warm() {
	c.t.Helper()
	for _, w := range c.towns {
		for _, do := range []func(*crowd, *town) use{asks("/ask safety", askSafety, "Not medical advice."), mentions, browses} {
			u := c.does(do, w)
			if _, err := c.outcome(u); err != nil {
				c.t.Fatalf("%s, before all others: %v", u.kind, err)
			}
		}
	}
}

// used lets members use the bot so often a second, spread evenly over a time. They do
// not wait for one another. beside is called between two uses.
func (c *crowd) used(kinds []kind, d time.Duration, rate int, beside func()) *account {
	a := &account{of: make(map[string]*took)}
	n := int(d.Seconds() * float64(rate))
	under := make(chan use, n)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for u := range under {
			time.Sleep(time.Until(u.sent.Add(second))) // a second answer would be there as well
			timing, err := c.outcome(u)
			a.add(u, timing, err)
		}
	}()
	choice := rand.New(rand.NewPCG(1, 2)) // the same mixture each time
	for i, begin := 0, time.Now(); i < n; i++ {
		at := begin.Add(time.Second / time.Duration(rate) * time.Duration(i))
		time.Sleep(time.Until(at))
		a.behind = max(a.behind, time.Since(at))
		under <- c.does(pick(kinds, choice).do, c.towns[i%len(c.towns)])
		beside()
	}
	close(under)
	<-done
	return a
}

func pick(kinds []kind, choice *rand.Rand) kind {
	all := 0
	for _, k := range kinds {
		all += k.weight
	}
	at := choice.IntN(all)
	for _, k := range kinds {
		if at -= k.weight; at < 0 {
			return k
		}
	}
	panic("unreachable")
}

func (a *account) add(u use, timing discordtest.Timing, err error) {
	switch {
	case err == errSilent: //nolint:errorlint // it is never wrapped
		a.silent = append(a.silent, u)
		return
	case err != nil:
		if len(a.wrong) < maxWrong {
			a.wrong = append(a.wrong, fmt.Errorf("%s at %s: %w", u.kind, u.sent.UTC().Format("15:04:05.000"), err))
		}
		return
	}
	if a.of[u.kind] == nil {
		a.of[u.kind] = &took{}
	}
	for _, to := range []*took{a.of[u.kind], &a.all} {
		to.add(timing)
	}
	if timing.Done() {
		a.worst = max(a.worst, timing.Final.Sub(timing.Sent))
	}
}

func (t *took) add(timing discordtest.Timing) {
	t.uses++
	if !timing.Callback.IsZero() {
		t.callback = append(t.callback, timing.Callback.Sub(timing.Sent))
	}
	if timing.Done() {
		t.final = append(t.final, timing.Final.Sub(timing.Sent))
	}
}

// quantile is the nearest-rank quantile, 0 of nothing.
func quantile(of []time.Duration, q float64) time.Duration {
	if len(of) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(of))
	return sorted[max(0, int(math.Ceil(q*float64(len(sorted))))-1)]
}

// table shows the times in milliseconds.
func (a *account) table() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprint(w, "milliseconds\tuses\tcallback p50\tp99\tmax\tfinal p50\tp99\tmax\t\n")
	kinds := make([]string, 0, len(a.of))
	for name := range a.of {
		kinds = append(kinds, name)
	}
	slices.SortFunc(kinds, func(x, y string) int {
		return cmp.Or(a.of[y].uses-a.of[x].uses, strings.Compare(x, y))
	})
	for _, name := range kinds {
		a.of[name].row(w, name)
	}
	a.all.row(w, "all")
	_ = w.Flush()
	return b.String()
}

func (t *took) row(w *tabwriter.Writer, name string) {
	_, _ = fmt.Fprintf(w, "%s\t%d\t", name, t.uses)
	for _, of := range [][]time.Duration{t.callback, t.final} {
		for _, q := range []float64{0.5, 0.99, 1} {
			if len(of) == 0 {
				_, _ = fmt.Fprint(w, "-\t")
				continue
			}
			_, _ = fmt.Fprintf(w, "%.1f\t", float64(quantile(of, q).Microseconds())/1000)
		}
	}
	_, _ = fmt.Fprintln(w)
}
