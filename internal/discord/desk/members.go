package desk

import (
	"context"
	"errors"
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

// swaps is how often a list is read anew because somebody else changed it meanwhile.
const swaps = 5

// changeList changes a setting that is a list, so that what others change at the same
// moment is not lost. next returns the new value, and false when it is the one there is.
func (d *Desk) changeList(ctx context.Context, u Use, name string, next func(s library.Settings) (string, bool)) (changed bool, err error) {
	for range swaps {
		s, set, err := d.Articles.Settings(ctx, u.Guild)
		if err != nil && set == nil {
			return false, err
		}
		value, ok := next(s)
		if !ok {
			return false, nil
		}
		err = d.Articles.Swap(ctx, u.Guild, name, set[name], value, u.Act(u.Texts["reason"]))
		if err == nil || !errors.Is(err, article.ErrConflict) {
			return err == nil, err
		}
	}
	return false, fmt.Errorf("%w: others are changing the same setting; try again in a minute", article.ErrConflict)
}

// block lets a member be shown nothing but cards, for good or for a while.
func (d *Desk) block(ctx context.Context, u Use) (Reply, error) {
	who := u.Texts["member"]
	if who == u.Member {
		return Reply{}, fmt.Errorf("%w: you would block yourself; choose another member", article.ErrInvalid)
	}
	if long, ok := durations()[u.Texts["for"]]; ok {
		return d.mute(ctx, u, who, d.Now().Add(long).UTC().Truncate(time.Second))
	}
	_, err := d.changeList(ctx, u, "blocked-members", func(s library.Settings) (string, bool) {
		return strings.Join(append(without(s.Blocked, who), who), ","), !slices.Contains(s.Blocked, who)
	})
	if err != nil {
		return Reply{}, err
	}
	return Message(sentenceOf(fmt.Sprintf("<@%s> gets no answers any more. Safety cards are still shown. Undo it with /settings unblock.", who))), nil
}

// mute blocks a member for a while.
func (d *Desk) mute(ctx context.Context, u Use, who string, until time.Time) (Reply, error) {
	_, err := d.changeList(ctx, u, "muted-members", func(s library.Settings) (string, bool) {
		return mutes(append(d.othersMuted(s, who), library.Mute{Member: who, Until: until})), true
	})
	if err != nil {
		return Reply{}, err
	}
	return Message(sentenceOf(fmt.Sprintf("<@%s> gets no answers until <t:%d:f>. Safety cards are still shown. Undo it with /settings unblock.", who, until.Unix()))), nil
}

// unblock lets a member be answered again.
func (d *Desk) unblock(ctx context.Context, u Use) (Reply, error) {
	who := u.Texts["member"]
	unblocked, err := d.changeList(ctx, u, "blocked-members", func(s library.Settings) (string, bool) {
		return strings.Join(without(s.Blocked, who), ","), slices.Contains(s.Blocked, who)
	})
	if err != nil {
		return Reply{}, err
	}
	unmuted, err := d.changeList(ctx, u, "muted-members", func(s library.Settings) (string, bool) {
		return mutes(d.othersMuted(s, who)), slices.ContainsFunc(s.Muted, func(m library.Mute) bool { return m.Member == who })
	})
	if err != nil {
		return Reply{}, err
	}
	if !unblocked && !unmuted {
		return Message(sentenceOf(fmt.Sprintf("<@%s> is not blocked.", who))), nil
	}
	return Message(sentenceOf(fmt.Sprintf("<@%s> is answered again.", who))), nil
}

// without returns the others of a list.
func without(ids []string, who string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == who })
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
