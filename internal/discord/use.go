package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/desk"
)

// useOf is a visit as the moderators' side takes it.
func (b *Bot) useOf(v visit) desk.Use {
	data := v.event.Data
	u := desk.Use{
		Guild: v.guild, Channel: v.channel, Member: v.user, Owner: b.guilds.owns(v.guild, v.user), Locale: v.event.Locale,
		Settings: v.settings, Seal: b.sealFor(v.guild),
		Fetch: func(ctx context.Context, a desk.Attachment, limit int64) ([]byte, error) {
			return b.rest.Download(ctx, a.URL, limit)
		},
	}
	switch v.event.Kind {
	case kindComponent, kindModal:
		u.Action, u.On, u.Page = desk.Action(v.token.on[0]), v.token.on[1:], v.token.page
		u.Values, u.Form, u.Inputs = data.Values, v.event.Kind == kindModal, data.inputs()
	default:
		b.fillCommand(&u, v)
	}
	return u
}

// sealFor makes the custom ids of the moderators' components.
func (b *Bot) sealFor(guild string) func(desk.Action, string, int) string {
	return func(a desk.Action, on string, page int) string {
		return b.customID(guild, token{actModerate, string([]byte{byte(a)}) + on, page})
	}
}

// fillCommand reads a command or what is typed into one.
func (b *Bot) fillCommand(u *desk.Use, v visit) {
	data := v.event.Data
	u.Command = data.Name
	if sub, ok := data.subcommand(); ok {
		u.Sub = sub.Name
	}
	u.Texts, u.Numbers, u.Switches = map[string]string{}, map[string]int64{}, map[string]bool{}
	for _, o := range data.given() {
		fillOption(u, data, o)
	}
	if target, ok := data.Resolved.Messages[data.Target]; ok {
		u.Target = desk.Target{ID: data.Target, Our: b.toUs(&target)}
	}
}

// fillOption reads one option. What is not of the type that it should be is left out.
func fillOption(u *desk.Use, data interactionData, o optionEvent) {
	if o.Focused {
		u.Focused = o.Name
	}
	var text string
	var number int64
	var on bool
	switch {
	case json.Unmarshal(o.Value, &text) == nil:
		u.Texts[o.Name] = strings.TrimSpace(text)
		if a, ok := data.Resolved.Attachments[text]; ok && o.Type == api.OptionAttachment {
			u.File = &desk.Attachment{Name: a.Name, Type: a.Type, URL: a.URL, Size: a.Size}
		}
	case json.Unmarshal(o.Value, &number) == nil:
		u.Numbers[o.Name] = number
		u.Texts[o.Name] = fmt.Sprint(number)
	case json.Unmarshal(o.Value, &on) == nil:
		u.Switches[o.Name] = on
	}
}
