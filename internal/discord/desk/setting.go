package desk

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// The screen of one setting. Page is 1 where it was opened from the first checklist,
// which it then leads back to.

// fromSetup is the page of a setting that was opened from the checklist.
const fromSetup = 1

// errNoSetting is for a setting that is there no more.
var errNoSetting = fmt.Errorf("%w: there is no such setting any more; open /settings show again", article.ErrNotFound)

// oneSetting shows a setting that was chosen.
func (d *Desk) oneSetting(ctx context.Context, u Use) (Reply, error) {
	name := u.On
	if len(u.Values) == 1 {
		name = u.Values[0]
	}
	return d.showSetting(ctx, u, name, "")
}

// showSetting shows a setting below what was just done.
func (d *Desk) showSetting(ctx context.Context, u Use, name, done string) (Reply, error) {
	c, ok := controlOf(name)
	if !ok {
		return Reply{}, errNoSetting
	}
	s, set, err := d.Articles.Settings(ctx, u.Guild)
	if err != nil && set == nil {
		return Reply{}, err
	}
	help, err := library.SettingHelp(name)
	if err != nil {
		return Reply{}, err
	}
	m := panel(c.label, done, render.Escape(help.Help), "**Now:** "+c.shown(s), d.warns(c, s))
	back := u.button("Back", actOverview, "", 0)
	if u.Page == fromSetup {
		back = u.button("Back to the checklist", actSetup, "", 0)
	}
	last := row(u.button("Reset to the default", actReset, name, u.Page), back)
	return with(m, u.control(c, s), row(u.typing(c)...), last), nil
}

// warns says what a setting needs beside itself, "" for nothing.
func (d *Desk) warns(c control, s library.Settings) string {
	unasked := c.name == "auto-channels" && len(s.AutoChannels) > 0 || c.name == "forum-channels" && len(s.ForumChannels) > 0
	switch {
	case unasked && !d.Content:
		return "The bot may read only what is said to it, so this has no effect yet. Whoever hosts it has to grant it the message content intent and start it with VERBATIM_MESSAGE_CONTENT=on."
	case unasked:
		return d.unready(s)
	case c.name == "gaps" && s.Gaps:
		return "Members see in /privacy and /help that unanswered questions are kept."
	case c.name == "card-notes" && s.CardNotes && s.LogChannel == "":
		return "There is no log channel yet, so no note is posted. Choose one in /settings show."
	}
	return ""
}

// control is the row in which a setting is changed; texts have none.
func (u Use) control(c control, s library.Settings) render.Row {
	value := s.Texts()[c.name]
	ids := strings.FieldsFunc(value, func(r rune) bool { return r == ',' })
	menu := render.Menu{ID: u.Seal(actSet, c.name, u.Page), Hint: "Choose", Channels: c.types, Chosen: ids, Most: most}
	switch c.kind {
	case switched:
		return row(
			styled(u.button("On", actSwitch, c.name, u.Page<<1|1), style(value == "on")),
			styled(u.button("Off", actSwitch, c.name, u.Page<<1), style(value != "on")))
	case chosen, numbered:
		return u.choice(c, value)
	case channels:
		menu.Kind = render.MenuChannels
	case channel:
		menu.Kind, menu.Most = render.MenuChannels, 1
	case roles:
		menu.Kind = render.MenuRoles
	case members:
		menu.Kind = render.MenuUsers
	case written:
		return render.Row{}
	}
	if len(ids) > most {
		return render.Row{} // a menu would lose the others
	}
	return render.Row{Menu: &menu}
}

// most is how many of what the server has a menu takes.
const most = 25

// style marks the button of what holds now.
func style(now bool) render.Style {
	if now {
		return render.Primary
	}
	return render.Secondary
}

// choice is the menu of one of a few.
func (u Use) choice(c control, value string) render.Row {
	entries := make([]render.Entry, len(c.choices))
	for i, e := range c.choices {
		e.Chosen = e.Value == value
		entries[i] = e
	}
	r := u.menu(actSet, c.name, "Choose", entries)
	r.Menu.ID = u.Seal(actSet, c.name, u.Page)
	return r
}

// typing is the button for a value that is typed.
func (u Use) typing(c control) []render.Button {
	label := map[controlKind]string{numbered: "Another number…", written: "Write…", members: "Write ids…", channels: "Write ids…", roles: "Write ids…"}[c.kind]
	if label == "" {
		return nil
	}
	return []render.Button{u.button(label, actType, c.name, u.Page)}
}

// setChosen stores what was chosen in a menu; nothing chosen is the default.
func (d *Desk) setChosen(ctx context.Context, u Use) (Reply, error) {
	return d.set(ctx, u, u.On, cmp.Or(strings.Join(u.Values, ","), "default"))
}

// switchSetting turns a setting on or off.
func (d *Desk) switchSetting(ctx context.Context, u Use) (Reply, error) {
	value := "off"
	if u.Page&1 == 1 {
		value = "on"
	}
	u.Page >>= 1
	return d.set(ctx, u, u.On, value)
}

// resetSetting lets the default hold again.
func (d *Desk) resetSetting(ctx context.Context, u Use) (Reply, error) {
	return d.set(ctx, u, u.On, "default")
}

// inputValue is the field of the form for a setting.
const inputValue = "value"

// typeSetting asks for a value, and stores it when it comes back.
func (d *Desk) typeSetting(ctx context.Context, u Use) (Reply, error) {
	c, ok := controlOf(u.On)
	if !ok {
		return Reply{}, errNoSetting
	}
	if u.Form {
		value := strings.ReplaceAll(u.Inputs[inputValue], "\n", "; ")
		if c.kind != written {
			value = u.Inputs[inputValue]
		}
		return d.set(ctx, u, u.On, cmp.Or(strings.TrimSpace(value), "default"))
	}
	help, err := library.SettingHelp(u.On)
	if err != nil {
		return Reply{}, err
	}
	s, _, _ := d.Articles.Settings(ctx, u.Guild) // the form is empty when they cannot be read
	return Reply{Form: &api.Modal{
		ID: u.Seal(actType, u.On, u.Page), Title: cut(c.label, 45),
		Inputs: []api.Input{{
			ID: inputValue, Label: cut(c.label, 45), Hint: cut(upperFirst(help.Takes), 100),
			Value: strings.ReplaceAll(s.Texts()[u.On], "; ", "\n"), Long: c.kind != numbered, Max: 4000,
		}},
	}}, nil
}

// notSet says why a value will not do, and gives back what was typed.
func (d *Desk) notSet(ctx context.Context, u Use, name string, err error) (Reply, error) {
	why := upperFirst(strings.TrimPrefix(sentence(err), upperFirst(name)+": "))
	r, failed := d.showSetting(ctx, u, name, "**Not changed:** "+render.Escape(why))
	if c, ok := controlOf(name); ok && c.kind != numbered && failed == nil && u.Inputs[inputValue] != "" {
		r.Show.Embeds[0].Description += "\n\nThis is what you wrote, to copy:"
		m := whole(*r.Show, "setting.txt", u.Inputs[inputValue])
		r.Show = &m
	}
	return r, failed
}

// set stores a setting and shows it. A value that will not do is told, and the setting
// stays as it was.
func (d *Desk) set(ctx context.Context, u Use, name, value string) (Reply, error) {
	if _, err := d.Articles.Set(ctx, u.Guild, name, value, u.Act("")); err != nil {
		if unexpected(err) != nil {
			return Reply{}, err
		}
		return d.notSet(ctx, u, name, err)
	}
	return d.showSetting(ctx, u, name, "**Saved.**")
}
