package lease_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"verbatim/internal/lease"
)

// step is what becomes of one of several processes, after a while.
type step struct {
	wait    time.Duration
	process int
	release bool // it gives up what it holds
	line    state
}

func steps() *rapid.Generator[[]step] {
	length := rapid.Map(rapid.IntRange(0, 400), func(n int) time.Duration { return time.Duration(n) * 100 * time.Millisecond })
	one := rapid.Custom(func(t *rapid.T) step {
		s := step{wait: length.Draw(t, "wait"), process: rapid.IntRange(0, 2).Draw(t, "process")}
		switch rapid.SampledFrom([]string{"release", "good", "cut", "mute", "slow there", "slow back", "deaf"}).Draw(t, "what") {
		case "release":
			s.release = true
		case "cut":
			s.line.cut = true
		case "mute":
			s.line.mute = true
		case "slow there":
			s.line.there = length.Draw(t, "delay")
		case "slow back":
			s.line.back = length.Draw(t, "delay")
		case "deaf":
			s.line = state{there: length.Draw(t, "there"), back: length.Draw(t, "back"), deaf: true}
		}
		return s
	})
	return rapid.SliceOfN(one, 1, 30)
}

// process takes the lease whenever it can.
type process struct {
	keeper *lease.Keeper
	line   *line

	mu   sync.Mutex
	held *lease.Held
	took int
}

func (p *process) run(ctx context.Context) {
	for ; ctx.Err() == nil; time.Sleep(time.Second) {
		h, err := p.keeper.Take(ctx, "x")
		if err != nil {
			continue
		}
		p.mu.Lock()
		p.held = h
		p.took++
		p.mu.Unlock()
		<-h.Lost()
		_ = h.Release(context.Background())
	}
}

func (p *process) holds() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held != nil && !lost(p.held)
}

// release gives up what the process holds; run goes on with taking.
func (p *process) release(wg *sync.WaitGroup) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if h := p.held; h != nil {
		wg.Go(func() { _ = h.Release(context.Background()) })
	}
}

// TestAtMostOneThinksThatItHolds checks the promise of the package: whatever becomes
// of the lines between processes and table, there are never two Helds of one name
// that both count themselves held. (In a frozen table there may be, as documented.)
func TestAtMostOneThinksThatItHolds(t *testing.T) {
	changes := 0
	rapid.Check(t, func(rt *rapid.T) {
		schedule := steps().Draw(rt, "steps")
		var took int
		var fault string
		synctest.Test(t, func(*testing.T) { took, fault = play(schedule) })
		if fault != "" {
			rt.Fatal(fault)
		}
		changes += took - 1
	})
	if changes <= 0 {
		t.Error("the lease never changed hands")
	}
}

// play runs a schedule, and returns how often the lease was taken and what went wrong.
func play(schedule []step) (took int, fault string) {
	table := newTable()
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	processes := make([]*process, 3)
	for i := range processes {
		way := &line{Table: table}
		p := &process{line: way, keeper: lease.NewKeeper(way, fmt.Sprintf("process %d", i), ttl, nil)}
		processes[i] = p
		wg.Go(func() { p.run(ctx) })
	}
	begun := time.Now()
	for _, s := range schedule {
		for waited := time.Duration(0); waited <= s.wait && fault == ""; waited += 100 * time.Millisecond {
			synctest.Wait()
			if who := holders(processes); len(who) > 1 {
				fault = fmt.Sprintf("after %v all of these hold it: %v", time.Since(begun), who)
			}
			time.Sleep(100 * time.Millisecond)
		}
		if p := processes[s.process]; s.release {
			p.release(&wg)
		} else {
			p.line.set(s.line)
		}
	}
	stop()
	for _, p := range processes {
		p.line.set(state{})
		p.release(&wg)
	}
	time.Sleep(10 * time.Minute)
	for _, p := range processes {
		p.release(&wg) // one that was being taken
	}
	wg.Wait()
	for _, p := range processes {
		took += p.took
	}
	return took, fault
}

func holders(processes []*process) (who []string) {
	for _, p := range processes {
		if p.holds() {
			who = append(who, p.keeper.Holder())
		}
	}
	return who
}
