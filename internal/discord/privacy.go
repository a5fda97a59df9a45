package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// runPrivacy answers /privacy. Neither a pause nor anything else keeps a member from
// what is kept about them.
func (b *Bot) runPrivacy(ctx context.Context, v visit) {
	sub, _ := v.event.Data.subcommand()
	switch sub.Name {
	case subExport:
		b.pressExport(ctx, v)
	case subDelete:
		b.pressErase(ctx, v)
	default:
		b.showPrivacy(ctx, v)
	}
}

// owners are for whom something may be kept of a member: the guild that they are in,
// and direct messages.
func (v visit) owners() []string {
	if v.guild == "" {
		return []string{library.Direct}
	}
	return []string{v.guild, library.Direct}
}

// held is what is kept of a member for one owner.
type held struct {
	owner string
	library.Kept
}

// keptOf returns what is kept of a member.
func (b *Bot) keptOf(ctx context.Context, v visit) ([]held, error) {
	if b.members == nil {
		return nil, nil
	}
	var all []held
	for _, owner := range v.owners() {
		who := b.askers(owner, v.user)
		if len(who) == 0 {
			continue
		}
		kept, err := fetch(ctx, v, func(ctx context.Context) (library.Kept, error) { return b.members.KeptOf(ctx, owner, who...) })
		if err != nil {
			return nil, err
		}
		all = append(all, held{owner, kept})
	}
	return all, nil
}

// showPrivacy says what is kept, and how much.
func (b *Bot) showPrivacy(ctx context.Context, v visit) {
	kept, err := b.keptOf(ctx, v)
	if err != nil {
		v.fail(ctx, "what is kept of a member could not be read", err)
		return
	}
	p := render.Privacy{Days: retention(v.settings), Gaps: b.keepsGaps(v.asked), Direct: v.guild == ""}
	for _, k := range kept {
		p.Answers, p.Votes, p.OptedIn = p.Answers+len(k.Answers), p.Votes+len(k.Votes), p.OptedIn || k.OptedIn
	}
	m := v.renderer().Privacy(p)
	v.private = true
	buttons := []button{
		{action: actExport, label: locale.ButtonExport},
		{action: actErase, label: locale.ButtonDelete, style: render.Danger},
	}
	if p.OptedIn && v.guild == "" {
		buttons = append(buttons, button{action: actOptOut, label: locale.ButtonOptOut})
	}
	m.Rows = rows(b.row(v.asked, buttons...))
	v.beside(ctx, api.Of(m))
}

// pressExport gives a member what is kept of them, as a file.
func (b *Bot) pressExport(ctx context.Context, v visit) {
	kept, err := b.keptOf(ctx, v)
	if err != nil {
		v.fail(ctx, "what is kept of a member could not be read", err)
		return
	}
	data, err := exportOf(kept)
	if err != nil {
		v.fail(ctx, "what is kept of a member could not be written", err)
		return
	}
	if data == nil {
		v.tell(ctx, locale.PrivacyNothing)
		return
	}
	m := api.Of(v.renderer().Sentence(locale.PrivacyExport))
	m.Files = []api.File{{Name: "verbatim.json", Type: "application/json", Data: data}}
	v.beside(ctx, m)
}

// exported is what is kept of a member in one guild, or in direct messages.
type exported struct {
	Server  string           `json:"server,omitempty"` // empty for direct messages
	Answers []exportedAnswer `json:"answers"`
	Votes   []exportedVote   `json:"votes"`
	OptedIn bool             `json:"opted_in_to_age_restricted_quotes"`
}

type exportedAnswer struct {
	ID       string          `json:"id"`
	Channel  string          `json:"channel"`
	Message  string          `json:"message"`
	Question string          `json:"question"` // the id of its message or interaction
	Outcome  string          `json:"outcome"`
	Tier     string          `json:"tier"`
	Quoted   library.Place   `json:"quoted"`
	Hash     string          `json:"hash_of_the_quote"`
	Others   []library.Place `json:"other_passages"`
	Sure     int             `json:"sure_in_thousandths"`
	You      string          `json:"code_that_stands_for_you"`
	At       time.Time       `json:"at"`
	Until    time.Time       `json:"kept_until"`
}

type exportedVote struct {
	Answer  string `json:"answer"` // its id
	Verdict string `json:"verdict"`
	Reason  string `json:"reason,omitempty"`
}

// exportOf writes what is kept as JSON, nil when it is nothing.
func exportOf(all []held) ([]byte, error) {
	var kept []exported
	for _, h := range all {
		if len(h.Answers) > 0 || len(h.Votes) > 0 || h.OptedIn {
			kept = append(kept, exportOne(h))
		}
	}
	if len(kept) == 0 {
		return nil, nil
	}
	data, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("export of what is kept: %w", err)
	}
	return data, nil
}

func exportOne(h held) exported {
	one := exported{OptedIn: h.OptedIn, Answers: []exportedAnswer{}, Votes: []exportedVote{}}
	if h.owner != library.Direct {
		one.Server = h.owner
	}
	for _, p := range h.Answers {
		one.Answers = append(one.Answers, exportedAnswer{
			p.ID, p.Channel, p.Message, p.Question, p.Outcome, p.Tier, p.Quoted, p.Hash, p.Others, p.Sure, p.Asker, p.At, p.Expires,
		})
	}
	for _, vote := range h.Votes {
		one.Votes = append(one.Votes, exportedVote{vote.Answer, string(vote.Verdict), vote.Reason})
	}
	return one
}

// pressErase deletes what is kept of a member, at once. What is in memory goes first,
// so that it goes also when the rest does not.
func (b *Bot) pressErase(ctx context.Context, v visit) {
	for _, owner := range v.owners() {
		b.talks.Forget(b.askers(owner, v.user)...)
	}
	gone, err := b.erase(ctx, v)
	switch {
	case err != nil:
		v.fail(ctx, "what is kept of a member could not be deleted", err)
	case gone == 0:
		v.tell(ctx, locale.PrivacyNothing)
	default:
		v.tell(ctx, locale.PrivacyDeleted)
	}
}

// erase deletes what is recorded of a member, as much of it as it can, and returns how
// many rows that were.
func (b *Bot) erase(ctx context.Context, v visit) (gone int64, failure error) {
	for _, owner := range v.owners() {
		who := b.askers(owner, v.user)
		if b.members == nil || len(who) == 0 {
			continue
		}
		n, err := fetch(ctx, v, func(ctx context.Context) (int64, error) { return b.members.ForgetMember(ctx, owner, who...) })
		gone, failure = gone+n, errors.Join(failure, err)
	}
	return gone, failure
}
