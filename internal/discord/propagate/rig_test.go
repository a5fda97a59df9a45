package propagate_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/propagate"
	"verbatim/internal/discord/render"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rig is a guild with posted answers.
type rig struct {
	t *testing.T
	*discordtest.Server

	guild   *discordtest.Guild
	channel *discordtest.Channel
	eva     *discordtest.Member
	client  *api.Client
	ledger  *ledger
	shelves *shelves
	wrong   *corrections
	queue   *queue
	decided library.Settings
	adults  bool // the channel is for adults

	mu   sync.Mutex
	said []string
}

const (
	safe = "Tea is generally safe in amounts up to four cups."
	less = "Tea is generally safe in amounts up to three cups."
	how  = "How much of it"
)

func furnish(t *testing.T, way library.Propagation) *rig {
	t.Helper()
	s := discordtest.New(t)
	base, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	rest := api.New(base, s.Token(), api.Options{Request: 2 * time.Second})
	t.Cleanup(rest.Close)
	r := &rig{
		t: t, Server: s, guild: s.Guild("guild"), eva: s.Member("eva"), client: rest, ledger: &ledger{},
		shelves: &shelves{current: make(map[string]*article.Article), kept: make(map[article.Revision]*article.Article)},
		wrong:   &corrections{}, queue: &queue{}, decided: library.Settings{Propagation: way},
	}
	r.channel = r.guild.Channel("general")
	return r
}

// tea is the article, with what it says about how much of it is safe.
func (r *rig) tea(says string) *article.Article {
	r.t.Helper()
	return parse(r.t, "The safety of tea", "What it is", "Tea is a drink made of leaves. It is old.", how, "People ask. "+says+" Coffee is another matter.")
}

// propagator is one process's.
func (r *rig) propagator() *propagate.Propagator {
	r.t.Helper()
	words, err := locale.Load()
	if err != nil {
		r.t.Fatal(err)
	}
	return propagate.New(propagate.Config{
		Ledger: r.ledger, Reader: r.shelves, Corrections: r.wrong, Messages: r.client, Words: words,
		Settings: func(string) library.Settings { return r.decided },
		Buttons: func(_ string, p library.Posted, quoted bool) []render.Row {
			return []render.Row{{Buttons: []render.Button{{Label: fmt.Sprintf("of %s %v", p.ID, quoted), ID: "x"}}}}
		},
		Kind: func(context.Context, string, string) answer.Channel {
			if r.adults {
				return answer.AgeRestricted
			}
			return answer.General
		},
		Say: func(_ context.Context, _, text string) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.said = append(r.said, text)
		},
		Now: time.Now, PerSecond: 1e4,
	})
}

// post posts an answer that quotes some words, and records it.
func (r *rig) post(a *article.Article, words string, change func(p *library.Posted)) string {
	r.t.Helper()
	id := "answer-" + strconv.Itoa(len(r.ledger.posted))
	at := placeIn(r.t, a, words)
	p := library.Posted{
		ID: id, Channel: r.channel.ID, Question: "q" + id, Outcome: "answered", Tier: "none", Quoted: at, Hash: library.HashOf(words), Sure: 950, At: time.Now(),
	}
	if change != nil {
		change(&p)
	}
	message, err := r.client.Post(r.t.Context(), p.Channel, api.Message{Embeds: []render.Embed{{Title: "As it was", Description: words}}})
	if err != nil {
		r.t.Fatal(err)
	}
	p.Message = message
	r.ledger.posted = append(r.ledger.posted, p)
	return id
}

// runs enqueues a job and does it, in as many processes as it takes, and returns it.
func (r *rig) runs(args library.PropagateArgs) jobs.Job {
	r.t.Helper()
	r.enqueue(args)
	for range 20 {
		if j := r.turn(r.t.Context(), r.propagator()); !j.State.Alive() {
			return j
		}
	}
	r.t.Fatal("the job does not end")
	return jobs.Job{}
}

func (r *rig) enqueue(args library.PropagateArgs) {
	r.t.Helper()
	raw, err := json.Marshal(args)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, _, err := r.queue.Enqueue(r.t.Context(), r.guild.ID, jobs.Job{ID: "job", Kind: library.PropagateJob, Args: string(raw)}); err != nil {
		r.t.Fatal(err)
	}
}

// turn lets a process work on the job until it has ended or was put back.
func (r *rig) turn(ctx context.Context, p *propagate.Propagator) jobs.Job {
	r.t.Helper()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	runner := jobs.NewRunner(r.queue, "process", map[string]jobs.Handler{library.PropagateJob: p.Handle}, jobs.Options{
		Poll: 10 * time.Millisecond, Observe: func(j jobs.Job) {
			if j.State != jobs.Running {
				stop()
			}
		},
	})
	if err := runner.Run(ctx); err != nil {
		r.t.Fatal(err)
	}
	j, err := r.queue.Job(context.WithoutCancel(ctx), r.guild.ID, "job")
	if err != nil {
		r.t.Fatal(err)
	}
	return j
}

func (r *rig) article() library.PropagateArgs {
	return library.PropagateArgs{Article: "the-safety-of-tea"}
}

// record is the record of an answer.
func (r *rig) record(id string) library.Posted {
	r.t.Helper()
	p, err := r.ledger.PostedByID(r.t.Context(), r.guild.ID, id)
	if err != nil {
		r.t.Fatal(err)
	}
	return p
}

// reads returns what everybody reads in the place of an answer, "" when it is gone.
func (r *rig) reads(p library.Posted) string {
	seen, ok := r.See(r.eva, p.Message)
	if !ok {
		return ""
	}
	lines := []string{seen.Text()}
	for _, b := range seen.Buttons {
		lines = append(lines, "["+b.Label+"]")
	}
	return strings.Join(lines, "\n")
}

// edits counts the requests that changed messages.
func (r *rig) edits() int { return len(r.Requests("PATCH ")) + len(r.Requests("DELETE ")) }

// says expects the message of an answer to hold some texts, and not to hold those that
// begin with an exclamation mark.
func (r *rig) says(id string, texts ...string) {
	r.t.Helper()
	got := r.reads(r.record(id))
	for _, want := range texts {
		absent, none := strings.CutPrefix(want, "!")
		if strings.Contains(got, absent) == none {
			r.t.Errorf("%s: want %q:\n%s", id, want, got)
		}
	}
}

// shows expects what a record says of its message.
func (r *rig) shows(id string, want library.Standing) {
	r.t.Helper()
	if got := r.record(id).Shown; got != want {
		r.t.Errorf("%s: its message shows %q, want %q", id, got, want)
	}
}

func risky(p *library.Posted) { p.Tier = safety.TierSafety.String() }

// revised is a rig with one answer, whose article has changed since so that the words it
// quotes are gone.
func revised(t *testing.T, way library.Propagation) (r *rig, id string) {
	t.Helper()
	r = furnish(t, way)
	first := r.tea(safe)
	r.shelves.publish(first)
	id = r.post(first, safe, nil)
	r.shelves.publish(r.tea(less))
	return r, id
}
