package cli

import (
	"context"
	"time"

	"verbatim/internal/keyring"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

// ringFor opens the key file and notes in the database that it is used; another
// file than before would make strangers of all who asked.
func (p *Program) ringFor(ctx context.Context, s *store.Store) (*keyring.Ring, error) {
	ring, err := p.openKeyring()
	if err != nil {
		return nil, err
	}
	if s.ReadOnly() {
		return ring, nil
	}
	return ring, s.UseKey(ctx, ring.Fingerprint(), ring.Recognises, library.Act{Actor: library.Host, Reason: "serve"})
}

// keyPoll is how often a process looks for a new key.
const keyPoll = 10 * time.Second

// followKey reads the key file again when another process has a newer key, until
// ctx ends.
func (s *server) followKey(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(keyPoll):
		}
		within, cancel := context.WithTimeout(ctx, lookTime)
		used, err := s.store.KeyInUse(within)
		cancel()
		if err != nil || used == "" || used == s.ring.Fingerprint() {
			continue
		}
		if err := s.ring.Reload(); err != nil || !s.ring.Recognises(used) {
			s.log.Warn("another process uses a newer key: copy its key file here", "file", s.ring.Path(), "error", err)
			continue
		}
		s.log.Info("the key of askers was renewed")
	}
}
