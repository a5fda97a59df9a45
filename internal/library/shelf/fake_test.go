package shelf_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
	"verbatim/internal/safety"
	"verbatim/internal/search"
	"verbatim/knowledge"
)

// memory is a source that keeps everything in memory.
type memory struct {
	mu       sync.Mutex
	seq      int64
	horizon  int64 // the feed reaches back to here
	feed     []library.Change
	shelves  map[string]library.Shelf
	settings map[string]map[string]string
	fail     error              // of every call, when set
	failRead error              // of reading a shelf, when set
	reads    map[string]int     // of each guild's shelf
	reading  func(guild string) // called after a shelf was read and before it is returned
	calls    int
}

func newMemory() *memory {
	return &memory{shelves: map[string]library.Shelf{}, settings: map[string]map[string]string{}, reads: map[string]int{}}
}

func (m *memory) Shelf(ctx context.Context, guild string) (library.Shelf, error) {
	m.mu.Lock()
	got := m.shelves[guild]
	got.Seq = m.seq
	got.Publications, got.Sources = slices.Clone(got.Publications), maps.Clone(got.Sources)
	got.Synonyms, got.Preferences = slices.Clone(got.Synonyms), slices.Clone(got.Preferences)
	err, reading := cmp.Or(m.failRead, m.failure()), m.reading
	m.reads[guild]++
	m.mu.Unlock()
	if reading != nil {
		reading(guild)
	}
	if ctx.Err() != nil {
		return library.Shelf{}, ctx.Err()
	}
	return got, err
}

// failure is the error of a call. The caller holds mu.
func (m *memory) failure() error {
	m.calls++
	return m.fail
}

func (m *memory) Head(context.Context) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seq, m.failure()
}

func (m *memory) Changes(_ context.Context, after int64, limit int) ([]library.Change, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if after < m.horizon {
		return nil, fmt.Errorf("%w: too long ago", article.ErrNotFound)
	}
	first, _ := slices.BinarySearchFunc(m.feed, after+1, func(c library.Change, seq int64) int { return int(c.Seq - seq) })
	found := m.feed[first:]
	return slices.Clone(found[:min(limit, len(found))]), m.failure()
}

func (m *memory) Owners(context.Context) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var owners []string
	for guild, s := range m.shelves {
		if !s.Bare() {
			owners = append(owners, guild)
		}
	}
	return owners, m.failure()
}

func (m *memory) AllSettings(context.Context) (map[string]map[string]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := map[string]map[string]string{}
	for guild, texts := range m.settings {
		all[guild] = maps.Clone(texts)
	}
	return all, m.failure()
}

func (m *memory) Settings(_ context.Context, guild string) (map[string]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.settings[guild]), m.failure()
}

// change changes a guild's shelf and tells the feed.
func (m *memory) change(guild string, kind library.ChangeKind, do func(s *library.Shelf)) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.shelves[guild]
	s.Publications, s.Sources = slices.Clone(s.Publications), maps.Clone(s.Sources)
	do(&s)
	m.shelves[guild] = s
	return m.tell(guild, kind)
}

// tell adds a change to the feed. The caller holds mu.
func (m *memory) tell(guild string, kind library.ChangeKind) int64 {
	m.seq++
	m.feed = append(m.feed, library.Change{Seq: m.seq, Guild: guild, Kind: kind})
	return m.seq
}

// publish makes a source the current text of one of a guild's own articles.
func (m *memory) publish(guild, key, source string) int64 {
	return m.change(guild, library.ChangedArticle, func(s *library.Shelf) {
		hash := library.HashOf(source)
		if s.Sources == nil {
			s.Sources = map[string]string{}
		}
		s.Sources[hash] = source
		put(s, library.Publication{Article: key, State: library.Published, Own: true, Hash: hash})
	})
}

func put(s *library.Shelf, p library.Publication) {
	s.Publications = slices.DeleteFunc(s.Publications, func(o library.Publication) bool { return o.Article == p.Article })
	s.Publications = append(s.Publications, p)
}

// remove takes back what a guild did with an article.
func (m *memory) remove(guild, key string) int64 {
	return m.change(guild, library.ChangedArticle, func(s *library.Shelf) {
		s.Publications = slices.DeleteFunc(s.Publications, func(o library.Publication) bool { return o.Article == key })
	})
}

// state hides a shipped article, or withdraws an own one.
func (m *memory) state(guild, key string, own bool, state library.State) int64 {
	return m.change(guild, library.ChangedArticle, func(s *library.Shelf) {
		put(s, library.Publication{Article: key, State: state, Own: own})
	})
}

func (m *memory) set(guild, name, value string) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	texts := maps.Clone(m.settings[guild])
	if texts == nil {
		texts = map[string]string{}
	}
	texts[name] = value
	if value == "" {
		delete(texts, name)
	}
	m.settings[guild] = texts
	return m.tell(guild, library.ChangedSetting)
}

func (m *memory) breakWith(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

func (m *memory) breakReading(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failRead = err
}

func (m *memory) whenReading(f func(guild string)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reading = f
}

func (m *memory) readsOf(guild string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.reads[guild]
}

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// observed keeps what the observer was told.
type observed struct {
	changed []string
	mu      sync.Mutex
	opened  []string
	closed  []string
	bytes   int64
	most    int64
	open    int
	cursor  int64
	errs    []error
	turn    chan struct{} // holds a value after a failure
}

func newObserved() *observed { return &observed{turn: make(chan struct{}, 1)} }

func (o *observed) Opened(guild string, _ time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.opened = append(o.opened, guild)
}

func (o *observed) Closed(guild string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = append(o.closed, guild)
}

func (o *observed) Bytes(total int64, open int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.bytes, o.open, o.most = total, open, max(o.most, total)
}

func (o *observed) Changed(guild string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.changed = append(o.changed, guild)
}

func (o *observed) Followed(cursor int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.cursor = cursor
}

func (o *observed) Failed(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.errs = append(o.errs, err)
	select {
	case o.turn <- struct{}{}:
	default:
	}
}

// read calls f with nothing being written.
func (o *observed) read(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f()
}

// shippedRules loads the shipped safety data once.
var shippedRules = sync.OnceValues(func() (*safety.Rules, error) { return safety.Load(knowledge.Safety()) })

// The shipped articles of these tests, and a guild's own.
const (
	teaKey, breadKey = "how-black-tea-is-made", "bread-without-kneading"

	tea = "---\ntitle: How black tea is made\nauthor: A. Leaf\nupdated: 2024-01-02\n---\n\n" +
		"Black tea steeps for four minutes in boiling water. The leaves wither for a day before they are rolled.\n"
	bread = "---\ntitle: Bread without kneading\nauthor: B. Crumb\nupdated: 2024-01-02\n---\n\n" +
		"Bread dough rests overnight in a cool kitchen. The oven is heated for an hour before the loaf goes in.\n"
)

// ferret makes an article that no shipped one is like; mark tells one edition from another.
func ferret(mark string) string {
	return "---\ntitle: Keeping a ferret\nauthor: C. Burrow\nupdated: 2024-01-02\n---\n\n" +
		"A ferret sleeps for " + mark + " hours a day. A ferret hammock is washed every week with plain soap.\n"
}

// rig is everything that a test needs.
type rig struct {
	*shelf.Shelves

	source  *memory
	clock   *clock
	seen    *observed
	wake    chan struct{}
	shipped []*article.Article
}

// newRig makes shelves over a source with two shipped articles. The feed is only
// looked at when woken.
func newRig(t testing.TB, source *memory, with func(*shelf.Config)) *rig {
	t.Helper()
	rules, err := shippedRules()
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{source: source, clock: &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}, seen: newObserved(), wake: make(chan struct{})}
	for _, text := range []string{tea, bread} {
		r.shipped = append(r.shipped, parse(t, text))
	}
	c := shelf.Config{Rules: rules, Shipped: r.shipped, Source: source, Poll: time.Hour, Now: r.clock.Now, Observe: r.seen}
	if with != nil {
		with(&c)
	}
	if r.Shelves, err = shelf.New(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	return r
}

// follow follows the feed until the test ends.
func (r *rig) follow(t testing.TB) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Follow(ctx, r.wake) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("follow: %v", err)
		}
	})
}

// until wakes the follower and waits until a guild's answers reflect a change.
func (r *rig) until(t interface {
	Helper()
	Fatal(args ...any)
}, guild string, seq int64,
) {
	t.Helper()
	for range 1000 { // what failed is tried again when woken again
		r.wake <- struct{}{}
		ctx, stop := context.WithTimeout(context.Background(), 10*time.Millisecond)
		err := r.Wait(ctx, guild, seq)
		stop()
		if err == nil {
			return
		}
	}
	t.Fatal(guild, "does not reflect change", seq)
}

func parse(t testing.TB, text string) *article.Article {
	t.Helper()
	a, err := article.Parse([]byte(text), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func vocabulary(t testing.TB) search.Synonyms {
	t.Helper()
	s, err := search.ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		t.Fatal(err)
	}
	return s
}
