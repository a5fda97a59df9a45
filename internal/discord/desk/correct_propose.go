package desk

import (
	"context"

	"verbatim/internal/discord/render"
	"verbatim/internal/safety"
)

// actProposeFor opens the form for a safety topic. Page is the tier, On the name of a
// kept example in a moderator's own words, or empty for none.
const actProposeFor Action = '!'

// maxExample is how many characters of a sentence that form has room for.
const maxExample = 2000

// proposeButton offers to propose a safety topic of a tier, with the moderator's
// sentence as its first example.
func (d *Desk) proposeButton(ctx context.Context, u Use, tier safety.Tier, sentence string) (b render.Button, err error) {
	name := ""
	if sentence != "" {
		if name, err = d.Bench.Note(ctx, u.Guild, []byte(sentence)); err != nil {
			return b, err
		}
	}
	return styled(u.button("Propose a safety topic…", actProposeFor, name, int(tier)), render.Primary), nil
}

// proposeFor opens the form for a safety topic with what the button knows in it.
func (d *Desk) proposeFor(ctx context.Context, u Use) (Reply, error) {
	example := ""
	if u.On != "" {
		kept, err := d.Bench.Noted(ctx, u.Guild, u.On)
		if err != nil {
			return Reply{}, err
		}
		example = cut(oneLine(string(kept)), maxExample)
	}
	return Reply{Form: topicForm(u, map[string]string{inputTier: tierAt(u.Page).String(), inputFires: example})}, nil
}

// tierAt is the tier that the page of a component stands for.
func tierAt(page int) safety.Tier { return safety.Tier(min(max(page, 0), int(safety.TierCrisis))) }
