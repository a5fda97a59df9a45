package discord

import (
	"encoding/json"
)

// What is read of Discord's events. The types hold just the fields that are used, so
// that a component, an embed or a sticker of a kind that came after this program
// cannot keep a question from being read.
//
// Source: https://discord.com/developers/docs/events/gateway-events

type userEvent struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

type memberEvent struct {
	User        *userEvent `json:"user"` // left out of messages
	Roles       []string   `json:"roles"`
	Permissions string     `json:"permissions"` // a number; of interactions only
}

// messageEvent is a message, of an event or of an interaction.
type messageEvent struct {
	ID         string        `json:"id"`
	Guild      string        `json:"guild_id"`
	Channel    string        `json:"channel_id"`
	Author     *userEvent    `json:"author"`
	Member     *memberEvent  `json:"member"`
	Content    string        `json:"content"`
	Type       int           `json:"type"`
	Webhook    string        `json:"webhook_id"`
	Mentions   []userEvent   `json:"mentions"`
	Referenced *messageEvent `json:"referenced_message"`
	Edited     string        `json:"edited_timestamp"`
	Flags      int           `json:"flags"`
}

// deletionEvent is one message that is gone, or several.
type deletionEvent struct {
	ID    string   `json:"id"`
	IDs   []string `json:"ids"`
	Guild string   `json:"guild_id"`
}

// guildEvent is a guild as the gateway tells of it.
type guildEvent struct {
	ID          string         `json:"id"`
	Unavailable bool           `json:"unavailable"`
	Name        string         `json:"name"`
	Owner       string         `json:"owner_id"`
	NSFWLevel   int            `json:"nsfw_level"`
	Roles       []roleEvent    `json:"roles"`
	Channels    []channelEvent `json:"channels"`
	Threads     []channelEvent `json:"threads"`
}

// channelEvent is a channel or a thread.
type channelEvent struct {
	ID         string `json:"id"`
	Guild      string `json:"guild_id"`
	Parent     string `json:"parent_id"`
	Type       int    `json:"type"`
	Restricted bool   `json:"nsfw"`
	Name       string `json:"name"`
}

type roleEvent struct {
	ID          string `json:"id"`
	Permissions string `json:"permissions"`
}

// guildRoleEvent is a role that was made, changed or deleted.
type guildRoleEvent struct {
	Guild string    `json:"guild_id"`
	Role  roleEvent `json:"role"`
	Gone  string    `json:"role_id"`
}

type threadsEvent struct {
	Threads []channelEvent `json:"threads"`
}

// readyEvent is the beginning of a session.
type readyEvent struct {
	User   userEvent    `json:"user"`
	Guilds []guildEvent `json:"guilds"`
}

// The kinds of interaction.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type
const (
	kindCommand   = 2
	kindComponent = 3
	kindTyping    = 4
	kindModal     = 5
)

// interactionEvent is a use of a command, a component or a modal.
type interactionEvent struct {
	ID      string          `json:"id"`
	Token   string          `json:"token"`
	Kind    int             `json:"type"`
	Guild   string          `json:"guild_id"`
	Channel string          `json:"channel_id"`
	Member  *memberEvent    `json:"member"`
	User    *userEvent      `json:"user"` // in direct messages
	Locale  string          `json:"locale"`
	Message *messageEvent   `json:"message"` // whose component was used
	Data    interactionData `json:"data"`
}

type interactionData struct {
	Name     string        `json:"name"`
	Type     int           `json:"type"`
	Options  []optionEvent `json:"options"`
	Target   string        `json:"target_id"`
	Resolved struct {
		Messages    map[string]messageEvent    `json:"messages"`
		Attachments map[string]attachmentEvent `json:"attachments"`
	} `json:"resolved"`

	CustomID   string       `json:"custom_id"`
	Values     []string     `json:"values"`
	Components []inputEvent `json:"components"`
}

// attachmentEvent is a file that a member gave.
type attachmentEvent struct {
	Name string `json:"filename"`
	Type string `json:"content_type"`
	URL  string `json:"url"`
	Size int64  `json:"size"`
}

type optionEvent struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []optionEvent   `json:"options"`
}

// inputEvent is a field of a modal, or what holds some.
type inputEvent struct {
	CustomID   string       `json:"custom_id"`
	Value      string       `json:"value"`
	Components []inputEvent `json:"components"`
	Component  *inputEvent  `json:"component"`
}

// text returns the text that was given for an option, "" for none.
func (d interactionData) text(option string) string {
	var text string
	d.read(option, &text)
	return text
}

// yes returns the switch that was given for an option, nil for none.
func (d interactionData) yes(option string) *bool {
	var on bool
	if !d.read(option, &on) {
		return nil
	}
	return &on
}

// read decodes an option, also of a subcommand, and reports whether it was given.
func (d interactionData) read(name string, into any) bool {
	for _, o := range d.given() {
		if o.Name == name && len(o.Value) > 0 {
			return json.Unmarshal(o.Value, into) == nil
		}
	}
	return false
}

// given lists the options of the command, or of its subcommand.
func (d interactionData) given() []optionEvent {
	if sub, ok := d.subcommand(); ok {
		return sub.Options
	}
	return d.Options
}

// subcommand returns the subcommand that was chosen, if the command has any.
func (d interactionData) subcommand() (optionEvent, bool) {
	if len(d.Options) == 1 && len(d.Options[0].Value) == 0 {
		return d.Options[0], true
	}
	return optionEvent{}, false
}

// focused returns the option that is being typed and what it holds so far.
func (d interactionData) focused() (name, typed string) {
	for _, o := range d.given() {
		if o.Focused {
			_ = json.Unmarshal(o.Value, &typed) // a number is no text that could be completed
			return o.Name, typed
		}
	}
	return "", ""
}

// inputs returns what was typed into the fields of a modal.
func (d interactionData) inputs() map[string]string {
	typed := make(map[string]string)
	for _, in := range d.Components {
		in.collect(typed)
	}
	return typed
}

func (in inputEvent) collect(typed map[string]string) {
	if in.CustomID != "" {
		typed[in.CustomID] = in.Value
	}
	if in.Component != nil {
		in.Component.collect(typed)
	}
	for _, inner := range in.Components {
		inner.collect(typed)
	}
}

// input returns what was typed into a field of a modal.
func (d interactionData) input(id string) string {
	for _, in := range d.Components {
		if text, ok := in.find(id); ok {
			return text
		}
	}
	return ""
}

func (in inputEvent) find(id string) (string, bool) {
	if in.CustomID == id {
		return in.Value, true
	}
	if in.Component != nil {
		return in.Component.find(id)
	}
	for _, inner := range in.Components {
		if text, ok := inner.find(id); ok {
			return text, true
		}
	}
	return "", false
}

// user returns who used it, "" when Discord does not say.
func (i *interactionEvent) user() string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}
