// Package shelf knows which index answers which guild, and keeps it up to date.
//
// A guild's library is the shipped articles, without those that it hid, and with
// its own that are published. Guilds that have nothing of their own share one
// index; every other gets one when it is first asked something. Such an index is
// dropped when nobody asked it anything for a while, or when the indexes together
// take more memory than they may. The change feed says what has changed; an index
// that is open is then built anew in the background and put in the place of the old
// one, on which the answers in flight finish.
//
// They also know what a posted answer quoted when its article has changed since, and
// what to suggest to a member who is typing. Moderators' preferences put a passage first
// for questions like theirs; for moderators a library can be tried out with a change,
// and an answer explained.
//
// Invariants:
//   - a guild is never answered from another guild's articles, and one that has
//     something of its own never from the shared index, since it may have hidden
//     the very article that would be quoted;
//   - triage asks for nothing: a card never waits for an index or a database;
//   - when the database fails, what is open goes on answering; a guild whose
//     articles cannot be read gets its cards and a notice that says so;
//   - a preference quotes the words that its moderator chose, where they stand in the
//     text of today, or nothing; triage and the gate come before it;
//   - a guild's own topics that cannot be read leave the shipped rules as they are;
//   - no question waits for a trial: few are open at once, and each waits for its turn;
//   - the sequence number of what an index was built from says how current it is: a
//     change that arrives while an index is built leads to another one;
//   - no goroutine is started but by [Shelves.Follow], and none outlives it.
package shelf

import (
	"cmp"
	"container/list"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/suggest"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// Source is where shelves are read from. Its errors are of article's classes, and
// it must be safe for concurrent use.
type Source interface {
	// Shelf returns all that a guild's answers depend on, as of one moment.
	Shelf(ctx context.Context, guild string) (library.Shelf, error)
	// Head returns the sequence number up to which everything can be seen.
	Head(ctx context.Context) (int64, error)
	// Changes lists changes after a sequence number, at most limit. ErrNotFound
	// when the feed no longer reaches back that far.
	Changes(ctx context.Context, after int64, limit int) ([]library.Change, error)
	// Owners lists the guilds whose shelf is not bare.
	Owners(ctx context.Context) ([]string, error)
	// AllSettings returns the settings of all guilds that have any.
	AllSettings(ctx context.Context) (map[string]map[string]string, error)
	// Settings returns what one guild has set.
	Settings(ctx context.Context, guild string) (map[string]string, error)
}

// Config is what [New] needs. Rules, Shipped, Source and Now must be set.
type Config struct {
	Rules    *safety.Rules
	Synonyms search.Synonyms
	Shipped  []*article.Article
	Source   Source

	Archive   Archive                // nil when only what is answered from now can be recalled
	Bank      Bank                   // nil when guilds have no questions of their own to offer
	Questions []library.BankQuestion // offered while a member types, of the shipped articles; see suggest.Questions

	// Memory is how many bytes the guilds' own indexes may take together, without
	// the shared one; 256 MB when zero. An index that alone takes more is dropped
	// after the answers for which it was built. Answers in flight may hold on to more
	// for as long as they take, and so may a trial.
	Memory int64
	Idle   time.Duration // after which an index that answered nothing is dropped; 15 minutes when zero
	Poll   time.Duration // how often the feed is looked at when nobody wakes it; a second when zero

	Now     func() time.Time
	Log     *slog.Logger // nil for none
	Observe Observer     // nil for nobody
}

// The defaults of a [Config].
const (
	defaultMemory = 256 << 20
	defaultIdle   = 15 * time.Minute
	defaultPoll   = time.Second
)

// Shelves answers the questions of all guilds. It is safe for concurrent use.
type Shelves struct {
	config  Config
	log     *slog.Logger
	watch   *watcher
	common  common
	shipped map[string]bool // slugs
	decided library.Settings
	slots   chan struct{} // one for each index that is built at the moment
	trials  *trials
	stale   *queue // guilds whose open index is out of date
	banks   *banks
	topical *topical
	feed    token // held by whoever takes over what has changed

	vocabulary func() *suggest.Vocabulary // of all guilds
	numbered   atomic.Uint64              // prompts

	mu        sync.Mutex
	guilds    map[string]*guild // those of which anything is known
	recent    *list.List        // of *guild, those with an open index, latest asked first
	bytes     int64             // of all own indexes that anybody holds on to
	kept      int64             // of those that are open and may stay so
	cursor    int64             // everything of the feed up to here was seen
	turn      chan struct{}     // closed when something happened that Wait waits for
	following bool
}

// New builds the shared index and reads which guilds have something of their own,
// and the settings of all. What changes after that is seen by Follow.
func New(ctx context.Context, c Config) (*Shelves, error) {
	if c.Rules == nil || c.Source == nil || c.Now == nil {
		return nil, fmt.Errorf("%w: shelves need rules, a source and a clock", article.ErrInvalid)
	}
	c.Memory, c.Idle, c.Poll = cmp.Or(c.Memory, defaultMemory), cmp.Or(c.Idle, defaultIdle), cmp.Or(c.Poll, defaultPoll)
	index, err := search.Build(ctx, c.Shipped, c.Synonyms)
	if err != nil {
		return nil, fmt.Errorf("index of the shipped articles: %w", err)
	}
	s := &Shelves{
		config: c, log: cmp.Or(c.Log, slog.New(slog.DiscardHandler)), common: newCommon(index, c.Rules),
		shipped: slugsOf(c.Shipped), decided: library.DefaultSettings(),
		slots: make(chan struct{}, max(2, runtime.GOMAXPROCS(0))), stale: newQueue(),
		topical: &topical{}, feed: newToken(), guilds: map[string]*guild{}, recent: list.New(), turn: make(chan struct{}),
	}
	s.watch, s.banks, s.trials = &watcher{shelves: s, observe: c.Observe}, newBanks(s), newTrials(cap(s.slots)/2)
	s.vocabulary = sync.OnceValue(func() *suggest.Vocabulary { return suggest.NewVocabulary(c.Synonyms) })
	s.common.prompts = s.commonPrompts()
	if err := s.readAnew(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// readAnew reads who has what from the beginning. The head comes first: what
// changes while the rest is read is seen again in the feed.
func (s *Shelves) readAnew(ctx context.Context) error {
	head, err := s.config.Source.Head(ctx)
	if err != nil {
		return fmt.Errorf("head of the change feed: %w", err)
	}
	owners, err := s.config.Source.Owners(ctx)
	settings, err2 := s.config.Source.AllSettings(ctx)
	if err := errors.Join(err, err2); err != nil {
		return fmt.Errorf("guilds and their settings: %w", err)
	}
	s.adopt(head, owners, settings)
	return nil
}

// adopt takes what was read anew in the place of what was known. What is open is
// out of date until it was built again.
func (s *Shelves) adopt(head int64, owners []string, settings map[string]map[string]string) {
	rulings := make(map[string]ruling, len(settings))
	for id, texts := range settings {
		rulings[id] = s.rule(id, texts)
	}
	s.mu.Lock()
	for _, g := range s.guilds {
		g.owns = g.open != nil || g.building != nil
		g.need = head
		if g.open != nil {
			g.open.seq = min(g.open.seq, head-1)
			s.stale.add(g.id)
		}
		if _, ok := settings[g.id]; !ok {
			s.decide(g, ruling{})
		}
	}
	for _, id := range owners {
		if mayOwn(id) {
			s.known(id).owns = true
		}
	}
	for id, r := range rulings {
		s.decide(s.known(id), r)
	}
	for _, g := range s.guilds {
		s.forget(g)
	}
	s.cursor = head
	s.happened()
	s.mu.Unlock()
	s.banks.dropAll()
	s.watch.followed(head)
}

// happened lets everybody who waits look again. The caller holds mu.
func (s *Shelves) happened() {
	close(s.turn)
	s.turn = make(chan struct{})
}

func slugsOf(articles []*article.Article) map[string]bool {
	slugs := make(map[string]bool, len(articles))
	for _, a := range articles {
		slugs[a.Slug] = true
	}
	return slugs
}
