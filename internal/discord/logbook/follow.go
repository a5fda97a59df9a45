package logbook

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/library"
)

const (
	parallel = 4    // guilds that are looked at at once
	batch    = 10   // entries in one message at most
	room     = 3900 // characters in one message, below what an embed's text may have
	turn     = 20   // messages to one guild until others have their turn
	markName = "log"
)

// Changed says that something in a guild's trail or settings may have changed. It
// returns at once.
func (b *Book) Changed(guild string) {
	b.mu.Lock()
	b.pending[guild] = true
	b.mu.Unlock()
	b.wake()
}

func (b *Book) wake() {
	select {
	case b.nudge <- struct{}{}:
	default: // it is awake
	}
}

// Run posts what there is to post until ctx ends, and returns nil then.
func (b *Book) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() { b.writeNotes(ctx) })
	slots := make(chan struct{}, parallel)
	sweep := time.NewTicker(b.Every)
	defer sweep.Stop()
	b.sweep()
	for {
		for _, guild := range b.take() {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return nil
			}
			wg.Go(func() {
				defer func() { <-slots }()
				defer b.done(guild)
				b.follow(ctx, guild)
			})
		}
		select {
		case <-ctx.Done():
			return nil
		case <-b.nudge:
		case <-sweep.C:
			b.sweep()
		}
	}
}

// sweep has all guilds looked at, should nobody have said that one changed.
func (b *Book) sweep() {
	guilds := b.Guilds()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, guild := range guilds {
		b.pending[guild] = true
	}
}

// take returns the guilds that nobody looks at yet.
func (b *Book) take() (guilds []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for guild := range b.pending {
		if !b.busy[guild] {
			guilds = append(guilds, guild)
			b.busy[guild] = true
			delete(b.pending, guild)
		}
	}
	return guilds
}

func (b *Book) done(guild string) {
	b.mu.Lock()
	delete(b.busy, guild)
	again := b.pending[guild]
	b.mu.Unlock()
	if again {
		b.wake()
	}
}

// follow posts what was added to a guild's trail since the last time.
func (b *Book) follow(ctx context.Context, guild string) {
	if !b.Held(guild) {
		return
	}
	channel := b.Settings(guild).LogChannel
	if channel == "" {
		b.wrote(guild, "", b.unmark(ctx, guild))
		return
	}
	if b.isBlocked(guild, channel) {
		return
	}
	for range turn {
		more, err := b.next(ctx, guild, channel)
		b.wrote(guild, channel, err)
		if err != nil || !more || ctx.Err() != nil {
			return
		}
	}
	b.Changed(guild)
}

// unmark forgets how much was posted, so that a guild that wants a log again some day
// gets no more than what is new then.
func (b *Book) unmark(ctx context.Context, guild string) error {
	at, err := b.Marks.Mark(ctx, guild, markName)
	if err != nil || at == "" {
		return err
	}
	return b.Marks.SetMark(ctx, guild, markName, "")
}

// mark is how far a guild's trail was posted: up to the entry numbered done, and when
// until is not 0 perhaps up to that one. It is kept before a message is sent, as until
// decides which message it is: Discord takes it for the same one if it was sent already.
type mark struct{ done, until int64 }

func (m mark) String() string {
	if m.until == 0 {
		return strconv.FormatInt(m.done, 10)
	}
	return fmt.Sprintf("%d-%d", m.done, m.until)
}

// parseMark is false for what is none.
func parseMark(text string) (m mark, ok bool) {
	done, until, under := strings.Cut(text, "-")
	var err error
	if m.done, err = strconv.ParseInt(done, 10, 64); err != nil {
		return mark{}, false
	}
	if under {
		m.until, err = strconv.ParseInt(until, 10, 64)
	}
	return m, err == nil && (!under || m.until > m.done)
}

// next posts one message of a guild's trail, and reports whether there may be more.
func (b *Book) next(ctx context.Context, guild, channel string) (more bool, err error) {
	text, err := b.Marks.Mark(ctx, guild, markName)
	if err != nil {
		return false, fmt.Errorf("reading how much was posted: %w", err)
	}
	at, ok := parseMark(text)
	if !ok {
		return false, b.begin(ctx, guild)
	}
	limit := batch
	if at.until > 0 {
		limit = int(min(at.until-at.done, batch))
	}
	entries, err := b.Trail.Audit(ctx, guild, at.done, limit)
	if err != nil {
		return false, fmt.Errorf("reading the audit trail: %w", err)
	}
	if len(entries) == 0 {
		return false, nil
	}
	lines := b.lines(entries)
	if at.until == 0 {
		at.until = entries[len(lines)-1].N
		err := b.Marks.SwapMark(ctx, guild, markName, text, at.String())
		if errors.Is(err, article.ErrConflict) {
			return false, nil // another process, which held the shard before or holds it now, posts it
		}
		if err != nil {
			return false, fmt.Errorf("keeping how much is posted: %w", err)
		}
	}
	if err := b.postLines(ctx, guild, channel, at, lines); err != nil {
		return false, err
	}
	return true, b.setMark(ctx, guild, mark{done: at.until})
}

// begin starts at the end of the trail.
func (b *Book) begin(ctx context.Context, guild string) error {
	last, err := b.Trail.LastEntry(ctx, guild)
	if err != nil {
		return fmt.Errorf("reading the audit trail: %w", err)
	}
	return b.setMark(ctx, guild, mark{done: last.N})
}

func (b *Book) setMark(ctx context.Context, guild string, at mark) error {
	if err := b.Marks.SetMark(ctx, guild, markName, at.String()); err != nil {
		return fmt.Errorf("keeping how much was posted: %w", err)
	}
	return nil
}

// lines puts entries into words, as many as fit into one message and at least one.
func (b *Book) lines(entries []library.Entry) (lines []string) {
	used := 0
	for _, e := range entries {
		line := b.Line(e)
		if utf8.RuneCountInString(line) > room {
			line = unlisted(e.N, e.N)
		}
		if used += utf8.RuneCountInString(line) + 1; used > room && len(lines) > 0 {
			break
		}
		lines = append(lines, line)
	}
	return lines
}

// unlisted stands for entries that cannot be shown.
func unlisted(from, to int64) string {
	if from == to {
		return fmt.Sprintf("**%d** · This change is too long to be shown here. See /kb audit.", from)
	}
	return fmt.Sprintf("**%d** to **%d** · These changes could not be shown here. See /kb audit.", from, to)
}

// postLines posts entries. Should Discord not take them for what they say, their
// numbers are posted instead, or the log would end there.
func (b *Book) postLines(ctx context.Context, guild, channel string, at mark, lines []string) error {
	once := guild + "/" + at.String()
	err := b.post(ctx, channel, "", strings.Join(lines, "\n"), once)
	if refused, ok := errors.AsType[*api.Error](err); ok && refused.Status == http.StatusBadRequest && !isClosed(err) {
		b.Log.Warn("Discord does not take entries of the audit trail", "guild", guild, "entries", at.String(), "error", err)
		return b.post(ctx, channel, "", unlisted(at.done+1, at.until), once+"/numbers")
	}
	return err
}
