package api

import (
	"context"

	"verbatim/internal/discord/render"
)

// Message is a message on its way to Discord. Whatever it holds, it pings nobody.
type Message struct {
	Content   string
	Embeds    []render.Embed
	Rows      []render.Row
	Files     []File
	NoFiles   bool   // what takes the place of a message with files takes them away
	Ephemeral bool   // seen by one member only; replies to interactions alone can be
	Reply     string // id of the message that it replies to; [Client.Post] alone does so
	// Nonce makes repetitions of one message known as such, for some minutes. At most
	// 25 characters; [Client.Post] alone sends it.
	// Source: https://discord.com/developers/docs/resources/message#create-message
	Nonce string
	// Plain is the text that stands for the embeds where the bot may not send any, nil
	// for none.
	Plain func() string
}

// File is a file in a message.
type File struct {
	Name string
	Type string // media type; empty leaves it to Discord
	Data []byte
	Alt  string // what a picture shows, for those who do not see it, at most 1024 characters; empty for nothing
}

// Of returns a rendered message as one to be sent.
func Of(m render.Message) Message {
	return Message{Embeds: m.Embeds, Rows: m.Rows, Ephemeral: m.Ephemeral, Plain: m.Plain}
}

// Message flags.
// Source: https://discord.com/developers/docs/resources/message#message-object-message-flags
const flagEphemeral = 1 << 6

// wire is a message as Discord takes it. A nil slice or pointer leaves a field out;
// an empty one clears it.
type wire struct {
	Content     *string        `json:"content,omitzero"`
	Embeds      []render.Embed `json:"embeds,omitzero"`
	Rows        []render.Row   `json:"components,omitzero"`
	Attachments []attachment   `json:"attachments,omitzero"`
	Flags       int            `json:"flags,omitzero"`
	Mentions    noMentions     `json:"allowed_mentions"`
	Reference   *reference     `json:"message_reference,omitzero"`
	Nonce       string         `json:"nonce,omitzero"`
	Enforce     bool           `json:"enforce_nonce,omitzero"`

	files []File
}

// noMentions is the only permission to ping that this program knows. It is a
// type of its own because an absent or a null "parse" would allow all.
// Source: https://discord.com/developers/docs/resources/message#allowed-mentions-object
type noMentions struct{}

// MarshalJSON renders the object that forbids every mention.
func (noMentions) MarshalJSON() ([]byte, error) {
	return []byte(`{"parse":[],"replied_user":false}`), nil
}

// reference names the message that another one replies to. When that is gone, Discord
// refuses the reply: nobody would know what it is about.
type reference struct {
	MessageID string `json:"message_id"`
	ChannelID string `json:"channel_id"`
	MustExist bool   `json:"fail_if_not_exists"`
}

// created is a message as it is sent first: what it has not is left out.
func (m Message) created() wire {
	w := wire{Attachments: attachments(m.Files), files: m.Files}
	if m.Content != "" {
		w.Content = &m.Content
	}
	if len(m.Embeds) > 0 {
		w.Embeds = m.Embeds
	}
	if len(m.Rows) > 0 {
		w.Rows = m.Rows
	}
	return w
}

// reply is created for an interaction, where a message can be for one member alone.
func (m Message) reply() wire {
	w := m.created()
	w.Flags = flags(m.Ephemeral)
	return w
}

// replaced is a message as it takes the place of another: what it has not is cleared.
// Files are an exception: those of the message stay unless there are new ones, or
// NoFiles is set.
func (m Message) replaced() wire {
	w := wire{
		Content: &m.Content, Embeds: append([]render.Embed{}, m.Embeds...), Rows: append([]render.Row{}, m.Rows...),
		Attachments: attachments(m.Files), files: m.Files,
	}
	if m.NoFiles && len(m.Files) == 0 {
		w.Attachments = []attachment{}
	}
	return w
}

func flags(ephemeral bool) int {
	if ephemeral {
		return flagEphemeral
	}
	return 0
}

// orPlain sends a message, and sends it again as plain text where the bot may not
// send embeds: Discord drops them, and refuses the empty message that is left. Both
// together last no longer than one call may.
func (c *Client) orPlain(ctx context.Context, m Message, send func(context.Context, Message) error) error {
	ctx, cancel := context.WithTimeout(ctx, c.request)
	defer cancel()
	err := send(ctx, m)
	code := CodeOf(err)
	if (code != CodeEmptyMessage && code != CodeMissingPermissions) || m.Plain == nil || len(m.Embeds) == 0 {
		return err
	}
	text := m.Plain()
	if text == "" {
		return err
	}
	m.Embeds, m.Content = nil, text
	return send(ctx, m)
}
