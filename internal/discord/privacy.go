package discord

import (
	"context"
	"encoding/json"
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

// keptOf returns what is kept of a member, by guild.
func (b *Bot) keptOf(ctx context.Context, v visit) (map[string]library.Kept, error) {
	kept := make(map[string]library.Kept)
	if b.members == nil {
		return kept, nil
	}
	for _, owner := range v.owners() {
		who := b.askers(owner, v.user)
		if len(who) == 0 {
			continue
		}
		err := v.aside(ctx, func(ctx context.Context) (err error) {
			kept[owner], err = b.members.KeptOf(ctx, owner, who...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// showPrivacy says what is kept, and how much.
func (b *Bot) showPrivacy(ctx context.Context, v visit) {
	kept, err := b.keptOf(ctx, v)
	if err != nil {
		v.fail(ctx, "what is kept of a member could not be read", err)
		return
	}
	p := render.Privacy{Days: retention(v.settings), Gaps: v.settings.Gaps, Direct: v.guild == ""}
	for _, k := range kept {
		p.Answers, p.Votes, p.OptedIn = p.Answers+len(k.Answers), p.Votes+len(k.Votes), p.OptedIn || k.OptedIn
	}
	m := v.renderer().Privacy(p)
	v.private = true
	m.Rows = rows(b.row(v.asked,
		button{action: actExport, label: locale.ButtonExport},
		button{action: actErase, label: locale.ButtonDelete, style: render.Danger}))
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
	Channel  string        `json:"channel"`
	Message  string        `json:"message"`
	Question string        `json:"question"` // the id of its message or interaction
	Outcome  string        `json:"outcome"`
	Tier     string        `json:"tier"`
	Quoted   library.Place `json:"quoted"`
	At       time.Time     `json:"at"`
	Until    time.Time     `json:"kept_until"`
}

type exportedVote struct {
	Answer  string `json:"answer"`
	Verdict string `json:"verdict"`
	Reason  string `json:"reason,omitempty"`
}

// exportOf writes what is kept as JSON, nil when it is nothing.
func exportOf(kept map[string]library.Kept) ([]byte, error) {
	var all []exported
	for owner, k := range kept {
		if len(k.Answers) == 0 && len(k.Votes) == 0 && !k.OptedIn {
			continue
		}
		one := exported{OptedIn: k.OptedIn, Answers: []exportedAnswer{}, Votes: []exportedVote{}}
		if owner != library.Direct {
			one.Server = owner
		}
		for _, p := range k.Answers {
			one.Answers = append(one.Answers, exportedAnswer{p.Channel, p.Message, p.Question, p.Outcome, p.Tier, p.Quoted, p.At, p.Expires})
		}
		for _, vote := range k.Votes {
			one.Votes = append(one.Votes, exportedVote{vote.Answer, string(vote.Verdict), vote.Reason})
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		return nil, nil
	}
	data, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("export of what is kept: %w", err)
	}
	return data, nil
}

// pressErase deletes what is kept of a member, at once.
func (b *Bot) pressErase(ctx context.Context, v visit) {
	var gone int64
	for _, owner := range v.owners() {
		who := b.askers(owner, v.user)
		b.talks.forget(who...)
		if b.members == nil || len(who) == 0 {
			continue
		}
		err := v.aside(ctx, func(ctx context.Context) error {
			n, err := b.members.ForgetMember(ctx, owner, who...)
			gone += n
			return err
		})
		if err != nil {
			v.fail(ctx, "what is kept of a member could not be deleted", err)
			return
		}
	}
	if gone == 0 {
		v.tell(ctx, locale.PrivacyNothing)
		return
	}
	v.tell(ctx, locale.PrivacyDeleted)
}
