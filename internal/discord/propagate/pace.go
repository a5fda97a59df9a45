package propagate

import (
	"context"
	"sync"

	"golang.org/x/time/rate"
)

const (
	channels = 256 // that are remembered at once
	atOnce   = 10  // as many channels' worth of messages are changed in all
)

// pace keeps edits from using up what Discord allows in a channel, and all edits
// together what it allows the bot. It is safe for concurrent use.
type pace struct {
	all *rate.Limiter
	per rate.Limit

	mu      sync.Mutex
	channel map[string]*rate.Limiter
}

// newPace allows so many edits a second in one channel.
func newPace(perSecond float64) *pace {
	per := rate.Limit(perSecond)
	return &pace{all: rate.NewLimiter(per*atOnce, 1), per: per, channel: make(map[string]*rate.Limiter)}
}

// wait waits for an edit in a channel to be allowed. It is an error when ctx ends before.
func (p *pace) wait(ctx context.Context, channel string) error {
	if err := p.of(channel).Wait(ctx); err != nil {
		return err
	}
	return p.all.Wait(ctx)
}

// of returns the limiter of a channel. When there are too many, those that hold nobody
// back are dropped, or all.
func (p *pace) of(channel string) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l := p.channel[channel]; l != nil {
		return l
	}
	if len(p.channel) >= channels {
		for id, l := range p.channel {
			if l.Tokens() >= 1 {
				delete(p.channel, id)
			}
		}
	}
	if len(p.channel) >= channels {
		clear(p.channel)
	}
	l := rate.NewLimiter(p.per, 1)
	p.channel[channel] = l
	return l
}
