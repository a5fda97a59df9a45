package propagate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

// How many records are read at once, and after how many, or how long, a checkpoint is
// written.
const (
	page       = 50
	stride     = 20
	checkpoint = 2 * time.Second
)

// run is the work on one job. It is not safe for concurrent use.
type run struct {
	*Propagator

	task  *jobs.Task
	guild string
	args  library.PropagateArgs
	at    cursor
	total int64
	saved time.Time

	settings library.Settings
	way      library.Propagation
	renderer *render.Renderer
	wrong    map[string][]library.Correction // by the answer's id, oldest first

	row   int    // messages at which Discord failed since the last one that it took
	doubt cursor // where the job stood before the first of them
}

// cursor is how far a job is, as it is stored.
type cursor struct {
	After       string `json:"after,omitempty"` // the last answer that was looked at and is still there
	Looked      int64  `json:"looked,omitempty"`
	Changed     int64  `json:"changed,omitempty"`
	Removed     int64  `json:"removed,omitempty"`
	Unreachable int64  `json:"unreachable,omitempty"`
	Doubts      int    `json:"doubts,omitempty"` // turns in a row that ended at messages at which Discord failed
}

// Handle does a job of kind [library.PropagateJob] or [library.PropagateOneJob]. While the
// database or Discord is out of reach it is article.ErrUnavailable, as a [jobs.Outage], and
// the job then goes on where it stands. Any other failure is told in the log channel.
func (p *Propagator) Handle(ctx context.Context, t *jobs.Task) (err error) {
	r := &run{Propagator: p, task: t, guild: t.Job().Guild, total: t.Job().Total, saved: p.Now()}
	ended := false
	defer func() {
		if !ended || err != nil && ctx.Err() == nil && !passing(err) {
			r.Say(ctx, r.guild, r.subject()+" could not all be brought in line. "+r.summary()+" Whoever runs the bot finds the reason in its log.")
		}
	}()
	err = jobs.Outage(r.handle(ctx))
	ended = true // but for a panic
	return err
}

// passing reports whether a job that ends its turn with err goes on, or was not to.
func passing(err error) bool {
	return errors.Is(err, article.ErrUnavailable) || errors.Is(err, jobs.ErrLost) || errors.Is(err, jobs.ErrCancelled)
}

func (r *run) handle(ctx context.Context) error {
	if err := json.Unmarshal([]byte(r.task.Job().Args), &r.args); err != nil {
		return fmt.Errorf("%w: the arguments of a propagation: %w", article.ErrInvalid, err)
	}
	if at := r.task.Job().Cursor; at != "" {
		if err := json.Unmarshal([]byte(at), &r.at); err != nil {
			return fmt.Errorf("%w: where a propagation stands: %w", article.ErrInvalid, err)
		}
	}
	if err := r.Reader.Settled(ctx, r.guild); err != nil {
		return fmt.Errorf("waiting for the articles: %w", err)
	}
	if err := r.walk(ctx); err != nil {
		if saving := r.save(ctx, ""); errors.Is(saving, jobs.ErrLost) || errors.Is(saving, jobs.ErrCancelled) {
			return saving
		}
		return err
	}
	if err := r.save(ctx, r.summary()); err != nil {
		return err
	}
	r.tell(ctx)
	return nil
}

// walk looks at all answers that the job is about.
func (r *run) walk(ctx context.Context) error {
	if err := r.count(ctx); err != nil {
		return err
	}
	for {
		answers, err := r.next(ctx)
		if err != nil {
			return err
		}
		if len(answers) == 0 {
			return r.settle()
		}
		if err := r.prepare(ctx); err != nil {
			return err
		}
		for _, a := range answers {
			if err := r.step(ctx, a); err != nil {
				return err
			}
		}
		if r.args.Answer != "" {
			return r.settle()
		}
	}
}

// next returns the answers that follow those that were looked at. When the last of
// those is gone by now it begins anew: what was done shows in the records.
func (r *run) next(ctx context.Context) ([]library.Posted, error) {
	if r.args.Answer != "" {
		p, err := r.Ledger.PostedByID(ctx, r.guild, r.args.Answer)
		if errors.Is(err, article.ErrNotFound) {
			return nil, nil
		}
		return []library.Posted{p}, wrapped(err)
	}
	answers, err := r.Ledger.Quoting(ctx, r.guild, r.args.Article, r.at.After, page)
	if errors.Is(err, article.ErrNotFound) && r.at.After != "" {
		r.at.After, r.at.Looked = "", r.at.Removed
		answers, err = r.Ledger.Quoting(ctx, r.guild, r.args.Article, "", page)
	}
	return answers, wrapped(err)
}

func wrapped(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("reading the posted answers: %w", err)
}

// count finds out how many answers there are, once.
func (r *run) count(ctx context.Context) error {
	if r.total > 0 || r.args.Answer != "" {
		r.total = max(r.total, 1)
		return nil
	}
	for after := ""; ; {
		answers, err := r.Ledger.Quoting(ctx, r.guild, r.args.Article, after, page)
		if errors.Is(err, article.ErrNotFound) || err == nil && len(answers) == 0 {
			return nil // of an answer that went meanwhile nobody needs to know
		}
		if err != nil {
			return wrapped(err)
		}
		r.total += int64(len(answers))
		after = answers[len(answers)-1].ID
	}
}

// prepare reads what the guild decided, for the next answers.
func (r *run) prepare(ctx context.Context) error {
	r.settings = r.Settings(r.guild)
	r.way = r.settings.Propagation
	r.renderer = render.New(r.Words.For(r.settings.Language))
	corrections, err := r.Corrections.List(ctx, r.guild)
	if err != nil {
		return fmt.Errorf("reading the corrections: %w", err)
	}
	r.wrong = make(map[string][]library.Correction)
	for _, c := range corrections {
		if c.Value.Answer != "" && c.Value.Kind != library.RightAnswer {
			r.wrong[c.Value.Answer] = append(r.wrong[c.Value.Answer], c.Value)
		}
	}
	return nil
}

// step looks at one answer.
func (r *run) step(ctx context.Context, p library.Posted) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	before := r.at
	came, err := r.one(ctx, p)
	if err != nil {
		return err
	}
	r.at.Looked++
	if came != gone {
		r.at.After = p.ID
	}
	if err := r.weigh(came, before); err != nil {
		return err
	}
	if r.at.Looked%stride == 0 || r.Now().Sub(r.saved) >= checkpoint {
		return r.save(ctx, "")
	}
	return nil
}

// save writes a checkpoint.
func (r *run) save(ctx context.Context, note string) error {
	at, err := json.Marshal(r.at)
	if err != nil {
		return fmt.Errorf("%w: where a propagation stands: %w", article.ErrInvalid, err)
	}
	r.saved = r.Now()
	return r.task.Checkpoint(ctx, jobs.Progress{Done: r.at.Looked, Total: max(r.total, r.at.Looked), Cursor: string(at), Note: note})
}
