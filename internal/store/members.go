package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// The rows of a member, to be followed by as many placeholders as there are MACs.
const (
	askedQuery     = postedQuery + ` AND asker IN (`
	votedQuery     = `SELECT answer, voter, verdict, reason FROM votes WHERE guild = $1 AND voter IN (`
	optedInQuery   = `SELECT count(*) > 0 FROM optins WHERE guild = $1 AND who IN (`
	forgetAsked    = `UPDATE posted SET asker = '', question = '' WHERE guild = $1 AND asker IN (`
	forgetVoted    = `DELETE FROM votes WHERE guild = $1 AND voter IN (`
	forgetOptedIn  = `DELETE FROM optins WHERE guild = $1 AND who IN (`
	maxMemberCodes = 1000 // more than a key file holds keys
)

// member is a member in a guild, for queries that end in a list of their MACs.
type member struct {
	args []any  // the guild and the MACs
	list string // the placeholders of the MACs, and the closing parenthesis
}

// memberOf refuses no MACs, and what can be none: an empty one would stand for
// everybody who was forgotten.
func memberOf(guild string, who []string) (member, error) {
	switch {
	case len(who) == 0:
		return member{}, fmt.Errorf("%w: nobody is named", article.ErrInvalid)
	case len(who) > maxMemberCodes:
		return member{}, fmt.Errorf("%w: %d codes of one member, and the limit is %d", article.ErrTooLarge, len(who), maxMemberCodes)
	}
	if err := checkKeys(who...); err != nil {
		return member{}, err
	}
	m := member{args: []any{guild}, list: places(2, len(who)) + `)`}
	for _, mac := range who {
		m.args = append(m.args, mac)
	}
	return m, nil
}

// KeptOf implements library.Members. Answers of one moment follow each other by the
// bytes of their ids. Verdicts are in the order of the answers' ids, those on one
// answer in the order of the MACs.
func (s *Store) KeptOf(ctx context.Context, guild string, who ...string) (kept library.Kept, err error) {
	m, err := memberOf(guild, who)
	if err != nil {
		return kept, err
	}
	err = s.read(ctx, guild, func(t *tx) error {
		if kept.Answers, err = collect(t, readPosted, askedQuery+m.list, m.args...); err != nil {
			return err
		}
		if kept.Votes, err = t.votesOf(m, who); err != nil {
			return err
		}
		return t.row(optedInQuery+m.list, m.args...).Scan(&kept.OptedIn)
	})
	if err != nil {
		return library.Kept{}, err
	}
	slices.SortFunc(kept.Answers, func(a, b library.Posted) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID))
	})
	return kept, nil
}

// votesOf are a member's verdicts.
func (t *tx) votesOf(m member, who []string) ([]library.Voted, error) {
	type vote struct {
		library.Voted
		by int // which MAC it stands beside
	}
	all, err := collect(t, func(r scanner) (v vote, err error) {
		var voter string
		err = r.Scan(&v.Answer, &voter, (*string)(&v.Verdict), &v.Reason)
		v.by = slices.Index(who, voter)
		return v, err
	}, votedQuery+m.list, m.args...)
	slices.SortFunc(all, func(a, b vote) int { return cmp.Or(strings.Compare(a.Answer, b.Answer), cmp.Compare(a.by, b.by)) })
	var votes []library.Voted
	for _, v := range all {
		votes = append(votes, v.Voted)
	}
	return votes, err
}

// ForgetMember implements library.Members. Answers are written before votes, the
// order in which Vote and Forget lock them.
func (s *Store) ForgetMember(ctx context.Context, guild string, who ...string) (rows int64, err error) {
	m, err := memberOf(guild, who)
	if err != nil {
		return 0, err
	}
	err = s.add(ctx, guild, func(t *tx) error {
		rows = 0 // it may be tried again
		for _, forget := range []string{forgetAsked, forgetVoted, forgetOptedIn} {
			n, err := t.count(forget+m.list, m.args...)
			if err != nil {
				return err
			}
			rows += n
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return rows, nil
}
