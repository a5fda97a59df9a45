package discordtest

import (
	"context"
	"errors"
	"time"
)

// Reply is what becomes of something that a member did.
type Reply struct {
	s      *Server
	by     *Member
	call   *interaction // of a command, else nil
	said   *message     // of a message, else nil
	Asked  string       // id of the member's message, "" for a command
	SentAt time.Time
}

// ErrNoReply says that Discord gave up waiting: "The application did not respond".
var ErrNoReply = errors.New("the application did not respond")

// ErrModal says that the reply is a form, which [Reply.Modal] returns.
var ErrModal = errors.New("the application shows a modal")

// Wait returns the reply that the member who asked sees in the end: not the
// "thinking…" before it.
func (r *Reply) Wait(ctx context.Context) (Seen, error) {
	ctx, cancel := r.whileAnswerable(ctx)
	defer cancel()
	var seen Seen
	var instead error
	err := r.s.wait(ctx, "a reply", func() (ok bool) {
		seen, ok = r.seen(r.by)
		instead = r.instead()
		return ok || instead != nil
	})
	if errors.Is(context.Cause(ctx), ErrNoReply) {
		return Seen{}, ErrNoReply
	}
	return seen, errors.Join(instead, err)
}

// instead is why no message comes. The caller holds s.mu.
func (r *Reply) instead() error {
	switch {
	case r.call == nil:
		return nil
	case r.call.late:
		return ErrNoReply
	case r.call.modal != nil:
		return ErrModal
	}
	return nil
}

// Becomes waits until the reply, as the member who asked sees it, is as wanted.
func (r *Reply) Becomes(ctx context.Context, wanted func(Seen) bool) (Seen, error) {
	var seen Seen
	err := r.s.wait(ctx, "the reply to change", func() (ok bool) {
		seen, ok = r.seen(r.by)
		return ok && wanted(seen)
	})
	return seen, err
}

// Gone waits until the member who asked sees no reply.
func (r *Reply) Gone(ctx context.Context) error {
	return r.s.wait(ctx, "the reply to be removed", func() bool {
		_, ok := r.seen(r.by)
		return !ok
	})
}

// Modal waits for a form in reply.
func (r *Reply) Modal(ctx context.Context) (Modal, error) {
	_, err := r.Wait(ctx)
	if !errors.Is(err, ErrModal) {
		return Modal{}, errors.Join(errors.New("no modal was shown"), err)
	}
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	return r.call.modal.seen(), nil
}

// FollowUp waits for the nth message, from 1, that came after the first one.
func (r *Reply) FollowUp(ctx context.Context, n int) (Seen, error) {
	var seen Seen
	err := r.s.wait(ctx, "a follow-up", func() bool {
		if r.call == nil || len(r.call.followUps) < n {
			return false
		}
		seen, _ = r.call.followUps[n-1].seen(r.by)
		return true
	})
	return seen, err
}

// whileAnswerable ends ctx when Discord would tell the member that nothing came.
func (r *Reply) whileAnswerable(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	if r.call == nil {
		return ctx, func() { cancel(nil) }
	}
	timer := time.AfterFunc(time.Until(r.SentAt.Add(r.s.cfg.window)), func() {
		r.s.mu.Lock()
		defer r.s.mu.Unlock()
		if r.call.callback == 0 {
			cancel(ErrNoReply)
		}
	})
	return ctx, func() { timer.Stop(); cancel(nil) }
}

// SeenBy returns the reply as another member sees it now, if they see it.
func (r *Reply) SeenBy(m *Member) (Seen, bool) {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	return r.seen(m)
}

// seen is SeenBy for callers that hold the lock. A click that was only acknowledged
// is replied to by the first follow-up.
func (r *Reply) seen(m *Member) (Seen, bool) {
	switch {
	case r.call == nil:
		for _, reply := range r.s.replies[r.said.id] {
			if reply.author == r.s.bot {
				return reply.seen(m)
			}
		}
		return Seen{}, false
	case r.call.settled:
		return r.s.still(r.call.original, m)
	case r.call.callback == callbackDeferredUpdate && len(r.call.followUps) > 0:
		return r.s.still(r.call.followUps[0], m)
	}
	return Seen{}, false
}

// still is a message as a member sees it, unless it was deleted.
func (s *Server) still(m *message, by *Member) (Seen, bool) {
	if s.messages[m.id] != m {
		return Seen{}, false
	}
	return m.seen(by)
}

// Deferred reports whether the first callback only promised a reply.
func (r *Reply) Deferred() bool {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	return r.call != nil && (r.call.callback == callbackDeferred || r.call.callback == callbackDeferredUpdate)
}

// Delay is the time from the command to its first callback, zero before it.
func (r *Reply) Delay() time.Duration {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	if r.call == nil || r.call.callback == 0 {
		return 0
	}
	return r.call.answered.Sub(r.call.sent)
}

// FollowUps counts the messages after the first one.
func (r *Reply) FollowUps() int {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	if r.call == nil {
		return 0
	}
	return len(r.call.followUps)
}

// Count is how often the bot replied: the first callback and the follow-ups of a
// command, or the messages that reply to a message. More than one reply fails the
// test by itself.
func (r *Reply) Count() int {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	switch {
	case r.call == nil:
		return r.s.repliesTo(r.said.id)
	case r.call.callback == 0:
		return 0
	}
	return 1 + len(r.call.followUps)
}

// repliesTo counts the bot's messages in reply to a message. The caller holds s.mu.
func (s *Server) repliesTo(id string) int {
	n := 0
	for _, m := range s.replies[id] {
		if m.author == s.bot {
			n++
		}
	}
	return n
}

// Ticket returns the id and the token of the interaction behind a command.
func (r *Reply) Ticket() (id, token string) { return r.call.id, r.call.token }

// Late reports whether the first callback came too late.
func (r *Reply) Late() bool {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	return r.call != nil && r.call.late
}
