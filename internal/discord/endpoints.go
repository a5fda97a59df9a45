package discord

import (
	"context"
	"errors"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
)

// Interaction callback types and message flags.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding
const (
	callbackMessage  = 4
	callbackDeferred = 5
	flagEphemeral    = 1 << 6
)

// Error codes of Discord that are handled.
const (
	codeEmptyMessage = 50006
	codeAcknowledged = 40060
)

// outgoing is a message on its way to Discord.
type outgoing struct {
	Content   string         `json:"content,omitempty"`
	Embeds    []render.Embed `json:"embeds,omitempty"`
	Flags     int            `json:"flags,omitempty"`
	Mentions  noMentions     `json:"allowed_mentions"`
	Reference *reference     `json:"message_reference,omitempty"`
	Nonce     string         `json:"nonce,omitempty"`
	Enforce   bool           `json:"enforce_nonce,omitempty"`
}

// noMentions is the only permission to ping that this program knows. It is a
// type of its own because an absent or a null "parse" would allow all.
type noMentions struct{}

// MarshalJSON renders the object that forbids every mention.
func (noMentions) MarshalJSON() ([]byte, error) {
	return []byte(`{"parse":[],"replied_user":false}`), nil
}

type reference struct {
	MessageID string `json:"message_id"`
	ChannelID string `json:"channel_id"`
	MustExist bool   `json:"fail_if_not_exists"`
}

type callback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// ticket is what it takes to reply to an interaction.
type ticket struct{ id, token string }

type application struct {
	ID string `json:"id"`
}

// gatewayInfo is how the gateway is reached, and how it is divided.
// Source: https://discord.com/developers/docs/events/gateway#get-gateway-bot
type gatewayInfo struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Concurrency int `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// sentMessage is what is read of a message that Discord took.
type sentMessage struct {
	ID string `json:"id"`
}

type channelObject struct {
	ID       string `json:"id"`
	GuildID  string `json:"guild_id"`
	Type     int    `json:"type"`
	ParentID string `json:"parent_id"`
	NSFW     bool   `json:"nsfw"`
}

func flags(ephemeral bool) int {
	if ephemeral {
		return flagEphemeral
	}
	return 0
}

// respond sends a message as the callback of an interaction, and returns its id,
// empty when an earlier attempt got there and only its reply was lost.
func (c *restClient) respond(ctx context.Context, t ticket, m render.Message) (string, error) {
	var reply struct {
		Resource struct {
			Message sentMessage `json:"message"`
		} `json:"resource"`
	}
	err := c.callback(ctx, t, "?with_response=true", callback{callbackMessage, outgoing{Embeds: m.Embeds, Flags: flags(m.Ephemeral)}}, &reply)
	return reply.Resource.Message.ID, err
}

// promise sends the callback that says that an answer follows.
func (c *restClient) promise(ctx context.Context, t ticket, ephemeral bool) error {
	return c.callback(ctx, t, "", callback{callbackDeferred, struct {
		Flags int `json:"flags"`
	}{flags(ephemeral)}}, nil)
}

func (c *restClient) callback(ctx context.Context, t ticket, query string, body callback, into any) error {
	err := c.do(ctx, request{
		method: "POST", path: "/interactions/" + t.id + "/" + t.token + "/callback" + query, route: "/interactions/…/callback", body: body, into: into,
	})
	if refused := (*apiError)(nil); errors.As(err, &refused) && refused.Code == codeAcknowledged {
		return nil // an earlier attempt arrived although its reply was lost
	}
	return err
}

// fulfil edits the promised message, and returns its id.
func (c *restClient) fulfil(ctx context.Context, app string, t ticket, m render.Message) (string, error) {
	var sent sentMessage
	err := c.do(ctx, request{
		method: "PATCH", path: "/webhooks/" + app + "/" + t.token + "/messages/@original", route: "/webhooks/…/messages/@original",
		body: outgoing{Embeds: m.Embeds}, into: &sent,
	})
	return sent.ID, err
}

// reply answers a message, and returns the id of the reply. Where the bot may not send embeds, and the message
// would therefore be empty, it is sent as plain text.
func (c *restClient) reply(ctx context.Context, channel, message string, m render.Message) (string, error) {
	out := outgoing{
		Embeds: m.Embeds, Nonce: message, Enforce: true,
		Reference: &reference{MessageID: message, ChannelID: channel},
	}
	id, err := c.post(ctx, channel, out)
	if refused := (*apiError)(nil); errors.As(err, &refused) && refused.Code == codeEmptyMessage {
		out.Embeds, out.Content = nil, m.Plain()
		return c.post(ctx, channel, out)
	}
	return id, err
}

func (c *restClient) post(ctx context.Context, channel string, out outgoing) (string, error) {
	var sent sentMessage
	err := c.do(ctx, request{method: "POST", path: "/channels/" + channel + "/messages", route: "/channels/…/messages", body: out, into: &sent})
	return sent.ID, err
}

func (c *restClient) channel(ctx context.Context, id string) (channelObject, error) {
	var found channelObject
	err := c.do(ctx, request{method: "GET", path: "/channels/" + id, route: "/channels/…", into: &found})
	return found, err
}

func (c *restClient) application(ctx context.Context) (application, error) {
	var app application
	err := c.do(ctx, request{method: "GET", path: "/applications/@me", route: "/applications/@me", into: &app})
	if err == nil && app.ID == "" {
		err = fmt.Errorf("GET /applications/@me: the reply names no application")
	}
	return app, err
}

// gateway returns the address of the gateway.
func (c *restClient) gateway(ctx context.Context) (string, error) {
	var info gatewayInfo
	err := c.do(ctx, request{method: "GET", path: "/gateway", route: "/gateway", into: &info})
	if err == nil && info.URL == "" {
		err = fmt.Errorf("%w: GET /gateway: the reply names no address", article.ErrUnavailable)
	}
	return info.URL, err
}

// gatewayBot returns how the gateway is divided for this bot.
func (c *restClient) gatewayBot(ctx context.Context) (gatewayInfo, error) {
	var info gatewayInfo
	err := c.do(ctx, request{method: "GET", path: "/gateway/bot", route: "/gateway/bot", into: &info})
	if err == nil && (info.Shards < 1 || info.Limit.Concurrency < 1) {
		err = fmt.Errorf("%w: GET /gateway/bot: the reply names no shards", article.ErrUnavailable)
	}
	return info, err
}

func (c *restClient) commands(ctx context.Context, app string) ([]command, error) {
	var registered []command
	err := c.do(ctx, request{method: "GET", path: "/applications/" + app + "/commands?with_localizations=true", route: "/applications/…/commands", into: &registered})
	return registered, err
}

func (c *restClient) putCommands(ctx context.Context, app string, wanted []command) error {
	return c.do(ctx, request{method: "PUT", path: "/applications/" + app + "/commands", route: "/applications/…/commands", body: wanted})
}
