package memory

import (
	"cmp"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits is how much may be asked before somebody is told to wait. Cards are exempt
// from all of it.
type Limits struct {
	Member  Rate // questions of one member, wherever they ask
	Guild   Rate // questions of all members of a guild
	Unasked Rate // replies that nobody called for, in one channel
}

// Rate is what a bucket holds, and how long it takes until it holds one more.
type Rate struct {
	Burst int
	Every time.Duration
}

// withDefaults allows a member a lively conversation, and a guild a lively evening; a
// guild that asks for more would have it from the others on the same machine.
func (l Limits) withDefaults() Limits {
	return Limits{
		Member:  cmp.Or(l.Member, Rate{15, 3 * time.Second}),
		Guild:   cmp.Or(l.Guild, Rate{120, 50 * time.Millisecond}),
		Unasked: cmp.Or(l.Unasked, Rate{5, 2 * time.Minute}),
	}
}

// maxBuckets is how many members, guilds and channels are counted.
const maxBuckets = 100_000

// Limiter counts what members ask: for this process, which hears of all questions of
// a guild. It is safe for concurrent use.
type Limiter struct {
	now   func() time.Time
	rates Limits

	mu      sync.Mutex
	buckets map[string]*bucket
	day     string            // of the counts below, in UTC
	asked   map[string]*count // by guild and member
}

type bucket struct {
	*rate.Limiter

	told bool // its owner was told to wait, and it has not been full since
}

// count is what a member asked in a day.
type count struct {
	questions int
	told      bool // they know that it was enough
}

// NewLimiter returns a Limiter that has counted nothing, by the given clock. Limits
// that are zero take their defaults.
func NewLimiter(limits Limits, now func() time.Time) *Limiter {
	return &Limiter{now: now, rates: limits.withDefaults(), buckets: make(map[string]*bucket), asked: make(map[string]*count)}
}

// Limit is what may be reached by asking.
type Limit int

// The limits that a question may be refused for.
const (
	MemberLimit Limit = iota + 1 // the member asked too often
	GuildLimit                   // all members of the guild together did
	DayLimit                     // the member asked as much as a day allows
)

// Refusal says why a question is not answered now, and when to ask again.
type Refusal struct {
	Over Limit
	Wait time.Duration
}

// Admit takes a question of a member from what may be asked, and reports whether it
// was still there. limit is for one day, 0 for none. Nothing is taken of one that is
// refused.
func (l *Limiter) Admit(guild, user string, limit int) (Refusal, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if l.spent(guild, user, limit) {
		return Refusal{DayLimit, untilTomorrow(now)}, false
	}
	why, ok := l.take(guild, user, now)
	if ok && limit > 0 {
		l.today(guild, user).questions++
	}
	return why, ok
}

// AdmitUnasked is Admit for what nobody asked the bot: it counts for the day only when
// it gets an answer, see [Limiter.ReplyUnasked].
func (l *Limiter) AdmitUnasked(guild, user string, limit int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.spent(guild, user, limit) {
		return false
	}
	_, ok := l.take(guild, user, l.now())
	return ok
}

// ReplyUnasked takes a reply that nobody called for from what a channel and its member may
// get, and reports whether it was still there.
func (l *Limiter) ReplyUnasked(guild, channel, user string, limit int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.spent(guild, user, limit) || !l.bucket("unasked/"+channel, l.rates.Unasked).AllowN(l.now(), 1) {
		return false
	}
	if limit > 0 {
		l.today(guild, user).questions++
	}
	return true
}

// Tell reports whether a member is to be told which limit was reached: once until they
// have been quiet for long enough, or the day is over.
func (l *Limiter) Tell(guild, user string, over Limit) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	told := &l.bucket("member/"+user, l.rates.Member).told
	if over == DayLimit {
		told = &l.today(guild, user).told
	}
	first := !*told
	*told = true
	return first
}

// take takes a question from the buckets of a member and of a guild. The caller holds mu.
func (l *Limiter) take(guild, user string, now time.Time) (Refusal, bool) {
	own, all := l.bucket("member/"+user, l.rates.Member), l.bucket("guild/"+guild, l.rates.Guild)
	switch {
	case own.TokensAt(now) < 1:
		return Refusal{MemberLimit, own.until(now)}, false
	case all.TokensAt(now) < 1:
		return Refusal{GuildLimit, all.until(now)}, false
	}
	own.told = own.told && !own.full(now)
	own.AllowN(now, 1)
	all.AllowN(now, 1)
	return Refusal{}, true
}

// spent reports whether a member asked as much as a day allows. The caller holds mu.
func (l *Limiter) spent(guild, user string, limit int) bool {
	return limit > 0 && l.today(guild, user).questions >= limit
}

// today returns what a member asked today. The caller holds mu.
func (l *Limiter) today(guild, user string) *count {
	if day := l.now().UTC().Format(time.DateOnly); l.day != day || len(l.asked) >= maxBuckets {
		l.day, l.asked = day, make(map[string]*count)
	}
	c := l.asked[guild+"/"+user]
	if c == nil {
		c = &count{}
		l.asked[guild+"/"+user] = c
	}
	return c
}

// bucket returns a bucket. The caller holds mu.
func (l *Limiter) bucket(name string, r Rate) *bucket {
	b := l.buckets[name]
	if b == nil {
		if len(l.buckets) >= maxBuckets {
			clear(l.buckets) // a flood: being generous once is better than growing
		}
		b = &bucket{Limiter: rate.NewLimiter(rate.Every(r.Every), r.Burst)}
		l.buckets[name] = b
	}
	return b
}

// Sweep forgets the buckets that are full.
func (l *Limiter) Sweep() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, b := range l.buckets {
		if b.full(l.now()) {
			delete(l.buckets, name)
		}
	}
}

func (b *bucket) full(now time.Time) bool { return b.TokensAt(now) >= float64(b.Burst()) }

// until is how long it takes until a bucket has room for a question.
func (b *bucket) until(now time.Time) time.Duration {
	missing := 1 - b.TokensAt(now)
	return max(1, time.Duration(missing/float64(b.Limit())*float64(time.Second)))
}

// untilTomorrow is how long the day still lasts, in UTC.
func untilTomorrow(now time.Time) time.Duration {
	now = now.UTC()
	return time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, time.UTC).Sub(now)
}
