package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"verbatim/internal/article"
)

// Channel is a channel or a thread, in the fields that are used.
// Source: https://discord.com/developers/docs/resources/channel#channel-object
type Channel struct {
	ID       string `json:"id"`
	GuildID  string `json:"guild_id"` // empty for direct messages
	Type     int    `json:"type"`
	ParentID string `json:"parent_id"` // of a thread: the channel that it is in
	NSFW     bool   `json:"nsfw"`
}

// Application is what the bot belongs to.
type Application struct {
	ID string `json:"id"`
}

// GatewayInfo is how the gateway is reached, and how it is divided.
// Source: https://discord.com/developers/docs/events/gateway#get-gateway-bot
type GatewayInfo struct {
	URL    string
	Shards int // as many as Discord recommends
	Limit  StartLimit
}

// StartLimit is how many sessions may be started.
// Source: https://discord.com/developers/docs/events/gateway#session-start-limit-object
type StartLimit struct {
	Total, Remaining int
	ResetAfter       time.Duration // from now, until Remaining is Total again
	Concurrency      int           // how many may be started in the same five seconds
}

// OpenDM returns the channel of direct messages with a user, which is made when there
// is none.
// Source: https://discord.com/developers/docs/resources/user#create-dm
func (c *Client) OpenDM(ctx context.Context, user string) (channel string, err error) {
	encoded, err := jsonBody(struct {
		Recipient string `json:"recipient_id"`
	}{user})
	if err != nil {
		return "", err
	}
	var opened Channel
	r := request{method: http.MethodPost, route: "/users/@me/channels", body: encoded, into: &opened}
	if err := c.do(ctx, r); err != nil {
		return "", err
	}
	return opened.ID, r.named(opened.ID != "", "channel")
}

// Channel returns a channel that the bot can see.
// Source: https://discord.com/developers/docs/resources/channel#get-channel
func (c *Client) Channel(ctx context.Context, id string) (Channel, error) {
	var found Channel
	r := request{method: http.MethodGet, route: "/channels/{channel}", ids: []string{id}, major: id, into: &found}
	if err := c.do(ctx, r); err != nil {
		return Channel{}, err
	}
	return found, r.named(found.ID != "", "channel")
}

// Application returns the application that the token is of. A token that is not taken
// gives an [Error] of status 401.
// Source: https://discord.com/developers/docs/resources/application#get-current-application
func (c *Client) Application(ctx context.Context) (Application, error) {
	var app Application
	r := request{method: http.MethodGet, route: "/applications/@me", into: &app}
	if err := c.do(ctx, r); err != nil {
		return Application{}, err
	}
	return app, r.named(app.ID != "", "application")
}

// Gateway returns the address of the gateway, for which no token is needed.
// Source: https://discord.com/developers/docs/events/gateway#get-gateway
func (c *Client) Gateway(ctx context.Context) (string, error) {
	var info struct {
		URL string `json:"url"`
	}
	r := request{method: http.MethodGet, route: "/gateway", open: true, into: &info}
	if err := c.do(ctx, r); err != nil {
		return "", err
	}
	return info.URL, r.named(info.URL != "", "address")
}

// GatewayBot returns how the gateway is reached and divided for this bot.
func (c *Client) GatewayBot(ctx context.Context) (GatewayInfo, error) {
	var info struct {
		URL    string `json:"url"`
		Shards int    `json:"shards"`
		Limit  struct {
			Total       int   `json:"total"`
			Remaining   int   `json:"remaining"`
			ResetAfter  int64 `json:"reset_after"` // milliseconds
			Concurrency int   `json:"max_concurrency"`
		} `json:"session_start_limit"`
	}
	r := request{method: http.MethodGet, route: "/gateway/bot", into: &info}
	if err := c.do(ctx, r); err != nil {
		return GatewayInfo{}, err
	}
	l := info.Limit
	return GatewayInfo{
		URL: info.URL, Shards: info.Shards,
		Limit: StartLimit{l.Total, l.Remaining, time.Duration(l.ResetAfter) * time.Millisecond, l.Concurrency},
	}, r.named(info.URL != "" && info.Shards > 0 && l.Concurrency > 0, "address or no shards")
}

// named is the error of a reply without what was asked for.
func (r request) named(ok bool, what string) error {
	if ok {
		return nil
	}
	return fmt.Errorf("%w: %s: the reply names no %s", article.ErrUnavailable, r.name(), what)
}
