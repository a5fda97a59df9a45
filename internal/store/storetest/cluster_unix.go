//go:build unix

package storetest

import (
	"bufio"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// clusterScript makes a cluster, says "ready", and stops and removes it when its
// standard input ends, which it also does when this process is killed.
//
//go:embed cluster.sh
var clusterScript string

// cluster is a PostgreSQL server with its own data, which nobody else knows.
type cluster struct {
	folder string
	alive  io.Closer // the script's standard input
	ended  chan struct{}
}

// clusterStart is how long a cluster may take to start on a busy machine.
const clusterStart = time.Minute

// startCluster makes and starts a cluster.
func startCluster(ctx context.Context, o options) (*cluster, error) {
	bin, err := findPostgres()
	if err != nil {
		return nil, err
	}
	as, err := credential()
	if err != nil {
		return nil, err
	}
	// Not below a test's folder: a socket's path is at most 103 bytes long.
	folder, err := os.MkdirTemp(parent(o), "verbatim-pg")
	if err != nil {
		return nil, err
	}
	c := &cluster{folder: folder, ended: make(chan struct{})}
	if err := c.start(ctx, bin, as, o); err != nil {
		log, _ := os.ReadFile(filepath.Join(folder, "log")) // for the message
		c.stop()
		return nil, fmt.Errorf("start PostgreSQL of %s: %w\n%s", bin, err, log)
	}
	return c, nil
}

// start runs the script and waits until it is ready.
func (c *cluster) start(ctx context.Context, bin string, as *syscall.Credential, o options) error {
	if as != nil {
		if err := os.Chown(c.folder, int(as.Uid), int(as.Gid)); err != nil {
			return err
		}
	}
	// The script outlives the test that is the first to need it.
	cmd := exec.CommandContext(context.WithoutCancel(ctx), "/bin/sh", "-c", clusterScript, "cluster", bin, c.folder, clusterUser, onOff(o.fsync))
	cmd.Dir = c.folder
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TMPDIR=" + c.folder}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as, Setpgid: true} // an interrupt at the keyboard is for the tests
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	c.alive = in
	said := make(chan string, 1)
	go func() {
		defer close(c.ended)
		line, _ := bufio.NewReader(out).ReadString('\n')
		said <- line
		_ = cmd.Wait() // what went wrong is in the log
	}()
	select {
	case line := <-said:
		if line != "ready\n" {
			return errors.New("it did not start")
		}
		return nil
	case <-time.After(clusterStart):
		return fmt.Errorf("it is not ready after %v", clusterStart)
	}
}

// stop stops the server and removes its folder.
func (c *cluster) stop() {
	if c.alive != nil {
		_ = c.alive.Close()
		<-c.ended
	}
	_ = os.RemoveAll(c.folder) // the script could not where only root may write
}

// url is the address of a database of the cluster.
func (c *cluster) url(database string) string { return urlIn(c.folder, database) }

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// findPostgres returns the folder of the server's programs: that in PATH, or the
// newest where Debian keeps them.
func findPostgres() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil && complete(filepath.Dir(path)) {
			return filepath.Dir(path), nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is good
	found = slices.DeleteFunc(found, func(bin string) bool { return !complete(bin) })
	if len(found) == 0 {
		return "", fmt.Errorf("%w: no initdb, postgres and pg_ctl in PATH or in /usr/lib/postgresql", errNoPostgres)
	}
	return slices.MaxFunc(found, func(a, b string) int { return major(a) - major(b) }), nil
}

// complete reports whether a folder has all programs that are needed.
func complete(bin string) bool {
	return !slices.ContainsFunc([]string{"initdb", "postgres", "pg_ctl"}, func(name string) bool {
		_, err := os.Stat(filepath.Join(bin, name))
		return err != nil
	})
}

// major is the version in a path such as /usr/lib/postgresql/15/bin.
func major(bin string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(filepath.Base(filepath.Dir(bin)))) // 0 for an odd one
	return n
}

// credential is the user as whom the server runs: nil for the one who runs the
// tests, and another one for root, as whom PostgreSQL refuses to run.
func credential() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil //nolint:nilnil // no other user is the ordinary case
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, fmt.Errorf("%w: it does not run as root, and there is neither a user postgres nor a user nobody", errNoPostgres)
}
