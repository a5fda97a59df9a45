// Package library is a guild's knowledge base: which articles it has, in which
// revision, who changed what and why, what its moderators expect of the answers,
// and what was answered.
//
// It owns the ports that keep all this ([Book], [Ledger], ...); package store
// implements them. Everything is kept for a guild, named by Discord's id of it, and
// nothing of one guild can be reached with the id of another.
//
// Invariants:
//   - a revision is never changed: its hash is that of its source;
//   - the text that a quote was cut from is kept as it was, beside its source, so
//     that a later parser cannot change what was quoted;
//   - every change by a moderator is in the audit trail, in the same transaction;
//   - no port takes or gives the text of a question beside anything that names who
//     asked: askers are keyed MACs.
package library

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"verbatim/internal/article"
)

// Places beside Discord's guilds for which things are kept.
const (
	Shipped = "@shipped" // what came with the program
	Direct  = "@direct"  // direct messages
	Host    = "@host"    // what concerns the whole installation
)

// Act is who changes something, and why.
type Act struct {
	Actor  string // Discord's id of the moderator, or what stands for the host: [Host]
	Reason string // may be empty
}

// HashOf is the content address of a text: its hexadecimal SHA-256.
func HashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// State says what a guild does with an article.
type State string

// The states of an article in a guild. A shipped article that the guild never
// touched has no row, and is Published.
const (
	Published State = "published" // answered from
	Hidden    State = "hidden"    // a shipped article that the guild does not want
	Withdrawn State = "withdrawn" // an own article that is answered from no more
)

// Revision is one text of one article, as a guild published it.
type Revision struct {
	Article   string           // the article's key: its slug when it was first published
	Hash      string           // [HashOf] of Source
	Revision  article.Revision // of the parsed article, as answers name it
	Source    string           // Markdown with front matter
	Canonical string           // the text that quotes are cut from
	Title     string
	By        string // the moderator who published it
	Note      string
	At        time.Time
}

// Publication is what a guild does with one article.
type Publication struct {
	Article string
	State   State
	Own     bool   // false for a shipped article
	Hash    string // of the current revision; empty for a shipped article
	Title   string // of the current revision; empty for a shipped article
	By      string
	At      time.Time
}

// Text is a canonical text that answers may have been cut from.
type Text struct {
	Revision  article.Revision
	Canonical string
}

// Shelf is all that a guild's answers depend on, as of one moment.
type Shelf struct {
	Seq          int64 // of the change feed: everything up to it is in here
	Publications []Publication
	Sources      map[string]string // by hash, of the own articles that are Published
	Synonyms     []Synonym
	Preferences  []Preference
	Reviews      []Review // the last one of each article
}

// Bare reports whether the guild has nothing of its own, so that the shipped
// articles answer for it as they are, and nobody there reviewed one.
func (s Shelf) Bare() bool {
	return len(s.Publications) == 0 && len(s.Synonyms) == 0 && len(s.Preferences) == 0 && len(s.Reviews) == 0
}

// Review records that a moderator read a revision. It never changes the article.
type Review struct {
	Article string
	Hash    string // the revision that was read
	By      string
	On      article.Date
	Next    article.Date // zero when nothing was agreed
	At      time.Time
}

// Guild is what is known of a guild's membership.
type Guild struct {
	ID     string
	Joined time.Time // when the bot was first seen in it
	Left   time.Time // when the bot was removed; zero while it is there
}

// Change is one entry of the feed: something of a guild changed.
type Change struct {
	Seq     int64
	Guild   string
	Kind    ChangeKind
	Subject string // the article, the setting, the id of what changed
	At      time.Time
}

// ChangeKind says what sort of thing changed.
type ChangeKind string

// The kinds of change.
const (
	ChangedArticle    ChangeKind = "article"
	ChangedSetting    ChangeKind = "setting"
	ChangedSynonym    ChangeKind = "synonym"
	ChangedPreference ChangeKind = "preference"
	ChangedGuild      ChangeKind = "guild"  // joined, left or deleted
	ChangedRecord     ChangeKind = "record" // anything else that moderators keep
	ChangedKey        ChangeKind = "key"    // the key for askers was rotated
)
