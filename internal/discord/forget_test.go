package discord_test

import (
	"testing"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// TestDeletedAnswersAreForgotten deletes a question, which changes nothing, and then
// an answer.
func TestDeletedAnswersAreForgotten(t *testing.T) {
	t.Parallel()
	book := &ledger{}
	w := startWith(t, discord.Config{Timing: quick, Ledger: book})
	say := func() *discordtest.Reply { return w.Say(w.alice, w.general, w.Mention()+" is it safe?") }
	first, second := say(), say()
	seen := w.reads(first)
	w.reads(second)
	book.rows(t, 2)
	w.Delete(w.alice, second.Asked)
	w.Delete(w.Moderator("mara"), seen.ID)
	eventually(t, "the answer to be forgotten", func() bool {
		rows := book.rows(t, 1)
		return len(rows) == 1 && rows[0].Question == second.Asked
	})
}

// TestTheAskersLanguage: what only the asker sees is in the language of the asker's
// client, whatever the guild speaks.
func TestTheAskersLanguage(t *testing.T) {
	t.Parallel()
	w, decide := governed(t)
	decide(library.Settings{Language: "es"})
	eva := w.Member("eva").Speaks("de")
	for private, want := range map[bool]string{true: "Von Stephen Venneman", false: "Por Stephen Venneman"} {
		r := w.Run(eva, w.general, "/ask", discordtest.Options{"question": "is it safe?", "private": private})
		contains(t, w.reads(r).Text(), want)
	}
}
