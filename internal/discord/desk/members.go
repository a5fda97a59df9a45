package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Order: pausing the bot, and members who get nothing but cards.

// pause lets only cards be shown.
func (d *Desk) pause(ctx context.Context, u Use) (Reply, error) {
	if _, err := d.Articles.Set(ctx, u.Guild, "paused", "on", u.Act(u.Texts["reason"])); err != nil {
		return Reply{}, err
	}
	return say("Paused: only safety cards are shown now. Go on with /settings resume."), nil
}

// resume ends a pause.
func (d *Desk) resume(ctx context.Context, u Use) (Reply, error) {
	if _, err := d.Articles.Set(ctx, u.Guild, "paused", "off", u.Act(u.Texts["reason"])); err != nil {
		return Reply{}, err
	}
	return say("The bot answers again."), nil
}

// durations are how long a member can be muted, by what is chosen.
func durations() map[string]time.Duration {
	return map[string]time.Duration{"1h": time.Hour, "1d": 24 * time.Hour, "7d": 7 * 24 * time.Hour, "30d": 30 * 24 * time.Hour}
}

// block lets a member be shown nothing but cards, for good or for a while.
func (d *Desk) block(ctx context.Context, u Use) (Reply, error) {
	who := u.Texts["member"]
	if who == u.Member {
		return Reply{}, fmt.Errorf("%w: you would block yourself; choose another member", article.ErrInvalid)
	}
	s, set, err := d.Articles.Settings(ctx, u.Guild)
	if err != nil && set == nil {
		return Reply{}, err
	}
	act := u.Act(u.Texts["reason"])
	if long, ok := durations()[u.Texts["for"]]; ok {
		until := d.Now().Add(long).UTC().Truncate(time.Second)
		muted := append(d.othersMuted(s, who), library.Mute{Member: who, Until: until})
		if _, err := d.Articles.Set(ctx, u.Guild, "muted-members", mutes(muted), act); err != nil {
			return Reply{}, err
		}
		return Message(sentenceOf(fmt.Sprintf("<@%s> gets no answers until <t:%d:f>. Safety cards are still shown.", who, until.Unix()))), nil
	}
	blocked := append(slices.DeleteFunc(slices.Clone(s.Blocked), func(id string) bool { return id == who }), who)
	if _, err := d.Articles.Set(ctx, u.Guild, "blocked-members", strings.Join(blocked, ","), act); err != nil {
		return Reply{}, err
	}
	return Message(sentenceOf(fmt.Sprintf("<@%s> gets no answers any more. Safety cards are still shown. Undo it with /settings unblock.", who))), nil
}

// unblock lets a member be answered again.
func (d *Desk) unblock(ctx context.Context, u Use) (Reply, error) {
	who := u.Texts["member"]
	s, set, err := d.Articles.Settings(ctx, u.Guild)
	if err != nil && set == nil {
		return Reply{}, err
	}
	act, done := u.Act(u.Texts["reason"]), false
	if slices.Contains(s.Blocked, who) {
		done = true
		rest := slices.DeleteFunc(slices.Clone(s.Blocked), func(id string) bool { return id == who })
		if _, err := d.Articles.Set(ctx, u.Guild, "blocked-members", strings.Join(rest, ","), act); err != nil {
			return Reply{}, err
		}
	}
	if slices.ContainsFunc(s.Muted, func(m library.Mute) bool { return m.Member == who }) {
		done = true
		if _, err := d.Articles.Set(ctx, u.Guild, "muted-members", mutes(d.othersMuted(s, who)), act); err != nil {
			return Reply{}, err
		}
	}
	if !done {
		return Message(sentenceOf(fmt.Sprintf("<@%s> is not blocked.", who))), nil
	}
	return Message(sentenceOf(fmt.Sprintf("<@%s> is answered again.", who))), nil
}

// othersMuted lists who else is muted now.
func (d *Desk) othersMuted(s library.Settings, who string) []library.Mute {
	return slices.DeleteFunc(slices.Clone(s.Muted), func(m library.Mute) bool { return m.Member == who || !m.Until.After(d.Now()) })
}

// mutes writes who is muted as the setting takes it.
func mutes(all []library.Mute) string {
	texts := make([]string, len(all))
	for i, m := range all {
		texts[i] = m.Member + "@" + m.Until.Format(time.RFC3339)
	}
	return strings.Join(texts, ",")
}
