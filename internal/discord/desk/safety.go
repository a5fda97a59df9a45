package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

// The screens of what the bot treats as dangerous.

// unreviewed is said wherever topics or cards are shown.
const unreviewed = "No clinician has reviewed the topics or the cards that came with the bot."

// topicsPage is how many topics a page lists.
const topicsPage = 20

// topics lists the server's own topics and those that came with the bot, or shows one.
func (d *Desk) topics(ctx context.Context, u Use) (Reply, error) {
	if id := u.Texts["topic"]; id != "" {
		u.On = id
		return d.topic(ctx, u)
	}
	own, err := d.Bench.Topics(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	var lines []string
	for _, t := range own {
		lines = append(lines, "**"+render.Escape(t.ID)+"**: "+t.Tier.String()+", "+ofServer(t))
	}
	if len(lines) == 0 {
		lines = []string{"None yet. /safety propose adds one."}
	}
	shipped := d.Rules.Topics()
	last := (len(shipped) - 1) / topicsPage
	page := min(max(u.Page, 0), last)
	var theirs []string
	var entries []render.Entry
	for _, t := range shipped[page*topicsPage : min(len(shipped), (page+1)*topicsPage)] {
		theirs = append(theirs, "- "+render.Escape(t.ID)+": "+t.Tier.String())
		entries = append(entries, render.Entry{Label: cut(t.ID, 100), Value: cut(t.ID, 100), Detail: t.Tier.String()})
	}
	m := panel("What the bot treats as dangerous", "**This server's own topics**\n"+list(lines, 15),
		fmt.Sprintf("**Topics that came with the bot** (%d of %d, page %d of %d); they cannot be switched off\n%s", len(theirs), len(shipped), page+1, last+1, strings.Join(theirs, "\n")), unreviewed)
	return with(m, u.menu(actTopic, "", "Look at one", entries), u.turning(actTopics, "", page, last)), nil
}

// ofServer says what an own topic does.
func ofServer(t bench.OwnTopic) string {
	if t.Raises != "" {
		return "a stricter version of " + render.Escape(t.Raises)
	}
	return "of this server"
}

// turning is a row that leads to the page before and the page after.
func (u Use) turning(a Action, on string, page, last int) render.Row {
	var buttons []render.Button
	if page > 0 {
		buttons = append(buttons, u.button("Previous", a, on, page-1))
	}
	if page < last {
		buttons = append(buttons, u.button("Next", a, on, page+1))
	}
	return row(buttons...)
}

// topic shows one topic.
func (d *Desk) topic(ctx context.Context, u Use) (Reply, error) {
	id := u.On
	if len(u.Values) == 1 {
		id = u.Values[0]
	}
	own, err := d.Bench.Topics(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	if i := slices.IndexFunc(own, func(t bench.OwnTopic) bool { return t.ID == id }); i >= 0 {
		m := panel("Topic "+own[i].ID, "Tier "+own[i].Tier.String()+", "+ofServer(own[i])+".")
		return beside(whole(m, own[i].ID+".yaml", own[i].Body), row(u.button("Change…", actPropose, fitting(own[i].ID), 0))), nil
	}
	e, err := d.Rules.Explain(id)
	if errors.Is(err, safety.ErrNoTopic) {
		return Reply{}, fmt.Errorf("%w: there is no topic %.40q; take one from /safety topics", article.ErrNotFound, id)
	}
	if err != nil {
		return Reply{}, err
	}
	return beside(shippedTopic(e)), nil
}

// fitting is a topic's id where a button has room for it, else "".
func fitting(id string) string {
	if len(id) > MaxOn {
		return ""
	}
	return id
}

// shippedTopic shows a topic that came with the bot.
func shippedTopic(e safety.Explanation) api.Message {
	t := e.Topic
	var patterns []string
	for _, p := range t.Patterns {
		patterns = append(patterns, plain(p, 150))
	}
	source := plain(t.Source.Title, 200)
	if t.Source.URL != "" {
		source += " <" + t.Source.URL + ">"
	}
	reviewed := unreviewed
	if t.Reviewed != nil {
		reviewed = "Reviewed by " + plain(t.Reviewed.By, 100) + " on " + plain(t.Reviewed.On, 20) + "."
	}
	return panel("Topic "+t.ID, "Tier **"+t.Tier.String()+"**, came with the bot.",
		"**It fires on messages such as**\n"+list(escapedAll(t.Positive), 6), "**But not on**\n"+list(escapedAll(t.Negative), 6),
		"**The rules behind it**; {names} stand for lists of words\n"+list(patterns, 5), "**Source:** "+source, reviewed)
}

func escapedAll(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = plain(text, 150)
	}
	return out
}

// testTriage shows what a text is treated as, and by which rule.
func (d *Desk) testTriage(ctx context.Context, u Use) (Reply, error) {
	found, err := d.Bench.Why(ctx, u.Guild, answer.Question{Text: u.Texts["text"]})
	if err != nil {
		return Reply{}, err
	}
	t := found.Triage
	var lines []string
	for _, m := range t.Matches {
		whose := "came with the bot"
		if slices.Contains(found.Guild, m.Topic) {
			whose = "of this server"
		}
		lines = append(lines, fmt.Sprintf("**%s** (%s, %s): the rule %s, read as %s, on the words “%s”",
			render.Escape(m.Topic), m.Tier, whose, plain(m.Rule, 120), plain(m.View, 40), plain(m.Matched, 120)))
	}
	if len(lines) == 0 {
		lines = []string{"No topic fires."}
	}
	minor := ""
	if t.Minor {
		minor = "It states an age under 18: nothing about technique is quoted."
	}
	return with(panel("Tier: "+t.Tier.String(), "> "+plain(u.Texts["text"], 400), list(lines, 10), minor, "**Members would see**\n"+whatMembersGet(found))), nil
}

// resources shows whom the cards say to call, and leads to the server's own helplines.
func (d *Desk) resources(ctx context.Context, u Use) (Reply, error) {
	s, set, err := d.Articles.Settings(ctx, u.Guild)
	if err != nil && set == nil {
		return Reply{}, err
	}
	lines := escapedAll(s.Helplines)
	if len(lines) == 0 {
		lines = []string{"None yet. Without them the crisis card names helplines for several countries."}
	}
	rules, err := d.Rules.WithHelplines(s.Helplines)
	if err != nil {
		rules = d.Rules
	}
	card := rules.Cards(safety.Decision{Tier: safety.TierCrisis, Matches: []safety.Match{{Tier: safety.TierCrisis}}})
	m := panel("Whom the bot says to call", "**This server's own helplines**, shown first on crisis cards\n"+list(lines, 5), showCards(card), unreviewed)
	return with(m, row(u.button("Change your helplines…", actType, "helplines", 0))), nil
}

// showCards shows cards as members see them.
func showCards(cards []safety.Card) string {
	var b strings.Builder
	for _, c := range cards {
		b.WriteString("**The crisis card:** " + plain(c.Title, 200) + "\n" + plain(c.Action, 300) + "\n" + list(escapedAll(c.Bullets), 10))
	}
	return b.String()
}

// completeTopic completes the id of any topic.
func (d *Desk) completeTopic(ctx context.Context, u Use) (Reply, error) {
	own, err := d.Bench.Topics(ctx, u.Guild)
	var ids []string
	for _, t := range own {
		ids = append(ids, t.ID)
	}
	for _, t := range d.Rules.Topics() {
		ids = append(ids, t.ID)
	}
	return choosing(ids, u.Texts["topic"]), err
}

// completeOwnTopic completes the id of one of the server's own.
func (d *Desk) completeOwnTopic(ctx context.Context, u Use) (Reply, error) {
	own, err := d.Bench.Topics(ctx, u.Guild)
	var ids []string
	for _, t := range own {
		ids = append(ids, t.ID)
	}
	return choosing(ids, u.Texts["topic"]), err
}

// choosing completes what is typed with those names that have it in them.
func choosing(names []string, typed string) Reply {
	var choices []api.Choice
	for _, name := range names {
		if strings.Contains(strings.ToLower(name), strings.ToLower(typed)) && len(choices) < 25 && len([]rune(name)) <= 100 {
			choices = append(choices, api.Choice{Name: name, Value: name})
		}
	}
	return Reply{Choices: choices}
}
