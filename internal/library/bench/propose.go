package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// topicChange is what a proposal does to a guild's safety data.
type topicChange struct {
	proposal      library.Proposal
	before, after *fragment // nil for a topic that is added, or removed
	from, text    string    // the guild's data now, and after it
}

// Propose checks a change of the guild's safety data and puts it in force. One that
// weakens a topic of the guild's own at tier emergency or crisis waits for somebody else
// to approve it, unless the actor is alone. Without a kind, the topic is added, or
// changed where there is one. ErrInvalid, a fault a line, for data that fails its own
// examples, and for a shipped topic that would be removed; ErrConflict for a topic that
// is added and there already; ErrNotFound for one that is not there.
func (b *Bench) Propose(ctx context.Context, guild string, p library.Proposal, alone bool, act library.Act) (Decided, error) {
	p.Body = plainTopic(p.Body)
	return retried(func() (Decided, error) { return b.proposeOnce(ctx, guild, p, alone, act) })
}

func (b *Bench) proposeOnce(ctx context.Context, guild string, p library.Proposal, alone bool, act library.Act) (Decided, error) {
	c, err := b.topicChange(ctx, guild, p)
	if err != nil {
		return Decided{}, err
	}
	if c.text == c.from {
		return Decided{}, fmt.Errorf("%w: the topic %q is that already", article.ErrInvalid, c.proposal.Topic)
	}
	p = c.proposal
	p.State, p.By, p.DecidedBy, p.At = library.ProposalOpen, act.Actor, "", b.Now().UTC()
	d := Decided{ID: b.NewID(), Proposal: p}
	if c.weakens() && !alone {
		d.Waits = fmt.Sprintf("This may weaken %q, a topic of this server's own that shows an emergency or crisis card, so somebody else who moderates here must approve it.", p.Topic)
		if c.after != nil {
			d.Proposal.Body = basedOn(c.before.Body) + p.Body
		}
		return d, b.putProposal(ctx, guild, d, act)
	}
	return b.enforce(ctx, guild, d, c, act)
}

// Decide approves or refuses a proposal that waits. Whoever proposed it may refuse it,
// and approve it only when alone. ErrNotFound for one that is not there, ErrConflict for
// one that was decided, and for one that no longer applies, which is then refused.
func (b *Bench) Decide(ctx context.Context, guild, id string, approve, alone bool, act library.Act) (Decided, error) {
	return retried(func() (Decided, error) { return b.decideOnce(ctx, guild, id, approve, alone, act) })
}

func (b *Bench) decideOnce(ctx context.Context, guild, id string, approve, alone bool, act library.Act) (Decided, error) {
	p, err := b.Config.Proposals.Get(ctx, guild, id)
	if err != nil {
		return Decided{}, fmt.Errorf("proposal %.40q: %w", id, err)
	}
	d := Decided{ID: id, Proposal: p}
	switch {
	case p.State != library.ProposalOpen:
		return d, fmt.Errorf("%w: the proposal was %s already", article.ErrConflict, p.State)
	case !approve:
		return b.refuse(ctx, guild, d, act)
	case p.By == act.Actor && !alone:
		return d, fmt.Errorf("%w: you proposed this yourself; somebody else who moderates here must approve it", article.ErrInvalid)
	}
	c, err := b.waitingChange(ctx, guild, p)
	switch {
	case err == nil:
		return b.enforce(ctx, guild, d, c, act)
	case errors.Is(err, article.ErrUnavailable), ctx.Err() != nil:
		return d, err
	}
	d, failed := b.refuse(ctx, guild, d, act)
	if failed != nil {
		return d, failed
	}
	_, why, _ := strings.Cut(err.Error(), ": ") // without its class
	return d, fmt.Errorf("%w: the proposal no longer applies and was refused: %s; propose it anew if it is still wanted", article.ErrConflict, why)
}

// waitingChange works out what a proposal that waited would do now. ErrConflict when
// the topic is another one than it was made for.
func (b *Bench) waitingChange(ctx context.Context, guild string, p library.Proposal) (topicChange, error) {
	base, body := cutBase(p.Body)
	p.Body = body
	c, err := b.topicChange(ctx, guild, p)
	if err == nil && base != "" && c.text != c.from && base != shortHash(library.HashOf(c.before.Body)) {
		err = fmt.Errorf("%w: the topic %q was changed meanwhile", article.ErrConflict, p.Topic)
	}
	return c, err
}

// Proposals lists the proposals of a guild, the newest first.
func (b *Bench) Proposals(ctx context.Context, guild string) ([]library.Record[library.Proposal], error) {
	all, err := b.Config.Proposals.List(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("reading the proposals: %w", err)
	}
	slices.Reverse(all)
	return all, nil
}

func (b *Bench) refuse(ctx context.Context, guild string, d Decided, act library.Act) (Decided, error) {
	d.Proposal.State, d.Proposal.DecidedBy = library.ProposalRefused, act.Actor
	return d, b.putProposal(ctx, guild, d, act)
}

// maxTries is how often a change is worked out that others come before.
const maxTries = 5

// racedError is of a change that was worked out from data that others changed meanwhile.
type racedError struct{ cause error }

func (e *racedError) Error() string { return "changing the safety topics: " + e.cause.Error() }
func (e *racedError) Unwrap() error { return e.cause }

// retried works a change out anew while others come before it.
func retried(once func() (Decided, error)) (d Decided, err error) {
	for range maxTries {
		d, err = once()
		if _, raced := errors.AsType[*racedError](err); !raced {
			break
		}
	}
	return d, err
}

// enforce puts a change in force and records who decided it.
func (b *Bench) enforce(ctx context.Context, guild string, d Decided, c topicChange, act library.Act) (Decided, error) {
	err := b.Settings.SwapSetting(ctx, guild, library.SafetyTopics, c.from, c.text, act)
	if errors.Is(err, article.ErrConflict) {
		return d, &racedError{err}
	}
	if err != nil {
		return d, fmt.Errorf("changing the safety topics: %w", err)
	}
	d.InForce = true
	d.Proposal.State, d.Proposal.DecidedBy = library.ProposalApproved, act.Actor
	return d, b.putProposal(ctx, guild, d, act)
}

func (b *Bench) putProposal(ctx context.Context, guild string, d Decided, act library.Act) error {
	if err := b.Config.Proposals.Put(ctx, guild, d.ID, d.Proposal, act); err != nil {
		return fmt.Errorf("recording the proposal: %w", err)
	}
	return nil
}

// topicChange works out what a proposal would do to the guild's data as it is now.
func (b *Bench) topicChange(ctx context.Context, guild string, p library.Proposal) (topicChange, error) {
	all, from, err := b.fragments(ctx, guild)
	if err != nil {
		return topicChange{}, err
	}
	c := topicChange{proposal: p, from: from}
	if p.Kind != library.RemoveTopic {
		f, err := b.lint(p.Body)
		if err != nil {
			return c, err
		}
		if p.Topic != "" && p.Topic != f.ID {
			return c, fmt.Errorf("%w: the data is of the topic %q, not of %.40q", article.ErrInvalid, f.ID, p.Topic)
		}
		c.after, c.proposal.Topic = &f, f.ID
	}
	i := slices.IndexFunc(all, func(f fragment) bool { return f.ID == c.proposal.Topic })
	if i >= 0 {
		c.before = &all[i]
	}
	if c.proposal.Kind, err = b.kindOf(c); err != nil {
		return c, err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(f fragment) bool { return f.ID == c.proposal.Topic })
	if c.after != nil {
		all = append(all, *c.after)
		slices.SortStableFunc(all, func(x, y fragment) int { return cmp.Compare(x.ID, y.ID) })
	}
	c.text = joinTopics(all)
	if len(c.text) > safety.MaxTopicsSource {
		return c, fmt.Errorf("%w: the server's safety topics would have %d bytes, and the limit is %d; shorten or remove some",
			article.ErrTooLarge, len(c.text), safety.MaxTopicsSource)
	}
	if c.after == nil {
		return c, nil
	}
	return c, b.lintWhole(all)
}

// kindOf checks that a change fits what is there, and returns its kind.
func (b *Bench) kindOf(c topicChange) (library.ProposalKind, error) {
	kind, id := c.proposal.Kind, c.proposal.Topic
	if kind == "" {
		kind = library.AddTopic
		if c.before != nil {
			kind = library.ChangeTopic
		}
	}
	shipped := slices.ContainsFunc(b.Rules.Topics(), func(t safety.Topic) bool { return t.ID == id })
	switch {
	case kind != library.AddTopic && kind != library.ChangeTopic && kind != library.RemoveTopic:
		return kind, fmt.Errorf("%w: a proposal adds, changes or removes a topic, and does not %.20q one", article.ErrInvalid, kind)
	case kind == library.AddTopic && c.before != nil:
		return kind, fmt.Errorf("%w: the server has a topic %q already; propose to change it", article.ErrConflict, id)
	case kind == library.RemoveTopic && c.before == nil && shipped:
		return kind, fmt.Errorf("%w: %q came with the program; shipped rules cannot be switched off", article.ErrInvalid, id)
	case kind != library.AddTopic && c.before == nil:
		return kind, fmt.Errorf("%w: the server has no topic %.40q; take one from the list of its topics", article.ErrNotFound, id)
	}
	return kind, nil
}

// plainTopic is a topic's data as it is kept: one document with single line ends.
func plainTopic(body string) string {
	body = strings.ReplaceAll(body, "\r\n", "\n")
	body = strings.TrimRight(strings.TrimLeft(body, "\ufeff\n"), " \t\n")
	body, _ = strings.CutPrefix(body, topicDivider)
	if strings.HasPrefix(body, topicHeader) {
		_, body = cutTopicHeader(body)
	}
	return body + "\n"
}

const baseHeader = "# changes "

// basedOn is the comment that says which data a proposal that waits changes.
func basedOn(body string) string { return baseHeader + shortHash(library.HashOf(body)) + "\n" }

// cutBase takes that comment off.
func cutBase(body string) (base, rest string) {
	after, based := strings.CutPrefix(body, baseHeader)
	if !based {
		return "", body
	}
	base, rest, _ = strings.Cut(after, "\n")
	return base, rest
}
