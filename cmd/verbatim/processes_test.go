package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
	"verbatim/internal/store/storetest"
)

const (
	fleetShards  = 8
	takeover     = 60 * time.Second // until a killed process's shards are held again
	followWithin = 2 * time.Second  // until the other processes answer from what was published
	loadPause    = 40 * time.Millisecond
)

// TestThreeProcesses runs three processes on one database, kills one under load, and
// wants its shards held again, no acknowledged write lost, nothing answered twice,
// and what one process publishes answered by the others.
func TestThreeProcesses(t *testing.T) {
	f := newFleet(t, storetest.Postgres(t), fleetShards)
	first := f.serve("one")
	if err := f.AllShards(within(t, takeover)); err != nil {
		t.Fatal(err)
	}
	killed, last := f.serve("two"), f.serve("three")
	t.Logf("%d shards are shared by three processes after %v", fleetShards,
		f.eventually(takeover, "three processes with two shards each", func() bool { return f.holders(2) == 3 }))
	if err := f.AllShards(within(t, takeover)); err != nil {
		t.Fatal(err)
	}
	f.publishedIsFollowed("Greta")

	l := f.load()
	time.Sleep(2 * time.Second)
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	f.eventually(takeover, "the other two hold all shards", func() bool {
		return f.holders(1) == 2 && f.holders(fleetShards/2) == 2
	})
	if err := f.AllShards(within(t, takeover)); err != nil {
		t.Fatal(err)
	}
	t.Logf("with a lease of %v, all shards are held again %v after the kill", *leaseTTL, time.Since(begun).Round(time.Millisecond))
	time.Sleep(2 * time.Second)
	l.end()
	l.check()
	f.publishedIsFollowed("Henk")
	f.leave(first)
	if err := f.AllShards(within(t, takeover)); err != nil {
		t.Error("after a process left:", err)
	}
	f.leave(last)
}

// publishedIsFollowed publishes in one guild of each shard, and wants each answered
// from it soon after the publishing process ended.
func (f *fleet) publishedIsFollowed(keeper string) {
	f.t.Helper()
	slowest := time.Duration(0)
	for i, guild := range f.guilds {
		mark := fmt.Sprintf("%s%d", keeper, i)
		if err := f.publish(guild, "Garden ponds", mark); err != nil {
			f.t.Fatal(err)
		}
		slowest = max(slowest, f.eventually(followWithin, "guild "+guild.ID+" is answered from what was published", func() bool {
			return strings.Contains(f.ask(i), mark)
		}))
	}
	f.t.Logf("what was published is answered by the process that holds the shard within %v", slowest.Round(time.Millisecond))
}

// ask asks in a guild and returns what is shown, "" when nobody answers in time.
func (f *fleet) ask(guild int) string {
	r := f.Run(f.Member("somebody"), f.channels[guild], "/ask", discordtest.Options{"question": "what is the keeper of the garden pond called?"})
	seen, err := r.Wait(within(f.t, 4*time.Second))
	if err != nil {
		return ""
	}
	return seen.Text()
}

// loadQuestion is a question and who asked it.
type loadQuestion struct {
	reply *discordtest.Reply
	by    *discordtest.Member
}

// load is questions and publications that go on until it ends.
type load struct {
	f       *fleet
	stop    chan struct{}
	work    sync.WaitGroup
	mu      sync.Mutex
	asked   []loadQuestion
	commits map[string]string // by guild: the mark that was last acknowledged
}

func (f *fleet) load() *load {
	l := &load{f: f, stop: make(chan struct{}), commits: map[string]string{}}
	l.work.Go(l.asking)
	l.work.Go(l.publishing)
	return l
}

func (l *load) end() { close(l.stop); l.work.Wait() }

// asking asks commands and mentions in turn, through all guilds.
func (l *load) asking() {
	for n := 0; ; n++ {
		select {
		case <-l.stop:
			return
		case <-time.After(loadPause):
		}
		in := l.f.channels[n%len(l.f.channels)]
		who := l.f.Member("somebody") // new each time: nobody may ask as much as this
		q := loadQuestion{by: who}
		if n%3 == 0 {
			q.reply = l.f.Say(who, in, l.f.Mention()+" how big is the prostate")
		} else {
			q.reply = l.f.Run(who, in, "/ask", discordtest.Options{"question": "how big is the prostate"})
		}
		l.mu.Lock()
		l.asked = append(l.asked, q)
		l.mu.Unlock()
	}
}

// publishing publishes, and remembers what was acknowledged.
func (l *load) publishing() {
	for n := 0; ; n++ {
		select {
		case <-l.stop:
			return
		default:
		}
		guild := l.f.guilds[n%len(l.f.guilds)]
		mark := fmt.Sprintf("Load%d", n)
		if err := l.f.publish(guild, "Rain barrels", mark); err != nil {
			l.f.t.Errorf("publishing beside the processes: %v", err)
			return
		}
		l.commits[guild.ID] = mark
	}
}

// check compares what members saw and what was acknowledged with the database.
func (l *load) check() {
	t := l.f.t
	t.Helper()
	answered, silent := 0, 0
	for _, q := range l.asked {
		r := q.reply
		seen, ok := r.SeenBy(q.by)
		switch n := r.Count(); {
		case n > 1:
			t.Errorf("a question was answered %d times", n)
		case !ok || !strings.Contains(seen.Text(), "walnut"):
			silent++ // asked while nobody held the shard, or cut short by the kill
		default:
			answered++
			l.recorded(r)
		}
	}
	t.Logf("%d questions, %d answered, %d asked while nobody held the shard", len(l.asked), answered, silent)
	if answered < len(l.asked)/2 {
		t.Errorf("of %d questions only %d were answered", len(l.asked), answered)
	}
	for guild, mark := range l.commits {
		n := l.f.count(`SELECT count(*) FROM publications p JOIN revisions r ON r.guild = p.guild AND r.article = p.article AND r.hash = p.hash
			WHERE p.guild = $1 AND p.article = 'rain-barrels' AND r.source LIKE $2`, guild, "%"+mark+".%")
		if n != 1 {
			t.Errorf("guild %s is not at %s, which was acknowledged last", guild, mark)
		}
	}
}

// recorded wants one row for a question that was answered.
func (l *load) recorded(r *discordtest.Reply) {
	l.f.t.Helper()
	question := r.Asked
	if question == "" {
		question, _ = r.Ticket()
	}
	if n := l.f.count(`SELECT count(*) FROM posted WHERE question = $1`, question); n != 1 {
		l.f.t.Errorf("an answer that a member saw has %d rows", n)
	}
}
