package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
	"verbatim/internal/store/storetest"
)

// crowd is members of many guilds, and one process of the real program that serves
// them all. What members do comes from the goroutine of the test.
type crowd struct {
	*discordtest.Server
	t       *testing.T
	towns   []*town
	program *exec.Cmd
	log     tailText
	metrics string // address of /metrics
}

// town is one guild with its members, and what they can go on with.
type town struct {
	general, adults *discordtest.Channel
	members         []*discordtest.Member
	turn            int

	mu                    sync.Mutex
	quotes, talks, shelfs []shown
}

// shown is a reply that a member saw.
type shown struct {
	by    *discordtest.Member
	id    string
	reply *discordtest.Reply
}

// newCrowd starts the program for so many guilds and members.
func newCrowd(t *testing.T, guilds, members int, options ...discordtest.Option) *crowd {
	t.Helper()
	c := &crowd{t: t, Server: discordtest.New(t, options...)}
	for n := range guilds {
		g := c.Guild(fmt.Sprintf("guild %d", n))
		home := &town{general: g.Channel("general"), adults: g.AgeRestricted("adults")}
		for range members / guilds {
			home.members = append(home.members, c.Member("somebody"))
		}
		c.towns = append(c.towns, home)
	}
	c.start(storetest.SQLite(t))
	if err := c.Connected(within(t, 20*time.Second)); err != nil {
		t.Fatal(err)
	}
	return c
}

// start starts the process, which is killed at the end of the test if it still runs.
func (c *crowd) start(url string) {
	c.t.Helper()
	self, err := os.Executable()
	if err != nil {
		c.t.Fatal(err)
	}
	c.program = exec.Command(self, "serve")
	c.program.Env = append(os.Environ(), asProgram+"=1", "DISCORD_TOKEN="+c.Token(), "VERBATIM_DISCORD_API="+c.URL(), "VERBATIM_DATABASE="+url, "VERBATIM_METRICS=127.0.0.1:0")
	c.program.Stdout, c.program.Stderr = &c.log, &c.log
	if err := c.program.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		_ = c.program.Process.Kill()
		_ = c.program.Wait()
		if c.t.Failed() {
			c.t.Logf("the last of the log:\n%s", c.log.String())
		}
	})
	offered := regexp.MustCompile(`metrics are offered" address=(\S+)`)
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if at := offered.FindStringSubmatch(c.log.String()); at != nil {
			c.metrics = at[1]
			return
		}
		if time.Now().After(end) {
			c.t.Fatal("the program offers no metrics")
		}
	}
}

// leave ends the program by SIGTERM and wants a clean exit without panics.
func (c *crowd) leave() {
	c.t.Helper()
	told := time.Now()
	if err := c.program.Process.Signal(syscall.SIGTERM); err != nil {
		c.t.Fatal(err)
	}
	if err := c.program.Wait(); err != nil {
		c.t.Error(err)
	}
	c.t.Logf("the program left within %v", time.Since(told).Round(time.Millisecond))
	if strings.Contains(c.log.String(), "panicked") {
		c.t.Error("a handler panicked")
	}
}

// somebody is the member of a guild whose turn it is.
func (w *town) somebody() *discordtest.Member {
	w.turn++
	return w.members[w.turn%len(w.members)]
}

// handy is how many replies of a kind a guild's members may still go on with.
const handy = 20

// keep notes what members can go on with, and forgets the oldest beyond handy.
func (w *town) keep(pool *[]shown, s shown) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if *pool = append(*pool, s); len(*pool) > handy {
		*pool = (*pool)[1:]
	}
}

// take takes the newest of a pool, if there is one.
func (w *town) take(pool *[]shown) (s shown, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := len(*pool); n > 0 {
		s, *pool = (*pool)[n-1], (*pool)[:n-1]
		return s, true
	}
	return s, false
}

// newest returns the newest of a pool and leaves it there.
func (w *town) newest(pool *[]shown) (s shown, ok bool) {
	if s, ok = w.take(pool); ok {
		w.keep(pool, s)
	}
	return s, ok
}

// tailText is the end of what a process wrote, but for what it writes of every reply.
// It is safe for concurrent use.
type tailText struct {
	mu   sync.Mutex
	text []byte
}

const tailSize = 16 << 10

// Write implements io.Writer.
func (l *tailText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range bytes.Lines(p) {
		if !bytes.Contains(line, []byte("msg=replied")) {
			l.text = append(l.text, line...)
		}
	}
	if len(l.text) > 2*tailSize {
		l.text = append([]byte(nil), l.text[len(l.text)-tailSize:]...)
	}
	return len(p), nil
}

func (l *tailText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}
