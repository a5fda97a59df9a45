package propagate

import "context"

// Pace is pace, for tests.
type Pace struct{ *pace }

// NewPace is newPace.
func NewPace(perSecond float64) Pace { return Pace{newPace(perSecond)} }

// Wait is wait.
func (p Pace) Wait(ctx context.Context, channel string) error { return p.wait(ctx, channel) }

// Channels is how many channels are remembered.
func (p Pace) Channels() int { return len(p.channel) }
