package render

import (
	"strings"

	"verbatim/internal/discord/locale"
)

// Privacy is what is kept about a member, as far as it is shown.
type Privacy struct {
	Days    int  // after which it is deleted
	Gaps    bool // the guild keeps questions without an answer
	Answers int  // replies to the member's questions
	Votes   int  // ratings by the member
	OptedIn bool // to age-restricted quotes in direct messages
	Direct  bool // shown in a direct message
}

// Privacy says in plain words what is kept, for how long and how much, for one reader.
func (r *Renderer) Privacy(p Privacy) Message {
	v := view{Words: r.words}
	lines := []string{v.Count(locale.PrivacyKept, p.Days)}
	if p.Gaps {
		lines = append(lines, v.Say(locale.PrivacyGaps, nil))
	}
	if p.Direct {
		lines = append(lines, v.Say(locale.PrivacyDirect, locale.Values{"Privacy": v.Say(locale.CommandPrivacy.Name(), nil)}))
	}
	return v.told(locale.TitlePrivacy, append(lines, v.amount(p)...))
}

// amount says how much is kept.
func (v view) amount(p Privacy) []string {
	var lines []string
	if p.Answers > 0 || p.Votes > 0 {
		lines = append(lines, v.Say(locale.PrivacyAmount, locale.Values{
			"Answers": v.Count(locale.PrivacyAnswers, p.Answers), "Votes": v.Count(locale.PrivacyVotes, p.Votes),
		}))
	}
	if p.OptedIn {
		lines = append(lines, v.Say(locale.PrivacyOptedIn, nil))
	}
	if len(lines) == 0 {
		return []string{v.Say(locale.PrivacyNothing, nil)}
	}
	return lines
}

// told is a titled text of several paragraphs, for one reader.
func (v view) told(title locale.ID, paragraphs []string) Message {
	return Message{Ephemeral: true, Embeds: []Embed{{
		Title: Escape(v.Say(title, nil)), Description: fit(strings.Join(paragraphs, "\n\n"), maxDescription), Color: Neutral,
	}}}
}

// Help says how to ask and what the buttons do, and names some of the titles. intent
// says that the bot can read messages that do not name it, and gaps that the guild keeps
// questions without an answer.
func (r *Renderer) Help(titles []string, intent, gaps bool) Message {
	v := view{Words: r.words}
	lines := []string{v.Say(locale.HelpIntro, nil), ""}
	for _, way := range v.ways(intent) {
		lines = append(lines, "• "+way)
	}
	if gaps {
		lines = append(lines, "", v.Say(locale.HelpGaps, locale.Values{"Privacy": v.Say(locale.CommandPrivacy.Name(), nil)}))
	}
	lines = append(append(lines, ""), v.offered(titles)...)
	return Message{Embeds: []Embed{{
		Title: Escape(v.Say(locale.TitleHelp, nil)), Description: fit(strings.Join(lines, "\n"), maxDescription), Color: Neutral,
	}}}
}

// ways are the ways to ask and what can be done with a reply. Commands and buttons
// have the names by which the reader sees them.
func (v view) ways(intent bool) []string {
	say := func(id locale.ID) string { return v.Say(id, nil) }
	reading := locale.HelpThread
	if intent {
		reading = locale.HelpOpen
	}
	return []string{
		v.Say(locale.HelpAsk, locale.Values{"Ask": say(locale.CommandAsk.Name())}),
		v.Say(locale.HelpMenu, locale.Values{"Answer": say(locale.CommandAnswer.Name())}),
		say(reading),
		v.Say(locale.HelpButtons, locale.Values{
			"More": say(locale.ButtonMore), "Context": say(locale.ButtonContext), "Cite": say(locale.ButtonCite), "Remove": say(locale.ButtonRemove),
		}),
		v.Say(locale.HelpCommands, locale.Values{
			"Article": say(locale.CommandArticle.Name()), "Cite": say(locale.CommandCite.Name()), "Privacy": say(locale.CommandPrivacy.Name()),
		}),
	}
}
