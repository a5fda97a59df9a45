package store

import (
	"encoding/json"
	"fmt"
	"math"

	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

// waitingQuery finds jobs that nobody took yet. One that was put back went through some
// answers already.
const waitingQuery = `UPDATE jobs SET updated = updated WHERE guild = $1 AND kind = $2 AND args = $3 AND state = $4 AND epoch = 0 AND NOT cancelling`

// propagating runs a change of an article, and lets the answers that quote it be brought
// in line with it. A job that nobody took yet will see the change: its row stays locked
// until the commit, so that it cannot be taken before. It is locked before anything in
// the change locks the clock's row.
func (t *tx) propagating(article string, change func() error) error {
	args, err := json.Marshal(library.PropagateArgs{Article: article})
	if err != nil {
		return err
	}
	quoted, err := t.quoting(article, math.MinInt64, "", 1)
	if err != nil {
		return err
	}
	waiting, err := t.count(waitingQuery, t.guild, library.PropagateJob, string(args), string(jobs.Queued))
	if err != nil {
		return err
	}
	if err := change(); err != nil || len(quoted) == 0 || waiting > 0 {
		return err
	}
	return t.propagate(library.PropagateJob, article, string(args))
}

// propagate adds the job. Its key is new, so that nobody else inserts the same and it
// waits for nobody.
func (t *tx) propagate(kind, subject, args string) error {
	seq, err := t.tick()
	if err != nil {
		return err
	}
	key := fmt.Sprintf("%s/%s/%d", library.PropagateJob, subject, seq)
	if len(key) > maxKey {
		key = fmt.Sprintf("%s/%s/%d", library.PropagateJob, library.HashOf(subject), seq)
	}
	_, err = t.addJob(jobs.Job{ID: fmt.Sprintf("propagate-%d", seq), Kind: kind, Key: key, Args: args})
	return err
}

// propagatingAll is propagating for several articles. All jobs that wait are locked
// before anything locks the clock's row.
func (t *tx) propagatingAll(articles []string, change func() error) error {
	if len(articles) == 0 {
		return change()
	}
	return t.propagating(articles[0], func() error { return t.propagatingAll(articles[1:], change) })
}

// lateQuery finds what an answer quotes of an own article that is at another revision by
// now, or withdrawn.
const lateQuery = `SELECT count(*) FROM posted a
	JOIN publications p ON p.guild = a.guild AND (p.article = a.article OR p.article = a.against_article)
	LEFT JOIN revisions r ON r.guild = p.guild AND r.article = p.article AND r.hash = p.hash
	WHERE a.guild = $1 AND a.id = $2 AND (p.state <> $3 OR p.article = a.article AND p.own AND r.revision <> a.revision)`

// propagateLate lets an answer be brought in line whose article changed between its making
// and its sending: the job of that change may have gone before it.
func (t *tx) propagateLate(id string) error {
	var n int
	if err := t.row(lateQuery, t.guild, id, string(library.Published)).Scan(&n); err != nil || n == 0 {
		return err
	}
	args, err := json.Marshal(library.PropagateArgs{Answer: id})
	if err != nil {
		return err
	}
	return t.propagate(library.PropagateOneJob, "answer/"+id, string(args))
}
