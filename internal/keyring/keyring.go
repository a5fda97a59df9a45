// Package keyring keeps the keys with which askers are made into MACs, so that the
// database can tell whether two questions are of one person and cannot tell who
// that is. Keys derived from them seal the ids of buttons, which others may copy and
// change, so that what comes back is what was sent.
//
// The keys lie in a file of their own, apart from the database: whoever has only
// one of the two can name nobody. The first key of the file makes new MACs and seals;
// those after it still verify and open what was made with them.
//
// Invariants:
//   - a path has one key file, also when many processes start on it at once;
//   - a key that was used is never replaced, only put behind a newer one, until
//     [Prune] takes it out by name;
//   - no secret is in an error, in a fingerprint, or in anything else but the file.
package keyring

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"strings"
	"sync/atomic"

	"verbatim/internal/article"
)

// What a MAC is made for is hashed before its parts, so that none can be taken for
// one of the other sort.
const (
	forAskers      = "verbatim asker 1"
	forFingerprint = "verbatim keyring 1"
)

// Key is what may be known of a key.
type Key struct {
	ID      string
	Created article.Date
}

// Ring is the keys of one file. It is safe for concurrent use.
type Ring struct {
	path string
	keys atomic.Pointer[[]key] // newest first, never empty, never changed once stored
}

// key is a key with its secret.
type key struct {
	Key
	secret [secretBytes]byte
}

// Path is where the keys lie.
func (r *Ring) Path() string { return r.path }

// Keys lists the keys, the newest first.
func (r *Ring) Keys() []Key {
	all := *r.keys.Load()
	known := make([]Key, len(all))
	for i, k := range all {
		known[i] = k.Key
	}
	return known
}

// MAC returns "<key id>:<hexadecimal HMAC-SHA256>" (RFC 2104) of parts with the
// newest key. Each part is preceded by its length in bytes as a big-endian uint64,
// so that no other parts run together to the same text.
func (r *Ring) MAC(parts ...string) string {
	return (*r.keys.Load())[0].mac(forAskers, parts)
}

// MACs returns the MAC of parts by every key of the ring, the newest first: the
// first one is what [Ring.MAC] returns, the others are what it returned before.
func (r *Ring) MACs(parts ...string) []string {
	keys := *r.keys.Load()
	macs := make([]string, len(keys))
	for i, k := range keys {
		macs[i] = k.mac(forAskers, parts)
	}
	return macs
}

// Matches reports whether mac is the MAC of parts, by whichever key of the ring it
// names. It takes the same time however much of the MAC is right.
func (r *Ring) Matches(mac string, parts ...string) bool {
	return r.verifies(mac, forAskers, parts)
}

// Fingerprint identifies the newest key without giving anything of it away. Kept in
// the database, it shows a process that was started with other keys than the rest.
func (r *Ring) Fingerprint() string {
	return (*r.keys.Load())[0].mac(forFingerprint, nil)
}

// Recognises reports whether fingerprint is that of one of the keys, which is so
// also after a rotation.
func (r *Ring) Recognises(fingerprint string) bool {
	return r.verifies(fingerprint, forFingerprint, nil)
}

// Reload reads the file again, after another process rotated its keys. On an error
// the ring goes on with the keys it has.
func (r *Ring) Reload() error {
	keys, err := read(r.path)
	if err != nil {
		return err
	}
	r.keys.Store(&keys)
	return nil
}

func (r *Ring) verifies(mac, purpose string, parts []string) bool {
	id, _, _ := strings.Cut(mac, ":")
	for _, k := range *r.keys.Load() {
		if k.ID == id {
			return hmac.Equal([]byte(mac), []byte(k.mac(purpose, parts)))
		}
	}
	return false
}

func (k key) mac(purpose string, parts []string) string {
	h := hmac.New(sha256.New, k.secret[:])
	writePart(h, purpose)
	for _, part := range parts {
		writePart(h, part)
	}
	return k.ID + ":" + hex.EncodeToString(h.Sum(nil))
}

func writePart(h hash.Hash, part string) {
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
	h.Write([]byte(part))
}
