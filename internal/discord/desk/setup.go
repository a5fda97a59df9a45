package desk

import (
	"context"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library/bench"
)

// The first checklist: what a server should have decided before the bot answers unasked.

// step is one line of the checklist.
type step struct{ setting, text string }

// steps lists the checklist in order.
func steps() []step {
	return []step{
		{"answer-channels", "Where questions are answered. Without a choice, wherever the bot may write."},
		{"auto-channels", "Where questions are answered although nobody called the bot. Off unless you choose channels."},
		{"moderator-roles", "Who moderates the bot beside those who manage the server."},
		{"log-channel", "Where changes, due reviews and finished work are posted."},
		{"helplines", "Your own helplines, shown first on crisis cards."},
		{"age-policy", "Where age-restricted articles are quoted."},
	}
}

// setup shows the checklist.
func (d *Desk) setup(ctx context.Context, u Use) (Reply, error) { return d.checklist(ctx, u, "") }

// checklist shows the checklist below what was just done.
func (d *Desk) checklist(ctx context.Context, u Use, done string) (Reply, error) {
	s, set, err := d.Articles.Settings(ctx, u.Guild)
	if err != nil && set == nil {
		return Reply{}, err
	}
	var lines []string
	var entries []render.Entry
	for _, st := range steps() {
		c, _ := controlOf(st.setting)
		mark := "▫️"
		if set[st.setting] != "" {
			mark = "✅"
		}
		lines = append(lines, mark+" **"+c.label+":** "+c.shown(s)+"\n"+st.text)
		entries = append(entries, render.Entry{Label: c.label, Value: st.setting, Detail: cut(st.text, 100)})
	}
	lines = append(lines, "▫️ **A test question:** ask one here and see what members would get.")
	end := "When this is as you want it, press Finish. Until then nothing is answered unasked; whoever calls the bot is answered."
	if s.Ready {
		end = "The checklist is finished. You can change everything here and in /settings show."
	}
	m := panel("First checklist", done, strings.Join(lines, "\n"), end)
	menu := u.menu(actSetting, "", "Decide one of these", entries)
	menu.Menu.ID = u.Seal(actSetting, "", fromSetup)
	buttons := []render.Button{u.button("Ask a test question…", actTry, "", 0)}
	if !s.Ready {
		buttons = append(buttons, styled(u.button("Finish", actReady, "", 0), render.Success))
	}
	return with(m, menu, row(buttons...)), nil
}

// finishSetup keeps that the checklist is done.
func (d *Desk) finishSetup(ctx context.Context, u Use) (Reply, error) {
	if _, err := d.Articles.Set(ctx, u.Guild, "ready", "on", u.Act("the first checklist is finished")); err != nil {
		return Reply{}, err
	}
	return d.checklist(ctx, u, "**Finished.** Add your first article with /kb add or /kb import, and see /kb list for what came with the bot.")
}

// inputQuestion is the field of forms that take a question of a moderator's own.
const inputQuestion = "question"

// try asks for a test question, and shows what members would get.
func (d *Desk) try(ctx context.Context, u Use) (Reply, error) {
	if !u.Form {
		return Reply{Form: &api.Modal{
			ID: u.Seal(actTry, "", 0), Title: "A test question",
			Inputs: []api.Input{{ID: inputQuestion, Label: "Ask as a member would", Required: true, Max: 400}},
		}}, nil
	}
	found, err := d.Bench.Why(ctx, u.Guild, answer.Question{Text: u.Inputs[inputQuestion]})
	if err != nil {
		return Reply{}, err
	}
	return d.checklist(ctx, u, "**Test question: members would get this**\n"+whatMembersGet(found))
}

// whatMembersGet says in a few lines what a question is answered with.
func whatMembersGet(e bench.Explanation) string {
	a := e.Answer
	var lines []string
	for _, c := range a.Cards {
		lines = append(lines, "The card “"+plain(c.Title, 100)+"” is shown.")
	}
	if a.Disclaimer != nil {
		lines = append(lines, "The medical-advice disclaimer is shown first.")
	}
	switch {
	case a.Quote != nil:
		lines = append(lines, "> "+plain(a.Quote.Text, 500), "From “"+plain(a.Quote.Title, 100)+"” by "+plain(a.Quote.Author, 100)+", updated "+a.Quote.Updated.String()+".")
	case a.Meta != nil:
		lines = append(lines, "> "+plain(a.Meta.Text, 500))
	case a.Notice != "":
		lines = append(lines, plain(a.Notice, 500))
	}
	if len(lines) == 0 {
		lines = append(lines, "Nothing is said to it.")
	}
	return strings.Join(append(lines, "Why: /kb why with the same question."), "\n")
}

// Welcome is the message for whoever manages a server that the bot has just joined. It
// goes out as a direct message, where no button could know the server.
func Welcome(guild string) api.Message {
	return panel("Verbatim has joined "+cut(guild, 100),
		"It answers questions from articles that your moderators trust, and only in the articles' own words. An emergency or a crisis gets a card that says whom to call. No clinician has reviewed the cards.",
		"**To begin**, use /settings setup in the server: it is a short checklist (channels, roles, log channel, helplines, age policy, a test question) that only you see.",
		"Until it is finished nothing is answered unasked. Whoever mentions the bot or uses /ask is answered.",
		"Discord offers the moderators' commands to those who manage the server. To offer them to other roles as well, name the roles in /settings and in the server's own settings under Integrations.")
}
