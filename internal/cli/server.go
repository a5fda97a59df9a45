package cli

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"verbatim/internal/article"
	"verbatim/internal/discord"
	"verbatim/internal/discord/desk"
	"verbatim/internal/discord/logbook"
	"verbatim/internal/jobs"
	"verbatim/internal/keyring"
	"verbatim/internal/lease"
	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
	"verbatim/internal/library/suggest"
	"verbatim/internal/safety"
	"verbatim/internal/search"
	"verbatim/internal/store"
	"verbatim/internal/telemetry"
	"verbatim/knowledge"
)

// server is everything that serve runs.
type server struct {
	log      *slog.Logger
	now      func() time.Time
	store    *store.Store
	shelves  *shelf.Shelves
	bot      *discord.Bot
	runners  []*jobs.Runner
	book     *logbook.Book
	ring     *keyring.Ring
	metrics  *telemetry.Metrics
	exporter *telemetry.Server // nil when nobody asked for metrics
}

// newServer wires the parts. Nothing runs yet.
func (p *Program) newServer(ctx context.Context, token string, articles []string) (*server, error) {
	settings, err := p.serverSettings()
	if err != nil {
		return nil, err
	}
	known, err := p.knowledge(ctx, articles)
	if err != nil {
		return nil, err
	}
	metrics := telemetry.New(p.Version)
	s := &server{log: p.log(), now: p.Now, metrics: metrics}
	if s.store, err = p.openStoreFor(ctx, s.log, metrics.StoreFailed); err != nil {
		return nil, err
	}
	if err := p.wire(ctx, s, settings, known, token); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// wire connects the parts over an open store.
func (p *Program) wire(ctx context.Context, s *server, set serverSettings, known known, token string) error {
	var err error
	if s.ring, err = p.ringFor(ctx, s.store); err != nil {
		return err
	}
	s.freeDead(ctx)
	s.keepTexts(ctx, known.shipped)
	questions, err := suggest.Questions(knowledge.Questions(), known.shipped)
	if err != nil {
		return err
	}
	s.shelves, err = shelf.New(ctx, shelf.Config{
		Rules: known.rules, Synonyms: known.synonyms, Shipped: known.shipped, Source: boundedSource{s.store, lookTime},
		Archive: s.store, Bank: questionBank{s.store}, Questions: questions,
		Memory: set.memory, Now: p.Now, Log: s.log, Observe: seenByShelves{s.metrics, s.changed},
	})
	if err != nil {
		return err
	}
	holder := holderName()
	if err := p.wireBot(s, set, known, questions, token, holder); err != nil || set.metrics == "" { //nolint:contextcheck // the bot's handlers live as long as Run, not as this call
		return err
	}
	if s.exporter, err = telemetry.Listen(ctx, set.metrics, s.metrics, s.healthy, s.log); err != nil {
		return fmt.Errorf("%w: %s: %w", article.ErrUnavailable, envMetrics, err)
	}
	return nil
}

// wireBot makes the bot, what works beside it, and who does long work for them.
func (p *Program) wireBot(s *server, set serverSettings, known known, questions []library.BankQuestion, token, holder string) error {
	cfg := p.botConfig(s, set, token, holder)
	client, err := discord.NewClient(cfg)
	if err != nil {
		return err
	}
	work := newBench(s.store, s.shelves, known, questions, p.Now, s.log)
	s.book = logbook.New(logbook.Config{
		Trail: s.store, Marks: s.store, Poster: client, Reviews: work, Line: desk.Line, Settings: s.shelves.Settings,
		Guilds: s.shelves.LogGuilds, Held: s.holds, Now: p.Now, Log: s.log,
	})
	cfg.Client, cfg.Cards, cfg.Marks, cfg.Gaps, cfg.Counters = client, s.book, s.store, s.store, s.store
	cfg.Moderators = desk.New(desk.Config{
		Bench: work, Articles: work.Desk, Answers: s.store, Archives: newArchives(s.store), Jobs: deskJobs{s.store.Queue(), s.store}, Reader: s.shelves,
		Rules: known.rules, Content: set.content, Now: p.Now, Log: s.log,
	})
	if s.bot, err = discord.New(cfg, s.shelves); err != nil {
		return err
	}
	s.runners = p.runners(s, client, set.ttl, holder)
	return nil
}

// changed is told which guilds have changes. Until everything is wired there is nobody to
// tell: the log channel is looked at as a whole when it begins.
func (s *server) changed(guild string) {
	if s.book != nil {
		s.book.Changed(guild)
	}
}

// holds reports whether this process holds the shard of a guild.
func (s *server) holds(guild string) bool { return s.bot.Holds(guild) }

// botConfig connects the bot to everything else.
func (p *Program) botConfig(s *server, set serverSettings, token, holder string) discord.Config {
	bot := p.discordConfig(token)
	bot.Logger, bot.Shards, bot.Content, bot.Timing.Claim = s.log, set.shards, set.content, claimEvery(set.ttl)
	bot.Leases = lease.NewKeeper(s.store, holder, set.ttl, s.log)
	bot.Ledger, bot.Guilds, bot.Members, bot.OptIns, bot.Trail = s.store, s.store, s.store, s.store, s.store
	bot.Reader, bot.Settings = s.shelves, s.shelves.Settings
	bot.Askers = func(guild, user string) []string { return s.ring.MACs(guild, user) }
	bot.Sealer, bot.NewID, bot.Now, bot.Observe = ringSealer{s.ring}, rand.Text, p.Now, seenByBot{s.metrics}
	return bot
}

// serverSettings is what the environment decides.
type serverSettings struct {
	memory  int64
	shards  int
	ttl     time.Duration
	metrics string // host:port, empty for nowhere
	content bool   // the application may read what is not said to it
}

func (p *Program) serverSettings() (set serverSettings, err error) {
	if set.memory, err = p.indexMemory(); err != nil {
		return set, err
	}
	if set.shards, err = p.shards(); err != nil {
		return set, err
	}
	if set.ttl, err = p.leaseTTL(); err != nil {
		return set, err
	}
	if set.content, err = p.messageContent(); err != nil {
		return set, err
	}
	set.metrics, err = p.metricsAddress()
	return set, err
}

// claimEvery looks for shards ten times in the life of a lease, so that those of a
// process that ended are held again soon after it.
func claimEvery(ttl time.Duration) time.Duration { return ttl / 10 }

// known is what comes with the program.
type known struct {
	rules    *safety.Rules
	synonyms search.Synonyms
	shipped  []*article.Article
}

// knowledge reads what comes with the program, or the articles at paths.
func (p *Program) knowledge(ctx context.Context, paths []string) (k known, err error) {
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		k.rules, err = p.openRules()
		return err
	})
	g.Go(func() (err error) {
		all, err := p.loadArticles(paths)
		k.shipped = articlesOf(all)
		return err
	})
	g.Go(func() (err error) {
		k.synonyms, err = search.ParseSynonyms(knowledge.Synonyms())
		return err
	})
	return k, g.Wait()
}

// leaving is how long everything may take to end, of the five seconds that are
// promised; the bot alone needs most of them when the database does not answer.
const leaving = 4600 * time.Millisecond

// run serves until ctx is done. Long work ends together with the bot, and what the
// bot's last answers need after it.
func (s *server) run(ctx context.Context) error {
	beside, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	g, beside := errgroup.WithContext(beside)
	// Should any of the others end, the bot ends with it.
	serving, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(beside, stop)()
	late := make(chan struct{})
	defer context.AfterFunc(serving, func() { time.AfterFunc(leaving, func() { close(late) }) })()
	wake, release := s.store.Wake()
	defer release()
	g.Go(func() error { return s.store.Listen(beside) })
	g.Go(func() error { return s.shelves.Follow(beside, wake) })
	for _, r := range s.runners {
		g.Go(func() error { return r.Run(serving) })
	}
	g.Go(func() error { return s.book.Run(serving) })
	g.Go(func() error { return s.rouse(serving) })
	g.Go(func() error { return s.followKey(beside) })
	g.Go(func() error {
		return jobs.Periodic(serving, s.store.Queue(), rand.Text, s.now, hostSchedules(), s.log)
	})
	if s.exporter != nil {
		s.log.Info("metrics are offered", "address", s.exporter.Addr())
		g.Go(func() error { return s.exporter.Serve(beside) })
	}
	s.log.Info("keeping what is posted and decided", "in", s.store.Describe())
	err := s.bot.Run(serving)
	stop()
	cancel()
	others := make(chan error, 1)
	go func() { others <- g.Wait() }()
	select {
	case other := <-others:
		if err == nil {
			err = other
		}
	case <-late:
		s.log.Warn("left without waiting any longer for the database")
	}
	return err
}

// rouse lets long work begin as soon as there may be some.
func (s *server) rouse(ctx context.Context) error {
	wake, release := s.store.Wake()
	defer release()
	for {
		select {
		case <-wake:
			for _, r := range s.runners {
				r.Wake()
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// healthy is what /healthz says.
func (s *server) healthy(ctx context.Context) error {
	head, err := s.store.Head(ctx)
	if err == nil {
		s.metrics.FeedHead(head)
	}
	return err
}

func (s *server) close() {
	if err := s.store.Close(); err != nil {
		s.log.Warn("the database was not closed well", "error", err)
	}
}

// keepTexts keeps the shipped texts, so that what is quoted from them today can be
// shown when the next version of the program ships others.
func (s *server) keepTexts(ctx context.Context, shipped []*article.Article) {
	for _, a := range shipped {
		err := s.store.KeepText(ctx, library.Shipped, library.Text{Revision: a.Revision, Canonical: a.Canonical})
		if err != nil {
			s.log.Warn("a shipped text could not be kept; what is quoted from it cannot be shown once it changes", "article", a.Slug, "error", err)
		}
	}
}

// holderName names this process among those that share the database.
func holderName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "host"
	}
	return fmt.Sprintf("%s-%d-%s", host, os.Getpid(), strings.ToLower(rand.Text()[:8]))
}
