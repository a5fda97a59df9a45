package discord

import (
	"context"
	"slices"
	"strings"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/desk"
)

// correctingWords are what a moderator says, beside the bot's name and nothing else, in
// reply to an answer that is to be corrected.
func correctingWords() []string {
	return []string{
		"", "correct", "correct this", "correct it", "wrong", "this is wrong", "fix", "fix this", "korrigieren", "falsch", "corregir", "incorrecto",
		"corriger", "faux", "corrigir", "errado",
	}
}

// wantsCorrected reports whether a message is a moderator's wish to correct the answer
// that it replies to: it names the bot, and says nothing else that could be a question.
func (b *Bot) wantsCorrected(q asked, m *messageEvent) bool {
	if b.moderators == nil || b.sealer == nil || !q.moderator || !b.toUs(m.Referenced) || q.text == strings.TrimSpace(m.Content) {
		return false
	}
	said := strings.Trim(strings.ToLower(strings.Join(strings.Fields(q.text), " ")), ".!")
	return slices.Contains(correctingWords(), said)
}

// offerToCorrect replies with a button that opens the dialog.
func (b *Bot) offerToCorrect(ctx context.Context, q asked, answer string) {
	m := desk.Offer(b.customID(q.guild, token{actModerate, string([]byte{byte(desk.ActionCorrect)}) + answer, 0}))
	m.Reply, m.Nonce = q.id, q.id
	ctx, cancel := sending(ctx)
	defer cancel()
	if _, err := b.rest.Post(ctx, q.channel, m); err != nil && api.CodeOf(err) != api.CodeMissingPermissions {
		b.log.Error("the button to correct an answer was not sent", "error", err)
	}
}
