package discord

import (
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// glass is a Sealer that hides nothing and keeps the purposes apart.
type glass struct{}

func (glass) Seal(purpose string, payload []byte) (string, error) {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s\x00%s", purpose, payload)), nil
}

func (glass) Open(purpose, sealed string) ([]byte, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	mark, payload, ok := strings.Cut(string(raw), "\x00")
	return []byte(payload), err == nil && ok && mark == purpose
}

// TestTokens seals and opens any token, in its own guild and in another one.
func TestTokens(t *testing.T) {
	t.Parallel()
	b := &Bot{sealer: glass{}}
	rapid.Check(t, func(t *rapid.T) {
		made := token{action(rapid.Byte().Draw(t, "action")), rapid.StringN(0, -1, maxOn).Draw(t, "on"), rapid.IntRange(0, 1<<16-1).Draw(t, "page")}
		id, err := b.sealToken("guild", made)
		if err != nil {
			t.Fatal(err)
		}
		if read, ok := b.openToken("guild", id); !ok || read != made {
			t.Fatalf("sealed %+v, opened %+v, %v", made, read, ok)
		}
		if read, ok := b.openToken("other", id); ok {
			t.Fatalf("opened %+v in another guild", read)
		}
	})
	if id, err := b.sealToken("guild", token{actHelpful, strings.Repeat("x", maxOn+1), 0}); err == nil {
		t.Errorf("a token that is too long became %q", id)
	}
	if read, ok := b.openToken("guild", mustSeal(t, b, token{actMore, "", 1 << 20})); !ok || read.page != 1<<16-1 {
		t.Errorf("a page that is too large became %d", read.page)
	}
}

func mustSeal(t testing.TB, b *Bot, made token) string {
	t.Helper()
	id, err := b.sealToken("guild", made)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestKeys(t *testing.T) {
	t.Parallel()
	keys := keysOf("one", "two")
	if !hasKey(keys, "one") || !hasKey(keys, "two") || hasKey(keys, "three") || hasKey("", "one") || hasKey(keys[1:], "one") {
		t.Error("the wrong keys are found")
	}
	if keyAt(keys, 1) != keyOf("two") || keyAt(keys, 2) != "" || keyAt("short", 0) != "" {
		t.Error("the wrong keys are at their places")
	}
}

// stall is a Reader, a Ledger and whatever else a bot needs, with one article and one
// record.
type stall struct {
	a      *article.Article
	posted library.Posted
}

func (s *stall) Articles(context.Context, string) ([]*article.Article, error) {
	return []*article.Article{s.a}, nil
}

func (s *stall) Recall(_ context.Context, _ string, p library.Place) (library.Recalled, error) {
	span := article.Span{Revision: p.Revision, Range: article.Range{Start: p.Start, End: p.End}}
	text, err := s.a.Text(span)
	if err != nil {
		return library.Recalled{}, fmt.Errorf("%w: %w", article.ErrNotFound, err)
	}
	return library.Recalled{Quote: answer.Quote{Text: text, Article: s.a.Slug, Title: s.a.Meta.Title, Span: span}, Around: span.Range, Article: s.a, Standing: library.Current}, nil
}

func (s *stall) Reading(string, answer.Channel, *article.Article, string) answer.Reason {
	return ""
}

func (s *stall) CardsFor(string, func(string) bool) (answer.Answer, bool) {
	return answer.Answer{Outcome: answer.CardOnly, Tier: safety.TierCrisis, Cards: []safety.Card{{Title: "A card", Action: "Call."}}}, true
}

func (s *stall) Disclaimer(string) safety.Card { return safety.Card{Title: "A disclaimer"} }

func (s *stall) Suggest(context.Context, string, answer.Channel, string, int) ([]string, error) {
	return nil, nil
}

func (s *stall) PostedByID(_ context.Context, _, id string) (library.Posted, error) {
	if id != s.posted.ID {
		return library.Posted{}, article.ErrNotFound
	}
	return s.posted, nil
}

// Screen and Ask are never called by a component.
func (s *stall) Screen(string, answer.Question) (answer.Answer, bool) { return answer.Answer{}, false }

func (s *stall) Ask(context.Context, string, answer.Question) (answer.Answer, error) {
	return answer.Answer{}, nil
}

// book is a Ledger that keeps nothing.
type book struct {
	Ledger
	*stall
}

func (b book) PostedByID(ctx context.Context, guild, id string) (library.Posted, error) {
	return b.stall.PostedByID(ctx, guild, id)
}

func (book) Forget(context.Context, string, string) error { return nil }

func (book) Vote(context.Context, string, string, string, library.Verdict, string) error { return nil }

// newStall makes a bot that sends to a server which takes everything and counts callbacks.
func newStall(t testing.TB) (*Bot, *stall, *atomic.Int64) {
	t.Helper()
	a, err := article.Parse([]byte("---\ntitle: Tea\nauthor: Jo\nauthor_bio: A grower.\nupdated: 2020-01-01\n---\n\nTea is a drink.\n\n## More\n\nIt is hot.\n"), article.Options{File: "tea"})
	if err != nil {
		t.Fatal(err)
	}
	a.Slug = "tea"
	s := &stall{a: a, posted: library.Posted{ID: "a-record", Message: "7", Tier: "none", Asker: "me", Quoted: library.Place{Article: "tea", Revision: a.Revision, End: 15}}}
	s.posted.Others = []library.Place{s.posted.Quoted, s.posted.Quoted, s.posted.Quoted, s.posted.Quoted, {Article: "gone"}}
	var callbacks atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/callback") {
			callbacks.Add(1)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"resource":{"message":{"id":"8"}}}`))
	}))
	t.Cleanup(server.Close)
	b, err := New(Config{
		Token: "a.b.c", API: server.URL, Sealer: glass{}, Reader: s, Ledger: book{stall: s}, Logger: slog.New(slog.DiscardHandler),
		Askers: func(string, string) []string { return []string{"me"} }, Limits: memory.Limits{Member: memory.Rate{Burst: 1 << 30, Every: 1}, Guild: memory.Rate{Burst: 1 << 30, Every: 1}},
	}, s)
	if err != nil {
		t.Fatal(err)
	}
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	b.rest = api.New(base, "a.b.c", api.Options{Request: time.Second})
	t.Cleanup(b.rest.Close)
	b.channels.put()
	return b, s, &callbacks
}

// FuzzPress uses components and forms with arbitrary ids and values, sealed and not:
// nothing panics, and there is exactly one callback each time.
func FuzzPress(f *testing.F) {
	b, _, callbacks := newStall(f)
	sh := &shard{}
	for act := range 256 {
		f.Add(byte(act), "a-record", 0, "", uint8(0), true)
	}
	for _, act := range []action{actMore, actPage, actContents, actArticles, actCiteAs, actHeading, actCiteArticle} {
		for _, on := range []string{"a-record", keysOf("tea"), keysOf("tea", "More"), "", "\xff"} {
			f.Add(byte(act), on, 3, "1", uint8(1), true)
			f.Add(byte(act), on, 1<<16-1, "-1", uint8(2), true)
			f.Add(byte(act), on, -1, keyOf("tea")+"zz", uint8(3), true)
		}
	}
	f.Add(byte('x'), "@everyone", 0, "", uint8(0), false)
	f.Fuzz(func(t *testing.T, act byte, on string, page int, value string, how uint8, sealed bool) {
		id := on
		if sealed {
			var err error
			if id, err = b.sealToken("guild", token{action(act), on, page}); err != nil {
				t.Skip("no token is so long")
			}
		}
		i := &interactionEvent{ID: "1", Token: "t", Kind: kindComponent, Guild: "guild", Channel: "3", Member: &memberEvent{User: &userEvent{ID: "4"}}, Data: interactionData{CustomID: id}}
		if how&1 != 0 {
			i.Data.Values = []string{value}
		}
		if how&2 != 0 {
			i.Kind, i.Data.Components = kindModal, []inputEvent{{CustomID: inputReason, Value: value}}
		}
		if how&4 == 0 {
			i.Message = &messageEvent{ID: "7"}
		}
		if how&8 != 0 && i.Message != nil {
			i.Message.Flags = flagEphemeral
		}
		before := callbacks.Load()
		b.newVisit(sh, i).attend(t.Context(), b.press)
		if n := callbacks.Load() - before; n != 1 {
			t.Errorf("%d callbacks", n)
		}
	})
}
