package discord_test

import (
	"testing"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// TestDeletedAnswersAreForgotten deletes an answer, and a question, whose answer goes
// with it.
func TestDeletedAnswersAreForgotten(t *testing.T) {
	t.Parallel()
	book := &ledger{}
	w := startWith(t, discord.Config{Timing: quick, Ledger: book})
	say := func() *discordtest.Reply { return w.Say(w.alice, w.general, w.Mention()+" is it safe?") }
	first, second := say(), say()
	seen := w.reads(first)
	other := w.reads(second)
	book.rows(t, 2)
	w.Delete(w.Moderator("mara"), seen.ID)
	w.Delete(w.alice, second.Asked)
	eventually(t, "the answers to be forgotten", func() bool { return book.count() == 0 })
	eventually(t, "the reply to go with its question", func() bool {
		_, there := w.See(w.alice, other.ID)
		return !there
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
