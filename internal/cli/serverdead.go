package cli

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"

	"verbatim/internal/lease"
)

// freeDead gives back what a process held that ended on this machine without
// saying so, so that a bot that is started again at once need not wait until its
// own old leases run out. Only a SQLite file is sure to be of this machine.
func (s *server) freeDead(ctx context.Context) {
	if s.store.Shared() {
		return
	}
	host, err := os.Hostname()
	if err != nil {
		return
	}
	for _, what := range []string{"process/", "shard/"} { // not the pace of identifying, which outlives who set it
		live, failed := s.store.Live(ctx, what)
		err = errors.Join(err, failed)
		for _, l := range live {
			if isDead(l, host) {
				err = errors.Join(err, s.store.Release(ctx, l))
			}
		}
	}
	if err != nil {
		s.log.Warn("what an earlier process held is not free yet; it will be when it runs out", "error", err)
	}
}

// isDead reports whether the holder of a lease, as named by holderName, was a
// process of this host that is no more.
func isDead(l lease.Lease, host string) bool {
	rest, here := strings.CutPrefix(l.Holder, host+"-")
	number, _, named := strings.Cut(rest, "-")
	pid, err := strconv.Atoi(number)
	if !here || !named || err != nil || pid <= 0 {
		return false
	}
	if pid == os.Getpid() {
		return true // an earlier process with the number that this one has
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		return true
	}
	defer func() { _ = process.Release() }()
	err = process.Signal(syscall.Signal(0))
	return errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH)
}
