package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// The screen of all settings, of which one is chosen to be changed.

// control says how a setting is changed in Discord.
type control struct {
	name    string // of the setting
	label   string // what it is called in the menu
	kind    controlKind
	types   []int          // of the channels that are offered
	choices []render.Entry // of one of a few, and of usual numbers
}

type controlKind int

// How settings are changed: a switch, one of a few words, a number, a text, or what the
// server has.
const (
	switched controlKind = iota
	chosen
	numbered
	written
	channels
	channel
	roles
	members
)

// Types of channels.
// Source: https://discord.com/developers/docs/resources/channel#channel-object-channel-types
const (
	typeText  = 0
	typeNews  = 5
	typeForum = 15
)

// controls lists the settings in the order of the screen.
func controls() []control {
	text := []int{typeText, typeNews}
	return []control{
		{name: "answer-channels", label: "Answer channels", kind: channels, types: []int{typeText, typeNews, typeForum}},
		{name: "auto-channels", label: "Answer unasked in channels", kind: channels, types: text},
		{name: "forum-channels", label: "Answer posts in forums", kind: channels, types: []int{typeForum}},
		{name: "private", label: "Private replies", kind: switched},
		{name: "moderator-roles", label: "Moderator roles", kind: roles},
		{name: "log-channel", label: "Log channel", kind: channel, types: text},
		{name: "age-policy", label: "Age-restricted articles", kind: chosen, choices: []render.Entry{
			{Label: "In age-restricted channels", Value: "channel"}, {Label: "Never quoted", Value: "never"},
		}},
		{name: "stale-days", label: "When an article counts as old", kind: numbered, choices: days(365, 730, 1095, 1825, 3650, 0)},
		{name: "show-review", label: "Show reviews in replies", kind: switched},
		{name: "gaps", label: "Keep unanswered questions", kind: switched},
		{name: "propagation", label: "Posted answers when an article changes", kind: chosen, choices: []render.Entry{
			{Label: "Mark them", Value: "mark", Detail: "The words stay, with a note that the article has changed."},
			{Label: "Edit them", Value: "edit", Detail: "The new words take their place, with a note."},
			{Label: "Remove them", Value: "remove", Detail: "The messages are deleted."},
		}},
		{name: "language", label: "Language", kind: chosen, choices: []render.Entry{
			{Label: "English", Value: "en"}, {Label: "Deutsch", Value: "de"}, {Label: "Español", Value: "es"}, {Label: "Français", Value: "fr"}, {Label: "Português do Brasil", Value: "pt-BR"},
		}},
		{name: "retention-days", label: "How long answers are kept", kind: numbered, choices: days(30, 90, 180, 365, 730)},
		{name: "helplines", label: "Your helplines", kind: written},
		{name: "paused", label: "Pause: only safety cards", kind: switched},
		{name: "card-notes", label: "Notes when a card was shown", kind: switched},
		{name: "daily-cap", label: "Questions a member may ask a day", kind: numbered, choices: numbers("no limit", 5, 10, 20, 50, 0)},
		{name: "blocked-members", label: "Blocked members", kind: members},
	}
}

// days are entries for numbers of days.
func days(all ...int) []render.Entry {
	entries := make([]render.Entry, len(all))
	for i, n := range all {
		label := counted(n, "day", "days")
		switch {
		case n == 0:
			label = "Never"
		case n%365 == 0:
			label = counted(n/365, "year", "years")
		}
		entries[i] = render.Entry{Label: label, Value: fmt.Sprint(n)}
	}
	return entries
}

// numbers are entries for numbers, of which 0 has a name.
func numbers(zero string, all ...int) []render.Entry {
	entries := make([]render.Entry, len(all))
	for i, n := range all {
		entries[i] = render.Entry{Label: fmt.Sprint(n), Value: fmt.Sprint(n)}
		if n == 0 {
			entries[i].Label = upperFirst(zero)
		}
	}
	return entries
}

// controlOf finds the control of a setting.
func controlOf(name string) (control, bool) {
	all := controls()
	if i := slices.IndexFunc(all, func(c control) bool { return c.name == name }); i >= 0 {
		return all[i], true
	}
	return control{}, false
}

// settings shows all settings, with a menu of what can be changed.
func (d *Desk) settings(ctx context.Context, u Use) (Reply, error) {
	s, set, err := d.Articles.Settings(ctx, u.Guild)
	if err != nil && set == nil {
		return Reply{}, err
	}
	lines := make([]string, 0, len(controls()))
	entries := make([]render.Entry, 0, len(controls()))
	for _, c := range controls() {
		line := "**" + c.label + ":** " + c.shown(s)
		if set[c.name] == "" {
			line += " (default)"
		}
		lines = append(lines, line)
		entries = append(entries, render.Entry{Label: c.label, Value: c.name})
	}
	m := panel("Settings", strings.Join(lines, "\n"), d.muted(s), d.unready(s), "Every change is in the audit trail: /kb audit.")
	return with(m, u.menu(actSetting, "", "Choose what to change", entries),
		row(u.button("First checklist", actSetup, "", 0))), nil
}

// muted says who is muted now, "" when nobody is.
func (d *Desk) muted(s library.Settings) string {
	var who []string
	for _, m := range s.Muted {
		if m.Until.After(d.Now()) {
			who = append(who, fmt.Sprintf("<@%s> until <t:%d:f>", m.Member, m.Until.Unix()))
		}
	}
	if len(who) == 0 {
		return ""
	}
	return "**Muted:** " + strings.Join(who[:min(10, len(who))], ", ")
}

// unready says that nothing is answered unasked yet, "" when the checklist is done.
func (d *Desk) unready(s library.Settings) string {
	if s.Ready {
		return ""
	}
	return "The first checklist is not finished, so nothing is answered unasked yet."
}

// shown is the value of a setting as Markdown.
func (c control) shown(s library.Settings) string {
	value := s.Texts()[c.name]
	if value == "" {
		return map[controlKind]string{channels: "none chosen", channel: "none", roles: "none", members: "nobody", written: "none"}[c.kind]
	}
	return c.shownValue(value, 300)
}

// shownValue is a value that is not empty as Markdown, a text with at most so many
// characters.
func (c control) shownValue(value string, most int) string {
	ids := strings.FieldsFunc(value, func(r rune) bool { return r == ',' })
	switch c.kind {
	case channels, channel:
		return mentions(ids, "<#")
	case roles:
		return mentions(ids, "<@&")
	case members:
		return mentions(ids, "<@")
	case chosen, numbered:
		if i := slices.IndexFunc(c.choices, func(e render.Entry) bool { return e.Value == value }); i >= 0 {
			return c.choices[i].Label
		}
	case switched, written:
	}
	return plain(value, most)
}

// mentions shows ids as what they stand for; nobody is pinged by it.
func mentions(ids []string, open string) string {
	shown := make([]string, len(ids))
	for i, id := range ids {
		shown[i] = open + id + ">"
	}
	return some(shown, 10)
}

// some shows the first of some in a line, and says how many more there are.
func some(all []string, most int) string {
	shown := slices.Clone(all[:min(most, len(all))])
	if n := len(all) - len(shown); n > 0 {
		shown = append(shown, fmt.Sprintf("and %d more", n))
	}
	return strings.Join(shown, " ")
}
