package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
	"verbatim/internal/store/storetest"
)

// leaseTTL is short in the suite; .ci/long runs with the product's own 30 s.
var leaseTTL = flag.Duration("lease-ttl", 4*time.Second, "how long a process that was killed keeps its shards")

// fleet is processes of the real program on one database and one local Discord.
type fleet struct {
	*discordtest.Server
	t        *testing.T
	env      []string
	guilds   []*discordtest.Guild // one a shard
	channels []*discordtest.Channel
	count    func(query string, args ...any) int // of the database, past the store
}

// newFleet prepares a fleet without processes.
func newFleet(t *testing.T, url string, shards int) *fleet {
	t.Helper()
	f := &fleet{t: t, Server: discordtest.New(t, discordtest.WithShards(shards), discordtest.WithMaxConcurrency(shards))}
	f.env = append(os.Environ(), asProgram+"=1", "DISCORD_TOKEN="+f.Token(), "VERBATIM_DISCORD_API="+f.URL(), "VERBATIM_DATABASE="+url,
		"VERBATIM_KEY_FILE="+filepath.Join(t.TempDir(), "key"), "VERBATIM_LEASE_TTL="+leaseTTL.String())
	for shard := range shards {
		g := f.GuildOn(shard, fmt.Sprintf("guild %d", shard))
		f.guilds, f.channels = append(f.guilds, g), append(f.channels, g.Channel("general"))
	}
	db := storetest.Raw(t, url)
	f.count = func(query string, args ...any) (n int) {
		t.Helper()
		if err := db.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return n
	}
	return f
}

// process is one process of a fleet.
type process struct {
	*exec.Cmd
	name string
	log  logText
}

// logText is what a process wrote. It is safe for concurrent use.
type logText struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (l *logText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// serve starts a process that serves.
func (f *fleet) serve(name string) *process {
	f.t.Helper()
	p := &process{Cmd: f.command("serve"), name: name}
	p.Stdout, p.Stderr = &p.log, &p.log
	if err := p.Start(); err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() {
		_ = p.Process.Kill()
		_ = p.Wait()
		tellsNoSecret(f.t, p.log.String(), f.Token())
		if f.t.Failed() {
			f.t.Logf("process %s:\n%s", name, p.log.String())
		}
	})
	return p
}

// command prepares one run of the program.
func (f *fleet) command(args ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		f.t.Fatal(err)
	}
	c := exec.Command(self, args...)
	c.Env = f.env
	return c
}

// leave ends a process by SIGTERM and wants a clean exit.
func (f *fleet) leave(p *process) {
	f.t.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		f.t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		f.t.Errorf("process %s: %v", p.name, err)
	}
}

// holders counts the processes that hold at least so many shards each.
func (f *fleet) holders(least int) int {
	f.t.Helper()
	return f.count(`SELECT count(*) FROM (SELECT holder FROM leases WHERE name LIKE 'shard/%'
		AND expires > extract(epoch FROM clock_timestamp()) * 1000 GROUP BY holder HAVING count(*) >= $1) AS h`, least)
}

// eventually waits for something to become so.
func (f *fleet) eventually(limit time.Duration, what string, so func() bool) time.Duration {
	f.t.Helper()
	begun := time.Now()
	for !so() {
		if time.Since(begun) > limit {
			f.t.Fatalf("not within %v: %s", limit, what)
		}
		time.Sleep(50 * time.Millisecond)
	}
	return time.Since(begun)
}

// publish publishes an article of a guild's own by a process of its own, which may
// be refused only by failing. The text ends with the mark.
func (f *fleet) publish(guild *discordtest.Guild, title, mark string) error {
	path := filepath.Join(f.t.TempDir(), "article.md")
	src := fmt.Sprintf("---\ntitle: %s\nauthor: Sam Roe\nupdated: 2021-05-06\n---\n\nA garden pond needs shade and a pump. The pond's keeper is called %s.\n", title, mark)
	if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
		return err
	}
	if out, err := f.command("kb", "add", "--guild", guild.ID, "--replace", path).CombinedOutput(); err != nil {
		return fmt.Errorf("kb add: %w\n%s", err, out)
	}
	return nil
}
