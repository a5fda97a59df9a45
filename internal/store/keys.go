package store

import (
	"context"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// useKey is the action by which the host's audit trail records which key makes MACs.
const useKey = "key.use"

// UseKey records the fingerprint of the key with which askers are made into MACs
// from now on, and tells the feed; the one that is recorded already changes nothing.
// It is ErrConflict when the database was last written with a key that recognises
// does not know: then the process has another key file than the rest.
func (s *Store) UseKey(ctx context.Context, fingerprint string, recognises func(fingerprint string) bool, act library.Act) error {
	if err := checkKeys(fingerprint); err != nil {
		return err
	}
	if last, err := s.KeyInUse(ctx); err != nil || last == fingerprint {
		return err
	}
	return s.write(ctx, library.Host, func(t *tx) error {
		last, err := t.keyInUse()
		if err != nil || last == fingerprint {
			return err
		}
		if last != "" && !recognises(last) {
			return fmt.Errorf("%w: the database was used with another key file: give this process a copy of that one, or run verbatim key rotate when it is lost",
				article.ErrConflict)
		}
		t.changed(library.ChangedKey, fingerprint)
		return t.audit(act, useKey, "key", last, fingerprint)
	})
}

// KeyInUse returns the fingerprint that was recorded last, empty when none was.
func (s *Store) KeyInUse(ctx context.Context) (fingerprint string, err error) {
	err = s.read(ctx, library.Host, func(t *tx) error {
		fingerprint, err = t.keyInUse()
		return err
	})
	return fingerprint, err
}

func (t *tx) keyInUse() (fingerprint string, err error) {
	err = t.row(`SELECT after FROM audit WHERE guild = $1 AND action = $2 ORDER BY n DESC LIMIT 1`, library.Host, useKey).Scan(&fingerprint)
	if notFound(err) {
		return "", nil
	}
	return fingerprint, err
}
