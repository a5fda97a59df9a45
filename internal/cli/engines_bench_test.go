package cli

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// TestMain ends the database server that a test may start, which waits for the disk
// as one in service does.
func TestMain(m *testing.M) { os.Exit(storetest.Run(m, storetest.Fsync())) }

// BenchmarkEngines measures what a host feels, over both engines in one run.
func BenchmarkEngines(b *testing.B) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			b.Run("publish to answerable", func(b *testing.B) { publishToAnswerable(b, url(b)) })
			b.Run("posted answer", func(b *testing.B) { postAnswers(b, url(b)) })
			b.Run("catch up 10000 changes", func(b *testing.B) { catchUp(b, url(b)) })
			b.Run("start with 1000 guilds", func(b *testing.B) { startWithGuilds(b, url(b)) })
		})
	}
}

func benchStore(b *testing.B, url string) *store.Store {
	b.Helper()
	s, err := store.Open(b.Context(), store.Config{URL: url, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	return s
}

// benchShelves opens shelves over a store, with the articles that ship.
func benchShelves(b *testing.B, s shelf.Source) *shelf.Shelves {
	b.Helper()
	p := &Program{Getenv: func(string) string { return "" }, Now: time.Now, Err: b.Output()}
	k, err := p.knowledge(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	shelves, err := shelf.New(b.Context(), shelf.Config{Rules: k.rules, Synonyms: k.synonyms, Shipped: k.shipped, Source: s, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	return shelves
}

// follow lets shelves follow the feed until the benchmark ends.
func follow(b *testing.B, s *store.Store, shelves *shelf.Shelves) {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	wake, release := s.Wake()
	ended := make(chan error, 1)
	go func() { ended <- shelves.Follow(ctx, wake) }()
	b.Cleanup(func() {
		cancel()
		release()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	})
}

// benchRevision is a revision of a guild's own small article.
func benchRevision(b *testing.B, n int) library.Revision {
	b.Helper()
	src := fmt.Sprintf("---\ntitle: Garden ponds\nauthor: Sam Roe\nupdated: 2021-05-06\n---\n\nA garden pond needs shade. The pond's keeper is called Greta%d.\n", n)
	a, err := article.Parse([]byte(src), article.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return library.Revision{
		Article: a.Slug, Hash: library.HashOf(a.Source), Revision: a.Revision, Source: a.Source, Canonical: a.Canonical, Title: a.Meta.Title,
	}
}

const benchGuild = "123456789012345678"

// publishToAnswerable is the time from the call that publishes until a question is
// answered from it.
func publishToAnswerable(b *testing.B, url string) {
	b.Helper()
	s := benchStore(b, url)
	shelves := benchShelves(b, s)
	follow(b, s, shelves)
	base := ""
	for n := 0; b.Loop(); n++ {
		r := benchRevision(b, n)
		if _, err := s.Publish(b.Context(), benchGuild, r, base, library.Act{Actor: library.Host}); err != nil {
			b.Fatal(err)
		}
		base = r.Hash
		for mark := fmt.Sprintf("Greta%d.", n); ; runtime.Gosched() {
			found, err := shelves.Ask(b.Context(), benchGuild, answer.Question{Text: "what is the keeper of the garden pond called?"})
			if err != nil {
				b.Fatal(err)
			}
			if found.Quote != nil && strings.Contains(found.Quote.Text, mark) {
				break
			}
		}
	}
}

// postAnswers records answers one after the other, under a lease as the bot does.
func postAnswers(b *testing.B, url string) {
	b.Helper()
	s := benchStore(b, url)
	under, err := s.Acquire(b.Context(), "shard/1", "bench", time.Hour)
	if err != nil {
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		p := library.Posted{
			ID: fmt.Sprint("answer", n), Channel: benchGuild, Question: fmt.Sprint("question", n), Outcome: "answered", Tier: "none",
			Quoted: library.Place{Article: "garden-ponds", Revision: "r", Start: 1, End: 90}, Hash: library.HashOf("x"), Asker: "k:mac",
			At: time.Now(), Expires: time.Now().AddDate(1, 0, 0),
		}
		if err := s.Post(b.Context(), benchGuild, p, under); err != nil {
			b.Fatal(err)
		}
	}
}

// catchUp is the time in which a follower that was away reads 10,000 changes and
// knows them all.
func catchUp(b *testing.B, url string) {
	b.Helper()
	const changes = 10_000
	s := benchStore(b, url)
	for n := range changes {
		guild := fmt.Sprintf("1234567890123%05d", n%1000)
		if err := s.SetSetting(b.Context(), guild, "stale-days", fmt.Sprint(1+n/1000), library.Act{Actor: library.Host}); err != nil {
			b.Fatal(err)
		}
	}
	head, err := s.Head(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		shelves := benchShelves(b, &away{Store: s})
		ctx, cancel := context.WithCancel(b.Context())
		ended := make(chan error, 1)
		b.StartTimer()
		go func() { ended <- shelves.Follow(ctx, nil) }()
		if err := shelves.Wait(b.Context(), benchGuild, head); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		cancel()
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// away is a store as one sees it who was there before the first change.
type away struct {
	*store.Store
	looked bool
}

// Head implements shelf.Source.
func (a *away) Head(ctx context.Context) (int64, error) {
	if !a.looked {
		a.looked = true
		return 0, nil
	}
	return a.Store.Head(ctx)
}

// startWithGuilds is the time to open the database and the shelves when a thousand
// guilds have settings and articles of their own.
func startWithGuilds(b *testing.B, url string) {
	b.Helper()
	s := benchStore(b, url)
	for n := range 1000 {
		guild := fmt.Sprintf("1234567890123%05d", n)
		if err := s.SetSetting(b.Context(), guild, "stale-days", "90", library.Act{Actor: library.Host}); err != nil {
			b.Fatal(err)
		}
		if _, err := s.Publish(b.Context(), guild, benchRevision(b, n), "", library.Act{Actor: library.Host}); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		other, err := store.Open(b.Context(), store.Config{URL: url, Now: time.Now})
		if err != nil {
			b.Fatal(err)
		}
		benchShelves(b, other)
		if err := other.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
