package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

const (
	ferryGuild = "100000000000000001"
	ferryMod   = "200000000000000001"
	ferryID    = "AAAAAAAAAAAAAAAAAAAAAAAAA1" // of a posted answer
	ferryText  = "The ferry sails at nine. It does not sail in a gale."
)

// The workbench is what the screens are written for.
var _ Bench = (*bench.Bench)(nil)

func ferryTime() time.Time { return time.Date(2026, 6, 7, 8, 9, 10, 0, time.UTC) }

// ferryWorld is the bench and the ledger of a server with one posted answer. It keeps
// what is done to it. The types below are the other ports over it.
type ferryWorld struct {
	Bench // what is not implemented panics

	posted   map[string]library.Posted
	texts    map[int]library.Recalled // by where the place begins
	found    []bench.ExplainedPassage
	fixed    []bench.Corrected
	tested   []bench.Tested
	missed   []bench.Gap
	numbers  bench.Stats
	because  bench.Explanation
	trail    []library.Entry
	broken   error // of the trail
	work     []jobs.Job
	noted    map[string][]byte
	repairs  []bench.Repair
	pointed  []string
	goldens  []library.Golden
	dropped  []string
	undone   []string
	searched []string
	asked    []answer.Question
	refuse   error // of whatever would change something
}

type (
	ferryArticles struct {
		Articles

		world *ferryWorld
	}
	ferryReader struct {
		Reader

		world *ferryWorld
	}
	ferryJobs struct{ world *ferryWorld }
)

func newFerryWorld() *ferryWorld {
	at := func(start int) library.Place {
		return library.Place{Article: "ferries", Revision: "r1", Start: start, End: start + 10}
	}
	recalled := func(section, text string, standing library.Standing) library.Recalled {
		return library.Recalled{Quote: answer.Quote{
			Text: text, Article: "ferries", Title: "The island ferry", Section: section, Updated: article.Date{Year: 2025, Month: time.March, Day: 4},
		}, Standing: standing}
	}
	return &ferryWorld{
		posted: map[string]library.Posted{ferryID: {
			ID: ferryID, Message: "300000000000000001", Outcome: "answered", Tier: "safety", Quoted: at(0), Others: []library.Place{at(100), at(200)},
			Sure: 714, At: ferryTime(),
		}},
		texts: map[int]library.Recalled{
			0: recalled("Sailing", ferryText, library.Current), 100: recalled("Tickets", "A ticket costs *four* shillings.", library.Current),
			200: recalled("Bicycles", "Bicycles travel free.", library.Revised),
		},
		found: []bench.ExplainedPassage{
			{Title: "The island ferry", Section: "Tickets", Place: at(100), Excerpt: "A ticket costs *four* shillings."},
			{Title: "The island ferry", Section: "Storms", Place: at(300), Excerpt: "In a gale the ferry stays in port."},
		},
		noted: map[string][]byte{},
	}
}

func (w *ferryWorld) desk() *Desk {
	return New(Config{
		Bench: w, Answers: w, Articles: ferryArticles{world: w}, Reader: ferryReader{world: w}, Jobs: ferryJobs{w}, Now: ferryTime,
	})
}

func (w *ferryWorld) PostedByMessage(_ context.Context, _, message string) (library.Posted, error) {
	for _, p := range w.posted {
		if p.Message == message {
			return p, nil
		}
	}
	return library.Posted{}, fmt.Errorf("%w: message %s", article.ErrNotFound, message)
}

func (w *ferryWorld) PostedByID(_ context.Context, _, id string) (library.Posted, error) {
	if p, found := w.posted[id]; found {
		return p, nil
	}
	return library.Posted{}, fmt.Errorf("%w: answer %s", article.ErrNotFound, id)
}

func (f ferryReader) Recall(_ context.Context, _ string, p library.Place) (library.Recalled, error) {
	if r, found := f.world.texts[p.Start]; found {
		return r, nil
	}
	return library.Recalled{}, article.ErrNotFound
}

func (ferryReader) Articles(context.Context, string) ([]*article.Article, error) {
	return []*article.Article{{Slug: "ferries", Meta: article.Meta{Title: "The island ferry"}}}, nil
}

func (w *ferryWorld) Search(_ context.Context, _, text string, limit int) ([]bench.ExplainedPassage, error) {
	w.searched = append(w.searched, text)
	return w.found[:min(limit, len(w.found))], nil
}

func (w *ferryWorld) Correct(_ context.Context, _ string, r bench.Repair, act library.Act) (bench.Repaired, error) {
	if w.refuse != nil {
		return bench.Repaired{}, w.refuse
	}
	w.repairs = append(w.repairs, r)
	c := library.Correction{Answer: r.Answer, Kind: r.Kind, Right: r.Right, By: act.Actor, At: ferryTime()}
	done := bench.Repaired{Correction: fmt.Sprintf("fix%d", len(w.fixed)+1)}
	if r.Kind != library.RightAnswer {
		done.Job = "job1"
	}
	if r.Question != "" && r.Kind != library.RemoveAnswer {
		done.Golden = "gold1"
		if r.Kind == library.WrongPassage || r.Kind == library.NoAnswer {
			done.Preference = "pref1"
		}
	}
	w.fixed = slices.Insert(w.fixed, 0, bench.Corrected{ID: done.Correction, Correction: c, Question: r.Question})
	return done, nil
}

func (w *ferryWorld) Point(_ context.Context, _, question string, right library.Place, _ library.Act) (bench.Repaired, error) {
	if w.refuse != nil {
		return bench.Repaired{}, w.refuse
	}
	w.pointed = append(w.pointed, fmt.Sprintf("%s at %d", question, right.Start))
	return bench.Repaired{Correction: "fix1", Golden: "gold1", Preference: "pref1"}, nil
}

func (w *ferryWorld) Corrections(context.Context, string) ([]bench.Corrected, error) {
	return w.fixed, nil
}

func (w *ferryWorld) Undo(_ context.Context, _, id string, _ library.Act) error {
	w.undone = append(w.undone, id)
	return w.refuse
}

func (w *ferryWorld) Note(_ context.Context, _ string, value []byte) (string, error) {
	name := fmt.Sprintf("note%028d", len(w.noted))
	w.noted[name] = value
	return name, nil
}

func (w *ferryWorld) Noted(_ context.Context, _, name string) ([]byte, error) {
	if value, found := w.noted[name]; found {
		return value, nil
	}
	return nil, fmt.Errorf("%w: this dialog is too old to go on with; begin again", article.ErrNotFound)
}

func (w *ferryWorld) Test(context.Context, string) ([]bench.Tested, error) { return w.tested, nil }

func (w *ferryWorld) AddGolden(_ context.Context, _ string, g library.Golden, _ library.Act) (string, error) {
	if w.refuse != nil {
		return "", w.refuse
	}
	w.goldens = append(w.goldens, g)
	return "gold1", nil
}

func (w *ferryWorld) DropGolden(_ context.Context, _, id string, _ library.Act) error {
	w.dropped = append(w.dropped, id)
	return w.refuse
}

func (w *ferryWorld) Why(_ context.Context, _ string, q answer.Question) (bench.Explanation, error) {
	w.asked = append(w.asked, q)
	return w.because, nil
}

func (w *ferryWorld) Gaps(context.Context, string) ([]bench.Gap, error) { return w.missed, nil }

func (w *ferryWorld) Dismiss(_ context.Context, _ string, ids []string, _ library.Act) error {
	w.missed = slices.DeleteFunc(w.missed, func(g bench.Gap) bool { return slices.Equal(g.IDs, ids) })
	return nil
}

func (w *ferryWorld) Stats(context.Context, string, int) (bench.Stats, error) { return w.numbers, nil }

func (f ferryArticles) Trail(_ context.Context, _ string, after int64, limit int) ([]library.Entry, error) {
	rest := f.world.trail[min(int(after), len(f.world.trail)):]
	return slices.Clone(rest[:min(limit, len(rest))]), nil
}

func (f ferryArticles) LastEntry(context.Context, string) (library.Entry, error) {
	if all := f.world.trail; len(all) > 0 {
		return all[len(all)-1], nil
	}
	return library.Entry{}, nil
}

func (f ferryArticles) VerifyTrail(ctx context.Context, guild string) (library.Entry, error) {
	last, _ := f.LastEntry(ctx, guild)
	return last, f.world.broken
}

func (f ferryJobs) Jobs(context.Context, string) ([]jobs.Job, error) {
	return slices.Clone(f.world.work), nil
}

func (f ferryJobs) Job(_ context.Context, _, id string) (jobs.Job, error) {
	i := slices.IndexFunc(f.world.work, func(j jobs.Job) bool { return j.ID == id })
	if i < 0 {
		return jobs.Job{}, fmt.Errorf("%w: this work is not there any more", article.ErrNotFound)
	}
	return f.world.work[i], nil
}

func (f ferryJobs) Cancel(ctx context.Context, guild, id string, _ library.Act) error {
	j, err := f.Job(ctx, guild, id)
	if err != nil {
		return err
	}
	i := slices.Index(f.world.work, j)
	f.world.work[i].Cancelling = true
	return nil
}

// dialog uses a desk as a moderator does: by commands, by the labels of buttons, by
// entries of menus and by forms.
type dialog struct {
	t        *testing.T
	desk     *Desk
	settings library.Settings
	reply    Reply
	sealed   map[string]Use
}

func (w *ferryWorld) dialog(t *testing.T) *dialog {
	t.Helper()
	return &dialog{t: t, desk: w.desk(), settings: library.Settings{Propagation: library.PropagateMark, RetentionDays: 365}, sealed: map[string]Use{}}
}

func (g *dialog) use(u Use) string {
	g.t.Helper()
	u.Guild, u.Member, u.Settings = ferryGuild, ferryMod, g.settings
	u.Seal = func(a Action, on string, page int) string {
		if len(on) > MaxOn {
			return ""
		}
		id := fmt.Sprintf("%c %q %d", a, on, page)
		g.sealed[id] = Use{Action: a, On: on, Page: page}
		return id
	}
	reply, err := g.desk.Run(g.t.Context(), u)
	if err != nil {
		g.t.Fatalf("Run = %v", err)
	}
	for _, wrong := range limits(reply) {
		g.t.Error(wrong)
	}
	g.reply = reply
	return drawn(reply)
}

func (g *dialog) command(sub string) string {
	g.t.Helper()
	return g.use(Use{Command: CommandKB, Sub: sub})
}

// press uses the button whose label begins so.
func (g *dialog) press(label string) string {
	g.t.Helper()
	for _, row := range g.reply.Show.Rows {
		for _, b := range row.Buttons {
			if strings.HasPrefix(b.Label, label) {
				return g.use(g.sealed[b.ID])
			}
		}
	}
	g.t.Fatalf("there is no button %q in\n%s", label, drawn(g.reply))
	return ""
}

// pick chooses the entry of the menu whose label holds a text.
func (g *dialog) pick(label string) string {
	g.t.Helper()
	for _, row := range g.reply.Show.Rows {
		for _, e := range entriesOf(row.Menu) {
			if strings.Contains(e.Label, label) {
				u := g.sealed[row.Menu.ID]
				u.Values = []string{e.Value}
				return g.use(u)
			}
		}
	}
	g.t.Fatalf("there is no entry %q in\n%s", label, drawn(g.reply))
	return ""
}

func entriesOf(m *render.Menu) []render.Entry {
	if m == nil {
		return nil
	}
	return m.Entries
}

// fill sends the form with a text in its one field.
func (g *dialog) fill(text string) string {
	g.t.Helper()
	form := g.reply.Form
	if form == nil || len(form.Inputs) != 1 || form.Inputs[0].Value != "" {
		g.t.Fatalf("not a form with one empty field:\n%s", drawn(g.reply))
	}
	u := g.sealed[form.ID]
	u.Form, u.Inputs = true, map[string]string{form.Inputs[0].ID: text}
	return g.use(u)
}

// says fails unless a text holds all of these.
func says(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("it does not say %q:\n%s", part, text)
		}
	}
}

// fileOf returns an attached file.
func (g *dialog) fileOf(name string) string {
	g.t.Helper()
	for _, f := range g.reply.Show.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	g.t.Fatalf("no file %s is attached:\n%s", name, drawn(g.reply))
	return ""
}
