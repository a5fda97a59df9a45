package discord

import (
	"cmp"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"verbatim/internal/discord/locale"
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
		Member:  cmp.Or(l.Member, Rate{30, 2 * time.Second}),
		Guild:   cmp.Or(l.Guild, Rate{120, 50 * time.Millisecond}),
		Unasked: cmp.Or(l.Unasked, Rate{5, 2 * time.Minute}),
	}
}

// maxBuckets is how many members, guilds and channels are counted.
const maxBuckets = 100_000

// limits counts what members ask, in memory: for this process, which hears of all
// questions of a guild. It is safe for concurrent use.
type limits struct {
	now   func() time.Time
	rates Limits

	mu      sync.Mutex
	buckets map[string]*bucket
	day     string         // of the counts below, in UTC
	asked   map[string]int // questions of that day, by guild and member
}

type bucket struct {
	*rate.Limiter

	told bool // its owner knows that it is empty
}

func newLimits(rates Limits, now func() time.Time) *limits {
	return &limits{now: now, rates: rates, buckets: make(map[string]*bucket), asked: make(map[string]int)}
}

// refusal says why a question is not answered now, and when to ask again.
type refusal struct {
	notice locale.ID
	wait   time.Duration
	first  bool // nobody was told yet
}

// admit takes a question of a member from what may be asked, and reports whether it
// was still there. cap is for one day, 0 for none. Nothing is taken of one that is
// refused.
func (l *limits) admit(guild, user string, dailyCap int) (refusal, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	own, all := l.bucket("member/"+user, l.rates.Member), l.bucket("guild/"+guild, l.rates.Guild)
	day := guild + "/" + user
	if l.day != now.UTC().Format(time.DateOnly) {
		l.day, l.asked = now.UTC().Format(time.DateOnly), make(map[string]int)
	}
	switch {
	case dailyCap > 0 && l.asked[day] >= dailyCap:
		return refuse(own, locale.NoticeWaitDay, untilTomorrow(now)), false
	case own.TokensAt(now) < 1:
		return refuse(own, locale.NoticeWait, untilToken(own, now)), false
	case all.TokensAt(now) < 1:
		return refuse(own, locale.NoticeWaitServer, untilToken(all, now)), false
	}
	own.AllowN(now, 1)
	all.AllowN(now, 1)
	own.told = false
	if dailyCap > 0 {
		l.asked[day]++
	}
	return refusal{}, true
}

// unasked takes a reply that nobody called for from what a channel may get, and
// reports whether it was still there.
func (l *limits) unasked(channel string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.bucket("unasked/"+channel, l.rates.Unasked).AllowN(l.now(), 1)
}

// bucket returns a bucket. The caller holds mu.
func (l *limits) bucket(name string, r Rate) *bucket {
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

// sweep forgets the buckets that are full.
func (l *limits) sweep() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, b := range l.buckets {
		if b.TokensAt(l.now()) >= float64(b.Burst()) {
			delete(l.buckets, name)
		}
	}
}

// refuse makes a refusal, and notes that its member is told.
func refuse(own *bucket, notice locale.ID, wait time.Duration) refusal {
	first := !own.told
	own.told = true
	return refusal{notice, wait, first}
}

// untilToken is how long it takes until a bucket has room for a question.
func untilToken(b *bucket, now time.Time) time.Duration {
	missing := 1 - b.TokensAt(now)
	return time.Duration(missing / float64(b.Limit()) * float64(time.Second))
}

// untilTomorrow is how long the day still lasts, in UTC.
func untilTomorrow(now time.Time) time.Duration {
	now = now.UTC()
	return time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, time.UTC).Sub(now)
}
