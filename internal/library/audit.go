package library

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"verbatim/internal/article"
)

// Entry is one entry of a guild's audit trail. Entries are numbered from 1, and
// each carries the hash of the one before it, so that none can be changed, left out
// or put in without the chain breaking.
type Entry struct {
	N       int64     `json:"n"`
	At      time.Time `json:"at"`
	Actor   string    `json:"actor"`
	Action  string    `json:"action"` // such as "article.publish"
	Subject string    `json:"subject"`
	Before  string    `json:"before"` // hash of what it was; empty when it was nothing
	After   string    `json:"after"`  // hash of what it is; empty when it is nothing
	Reason  string    `json:"reason"`
	Prev    string    `json:"prev"` // hash of the entry before; empty for the first
	Hash    string    `json:"hash"`
}

// entryFormat is hashed first, so that another encoding cannot give the same hash.
const entryFormat = "verbatim audit 1"

// Sum is the hash of an entry of a guild: the hexadecimal SHA-256 of its fields,
// each preceded by its length in bytes as a big-endian uint64.
func (e Entry) Sum(guild string) string {
	hash := sha256.New()
	for _, field := range []string{
		entryFormat, guild, strconv.FormatInt(e.N, 10), strconv.FormatInt(e.At.UnixMilli(), 10),
		e.Actor, e.Action, e.Subject, e.Before, e.After, e.Reason, e.Prev,
	} {
		hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(field))))
		hash.Write([]byte(field))
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// Following returns e as the entry that follows last in a guild's trail; the zero Entry
// stands for an empty trail.
func (e Entry) Following(last Entry, guild string) Entry {
	e.N, e.Prev = last.N+1, last.Hash
	e.Hash = e.Sum(guild)
	return e
}

// VerifyTrail checks that entries follow last in a guild's trail without a gap. It
// is ErrConflict at the first one that does not.
func VerifyTrail(guild string, last Entry, entries []Entry) error {
	for _, e := range entries {
		if e.N != last.N+1 || e.Prev != last.Hash || e.Hash != e.Sum(guild) {
			return fmt.Errorf("%w: entry %d of the audit trail does not follow entry %d: it was changed, or one is missing", article.ErrConflict, e.N, last.N)
		}
		last = e
	}
	return nil
}
