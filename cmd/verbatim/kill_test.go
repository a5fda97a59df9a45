package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"verbatim/internal/cli"
	"verbatim/internal/store/storetest"
)

// kills is how often the publisher is killed; .ci/long raises it.
var kills = flag.Int("kills", 20, "how often a process that publishes is killed")

// asPublisher makes the test binary publish for ever: revision after revision of
// one article, from the number that it holds, each acknowledged on standard output
// once the command has ended well.
const asPublisher = "VERBATIM_TEST_AS_PUBLISHER"

// killGuild has the article that is published.
const killGuild = "123456789012345678"

// publishForEver is the publisher.
func publishForEver() {
	n, err := strconv.Atoi(os.Getenv(asPublisher))
	if err != nil {
		os.Exit(2)
	}
	path := filepath.Join(os.Getenv("TMPDIR"), "kill.md")
	for ; ; n++ {
		src := fmt.Sprintf("---\ntitle: Garden ponds\nauthor: Sam Roe\nupdated: 2021-05-06\n---\n\nA garden pond needs shade. The pond's keeper is called Greta%d.\n%s",
			n, strings.Repeat("\nRain barrels hold water for dry weeks.\n", n%40))
		if os.WriteFile(path, []byte(src), 0o600) != nil {
			os.Exit(2)
		}
		p := &cli.Program{In: strings.NewReader(""), Out: io.Discard, Err: os.Stderr, Getenv: os.Getenv, Now: time.Now}
		if p.Run(context.Background(), []string{"verbatim", "kb", "add", "--replace", "--guild", killGuild, path}) != 0 {
			os.Exit(1)
		}
		fmt.Println(n)
	}
}

// TestKillsWhilePublishing kills a process that publishes at random moments. No
// acknowledged revision may be lost, the file must stay sound, and a new process
// must answer from what was published.
func TestKillsWhilePublishing(t *testing.T) {
	url := storetest.SQLite(t)
	last, acknowledged := 0, 0
	for kill := range *kills {
		next := publishAndKill(t, url, last+1)
		acknowledged += max(0, next-last)
		last = max(last, next)
		last = survived(t, url, last)
		if kill%10 == 9 && last > 0 {
			answersFrom(t, url, last)
		}
	}
	if acknowledged < *kills/2 {
		t.Errorf("only %d publications were acknowledged in %d lives", acknowledged, *kills)
	}
	t.Logf("%d kills, %d acknowledged publications, none lost", *kills, acknowledged)
	if out := runOn(t, url, "kb", "audit", "--verify", "--guild", killGuild); !strings.Contains(out, "holds") {
		t.Errorf("the audit trail: %s", out)
	}
}

// publishAndKill lets a publisher begin with a number, kills it, and returns the
// last number that it acknowledged, or the one before the first.
func publishAndKill(t *testing.T, url string, from int) int {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%d", asPublisher, from), "VERBATIM_DATABASE="+url, "TMPDIR="+t.TempDir())
	var complaint strings.Builder
	c.Stderr = &complaint
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	// Some die while they start, which takes its time, the others while they publish.
	whole := rand.N(4) > 0
	kill := func() { _ = c.Process.Kill() }
	timer := time.AfterFunc(rand.N(300*time.Millisecond), kill)
	if whole {
		timer.Reset(time.Minute)
	}
	defer timer.Stop()
	last := from - 1
	for lines := bufio.NewScanner(out); lines.Scan(); {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("the publisher says %q", lines.Text())
		}
		if last = n; whole {
			whole = false
			timer.Reset(rand.N(200 * time.Millisecond))
		}
	}
	_ = c.Wait() // it was killed
	if code := c.ProcessState.ExitCode(); code >= 0 {
		t.Fatalf("the publisher ended by itself with %d: %s", code, complaint.String())
	}
	return last
}

// survived checks the database after a kill and returns the number of the current
// revision: the one that was acknowledged last, or the next, which was cut short
// after its commit.
func survived(t *testing.T, url string, last int) int {
	t.Helper()
	db := storetest.Raw(t, url)
	defer func() { _ = db.Close() }()
	var sound string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Fatalf("integrity_check: %s, %v", sound, err)
	}
	if last == 0 {
		return last // nothing was acknowledged yet, the tables perhaps not made
	}
	var source string
	err := db.QueryRow(`SELECT r.source FROM publications p JOIN revisions r ON r.guild = p.guild AND r.article = p.article AND r.hash = p.hash
		WHERE p.guild = $1`, killGuild).Scan(&source)
	if err != nil {
		t.Fatalf("after %d acknowledged publications: %v", last, err)
	}
	for _, n := range []int{last, last + 1} {
		if strings.Contains(source, fmt.Sprintf("Greta%d.", n)) {
			return n
		}
	}
	t.Fatalf("publication %d was acknowledged, and the article is at another:\n%s", last, source)
	return 0
}

// answersFrom asks a new process, whose index has to be made anew.
func answersFrom(t *testing.T, url string, n int) {
	t.Helper()
	if out := runOn(t, url, "ask", "--guild", killGuild, "what is the keeper of the garden pond called?"); !strings.Contains(out, fmt.Sprintf("Greta%d.", n)) {
		t.Errorf("asked for revision %d:\n%s", n, out)
	}
}

// runOn runs the program on a database and returns what it prints.
func runOn(t *testing.T, url string, args ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, args...)
	c.Env = append(os.Environ(), asProgram+"=1", "VERBATIM_DATABASE="+url)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
