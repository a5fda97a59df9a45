package logbook

import (
	"context"
	"errors"
	"net/http"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
)

// isClosed reports whether a channel cannot be written to, until somebody changes that.
func isClosed(err error) bool {
	refused, ok := errors.AsType[*api.Error](err)
	return ok && !errors.Is(err, article.ErrUnavailable) && (refused.Status != http.StatusBadRequest || refused.Code == codeNoText)
}

// codeNoText is what Discord says to a message in a channel that takes none.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
const codeNoText = 50008

// blocked is a channel that cannot be written to.
type blocked struct {
	channel string
	until   time.Time
}

func (b *Book) isBlocked(guild, channel string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := b.blocked[guild]
	return at.channel == channel && b.Now().Before(at.until)
}

// wrote takes note of how writing to a channel went: what went wrong is logged, of a
// channel that cannot be written to once, until it can.
func (b *Book) wrote(guild, channel string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	was := b.blocked[guild]
	switch {
	case err == nil:
		delete(b.blocked, guild)
		return
	case isClosed(err):
		b.blocked[guild] = blocked{channel, b.Now().Add(b.Rest)}
		if was.channel == channel {
			return
		}
	case errors.Is(err, context.Canceled):
		return
	}
	b.Log.Warn("the log channel could not be written to; trying again later", "guild", guild, "channel", channel, "error", err)
}
