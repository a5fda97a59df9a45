package logbook

import (
	"context"
	"crypto/rand"
	"time"

	"verbatim/internal/safety"
)

const (
	maxNotes  = 64          // notes about cards that wait to be posted
	noteEvery = time.Minute // a channel is noted once in that time
	maxNoted  = 1000        // channels that are remembered for it
)

// note is about a card that was shown.
type note struct{ guild, channel, text string }

// Card notes that a card was shown in a channel, where the guild wants that: for crisis
// and emergency, and of one channel once a minute. It returns at once; what is noted
// faster than it can be posted is left out.
func (b *Book) Card(guild, channel string, tier safety.Tier) {
	if guild == "" || channel == "" || tier != safety.TierCrisis && tier != safety.TierEmergency {
		return
	}
	s := b.Settings(guild)
	if !s.CardNotes || s.LogChannel == "" || !b.mayNote(channel) {
		return
	}
	text := "A crisis card was shown in <#" + channel + ">."
	if tier == safety.TierEmergency {
		text = "An emergency card was shown in <#" + channel + ">."
	}
	select {
	case b.notes <- note{guild, s.LogChannel, text + " What was written, and by whom, is not passed on."}:
	default:
		b.Log.Warn("a note about a card was left out: too many wait", "guild", guild)
	}
}

// mayNote reports whether a channel was not noted for a while, and counts it as noted.
func (b *Book) mayNote(channel string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.Now()
	if last, ok := b.noted[channel]; ok && now.Sub(last) < noteEvery {
		return false
	}
	if len(b.noted) >= maxNoted {
		for other, last := range b.noted {
			if now.Sub(last) >= noteEvery {
				delete(b.noted, other)
			}
		}
	}
	b.noted[channel] = now
	return true
}

// writeNotes posts notes until ctx ends.
func (b *Book) writeNotes(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-b.notes:
			if err := b.post(ctx, n.channel, "", n.text, rand.Text()); err != nil && ctx.Err() == nil {
				b.Log.Warn("a note about a card was not posted", "guild", n.guild, "error", err)
			}
		}
	}
}
