package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

func testMembers(t *testing.T, e Engine) {
	for name, test := range map[string]func(*testing.T, *database){
		"kept":      membersKept,
		"forgotten": membersForgotten,
		"refused":   membersRefused,
		"at once":   membersAtOnce,
		"whole":     membersWhole,
	} {
		t.Run(name, func(t *testing.T) { test(t, e.open(t)) })
	}
}

// askedBy posts an answer to a question of a member.
func (d *database) askedBy(t testing.TB, guild, id, asker string, at time.Time) library.Posted {
	t.Helper()
	p := postedAs(id)
	p.Asker, p.At = asker, at
	succeed(t, d.Post(t.Context(), guild, p, lease.Lease{}))
	return p
}

func membersKept(t *testing.T, d *database) {
	ctx, at := t.Context(), d.clock.kept()
	same(t, "of a stranger", must[library.Kept](t)(d.KeptOf(ctx, guildA, "new")), library.Kept{})
	var answers []library.Posted
	for i, id := range unsorted() { // older and older, by both keys
		d.askedBy(t, guildA, id+" of others", "other", at)
		d.askedBy(t, guildB, id, "new", at)
		answers = append([]library.Posted{d.askedBy(t, guildA, id, []string{"new", "old"}[i%2], at.Add(-time.Duration(i)*time.Second))}, answers...)
	}
	for _, id := range inBytes() { // and those of one moment, the youngest
		answers = append(answers, d.askedBy(t, guildA, "z"+id, "old", at.Add(time.Second)))
	}
	for _, v := range []struct {
		answer, voter string
		verdict       library.Verdict
		reason        string
	}{
		{"a", "other", library.Helpful, "of others"},
		{"b", "old", library.NotHelpful, "of old"},
		{"B", "new", library.Helpful, ""},
		{"b", "new", library.Helpful, "of new"},
	} {
		succeed(t, d.Vote(ctx, guildA, v.answer, v.voter, v.verdict, v.reason))
		succeed(t, d.Vote(ctx, guildB, v.answer, v.voter, v.verdict, "elsewhere"))
	}
	succeed(t, d.OptIn(ctx, guildA, "old"))
	succeed(t, d.OptIn(ctx, guildB, "new"))
	same(t, "of a member with two keys", must[library.Kept](t)(d.KeptOf(ctx, guildA, "new", "old", "unused", "new")), library.Kept{
		Answers: answers,
		Votes: []library.Voted{
			{Answer: "B", Verdict: library.Helpful},
			{Answer: "b", Verdict: library.Helpful, Reason: "of new"},
			{Answer: "b", Verdict: library.NotHelpful, Reason: "of old"},
		},
		OptedIn: true,
	})
	alone := must[library.Kept](t)(d.KeptOf(ctx, guildA, "new"))
	same(t, "by one key", fmt.Sprint(len(alone.Answers), len(alone.Votes), alone.OptedIn), fmt.Sprint(len(unsorted())/2, 2, false))
}

func membersForgotten(t *testing.T, d *database) {
	ctx, at := t.Context(), d.clock.kept()
	forgotten := map[string]library.Posted{}
	for id, asker := range map[string]string{"1": "new", "2": "old", "3": "new"} {
		forgotten[id] = d.askedBy(t, guildA, id, asker, at)
		d.askedBy(t, guildB, id, asker, at)
	}
	others := d.askedBy(t, guildA, "4", "other", at)
	for _, guild := range []string{guildA, guildB} {
		succeed(t, d.Sent(ctx, guild, "1", "message"))
		for _, voter := range []string{"new", "old", "other"} {
			succeed(t, d.Vote(ctx, guild, "2", voter, library.NotHelpful, "why"))
			succeed(t, d.Vote(ctx, guild, "1", voter, library.Helpful, "why"))
		}
		succeed(t, d.OptIn(ctx, guild, "new"))
		succeed(t, d.OptIn(ctx, guild, "other"))
	}
	elsewhere, other := must[library.Kept](t)(d.KeptOf(ctx, guildB, "new", "old")), must[library.Kept](t)(d.KeptOf(ctx, guildA, "other"))

	same(t, "rows", must[int64](t)(d.ForgetMember(ctx, guildA, "new", "old")), int64(3+4+1))
	same(t, "rows when done again", must[int64](t)(d.ForgetMember(ctx, guildA, "new", "old")), int64(0))
	same(t, "what is kept", must[library.Kept](t)(d.KeptOf(ctx, guildA, "new", "old")), library.Kept{})
	same(t, "in another guild", must[library.Kept](t)(d.KeptOf(ctx, guildB, "new", "old")), elsewhere)
	same(t, "of another member", must[library.Kept](t)(d.KeptOf(ctx, guildA, "other")), other)
	same(t, "another's answer", must[library.Posted](t)(d.PostedByID(ctx, guildA, "4")), others)
	same(t, "feedback", must[library.Feedback](t)(d.Feedback(ctx, guildA, "1")), library.Feedback{Helpful: 1})
	for id, p := range forgotten {
		p.Asker, p.Question = "", ""
		if id == "1" {
			p.Message = "message"
		}
		same(t, "the answer "+id, must[library.Posted](t)(d.PostedByID(ctx, guildA, id)), p)
		p.Outcome = "corrected"
		again := p
		again.Asker, again.Question = "new", "question of "+id
		succeed(t, d.Redo(ctx, guildA, again))
		same(t, "corrected", must[library.Posted](t)(d.PostedByID(ctx, guildA, id)), p)
	}
	same(t, "what quotes", len(must[[]library.Posted](t)(d.Quoting(ctx, guildA, "rest", "", 9))), 4)
	for _, question := range []string{"", "question of 1"} {
		_, err := d.PostedByQuestion(ctx, guildA, question)
		refused(t, fmt.Sprintf("by the question %q", question), err, article.ErrNotFound)
	}
	again := postedAs("5")
	again.Question = "question of 1"
	succeed(t, d.Post(ctx, guildA, again, lease.Lease{}))
	again.ID = "6"
	refused(t, "a second answer", d.Post(ctx, guildA, again, lease.Lease{}), article.ErrConflict)
	succeed(t, d.ForgetMessages(ctx, guildA, "message")) // withdrawn where it stands
	_, err := d.PostedByID(ctx, guildA, "1")
	refused(t, "withdrawn", err, article.ErrNotFound)
}

// membersRefused wants nobody to be taken for everybody of whom nothing is known.
func membersRefused(t *testing.T, d *database) {
	ctx := t.Context()
	d.askedBy(t, guildA, "one", "", d.clock.kept())
	same(t, "rows of a stranger", must[int64](t)(d.ForgetMember(ctx, guildA, "new")), int64(0))
	for name, who := range map[string][]string{"nobody": nil, "no MAC": {""}, "none among others": {"new", ""}} {
		_, err := d.KeptOf(ctx, guildA, who...)
		refused(t, "kept of "+name, err, article.ErrInvalid)
		_, err = d.ForgetMember(ctx, guildA, who...)
		refused(t, "forget "+name, err, article.ErrInvalid)
	}
	for _, who := range [][]string{{noise(513)}, make([]string, 100_000)} {
		_, err := d.KeptOf(ctx, guildA, who...)
		refused(t, "kept of too much", err, article.ErrTooLarge)
	}
	same(t, "the answer", must[library.Posted](t)(d.PostedByID(ctx, guildA, "one")).Question, "question of one")
}

// membersAtOnce wants no vote to outlive its answer, and none to come back, whoever
// votes, forgets the answer, does it again or forgets the member at that moment.
func membersAtOnce(t *testing.T, d *database) {
	ctx := t.Context()
	stores := []Store{d, d.again(t)}
	for round := range 25 {
		gone, stays, who := fmt.Sprint("gone ", round), fmt.Sprint("stays ", round), fmt.Sprint("member ", round)
		d.askedBy(t, guildA, gone, who, d.clock.kept())
		d.askedBy(t, guildA, stays, who, d.clock.kept())
		run := []func(Store) error{
			func(s Store) error { return s.Vote(ctx, guildA, gone, who, library.Helpful, "why") },
			func(s Store) error { return s.Vote(ctx, guildA, stays, who, library.Helpful, "why") },
			func(s Store) error { return s.Vote(ctx, guildA, stays, "other", library.Helpful, "why") },
			func(s Store) error { return second(s.ForgetMember(ctx, guildA, who)) },
			func(s Store) error { return second(s.ForgetMember(ctx, guildA, who, "unused")) },
			func(s Store) error { return s.Forget(ctx, guildA, gone) },
			func(s Store) error { return s.Redo(ctx, guildA, library.Posted{ID: gone, Outcome: "again"}) },
			func(s Store) error { return s.Redo(ctx, guildA, library.Posted{ID: stays, Outcome: "again"}) },
			func(s Store) error { return s.OptIn(ctx, guildA, who) },
		}
		together(t, len(run), func(i int) error {
			err := run[i](stores[i%2])
			if errors.Is(err, article.ErrNotFound) && (i == 0 || i == 6) { // it was forgotten before
				return nil
			}
			return err
		})
		same(t, "votes on a forgotten answer", must[library.Feedback](t)(d.Feedback(ctx, guildA, gone)), library.Feedback{})
		kept := must[library.Kept](t)(d.KeptOf(ctx, guildA, who))
		if len(kept.Answers) != 0 || len(kept.Votes) > 1 {
			t.Errorf("after all that is kept %+v", kept)
		}
		p := must[library.Posted](t)(d.PostedByID(ctx, guildA, stays))
		same(t, "what stays", p.Outcome+p.Asker+p.Question, "again")
		must[int64](t)(d.ForgetMember(ctx, guildA, who))
		same(t, "in the end", must[library.Kept](t)(d.KeptOf(ctx, guildA, who)), library.Kept{})
		same(t, "feedback of another", must[library.Feedback](t)(d.Feedback(ctx, guildA, stays)), library.Feedback{Helpful: 1})
	}
}

// membersWhole wants whoever looks while a member is forgotten to see everything, or
// nothing.
func membersWhole(t *testing.T, d *database) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	reader := d.again(t)
	for round := range 10 {
		who := fmt.Sprint("member ", round)
		for i := range 5 {
			id := fmt.Sprint(round, " ", i)
			d.askedBy(t, guildA, id, who, d.clock.kept())
			succeed(t, d.Vote(ctx, guildA, id, who, library.Helpful, ""))
		}
		succeed(t, d.OptIn(ctx, guildA, who))
		var looking sync.WaitGroup
		began := make(chan struct{})
		looking.Go(func() {
			for looks := 0; ; looks++ {
				kept, err := reader.KeptOf(ctx, guildA, who)
				if looks == 0 {
					close(began)
				}
				switch state := fmt.Sprint(len(kept.Answers), len(kept.Votes), kept.OptedIn); {
				case err != nil:
					t.Error(err)
					return
				case state == "0 0 false":
					return
				case state != "5 5 true":
					t.Errorf("seen in between: %s", state)
					return
				}
			}
		})
		<-began
		same(t, "rows", must[int64](t)(d.ForgetMember(ctx, guildA, who)), int64(11))
		looking.Wait()
	}
}
