package desk

import (
	"context"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
)

// ActionCorrect is what the button of [Offer] does: it opens the dialog about the answer
// whose message On is.
const ActionCorrect Action = '~'

// Offer is what a moderator gets who replies to an answer and wants it corrected: a
// message cannot be private, so it holds nothing but a button.
func Offer(id string) api.Message {
	m := api.Of(sentenceOf("To correct this answer, press the button. Only moderators can, and only you will see what it opens."))
	m.Rows = []render.Row{{Buttons: []render.Button{{Label: CommandCorrect, ID: id}}}}
	return m
}

// correctByButton opens the dialog about an answer.
func (d *Desk) correctByButton(ctx context.Context, u Use) (Reply, error) {
	u.Command, u.Target = CommandCorrect, Target{ID: u.On, Our: true}
	return d.commands[CommandCorrect+" "](ctx, u)
}
