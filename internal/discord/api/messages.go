package api

import (
	"context"
	"net/http"
)

const (
	channelMessages = "/channels/{channel}/messages"
	channelMessage  = channelMessages + "/{message}"
)

// Post writes into a channel, and returns the message's id. With a nonce it is
// repeated after any fault, as Discord then returns the message that there is;
// without one only when nothing can have arrived.
// Source: https://discord.com/developers/docs/resources/message#create-message
func (c *Client) Post(ctx context.Context, channel string, m Message) (id string, err error) {
	var reply sent
	err = c.orPlain(ctx, m, func(ctx context.Context, m Message) error {
		w := m.created()
		w.Nonce, w.Enforce = m.Nonce, m.Nonce != ""
		if m.Reply != "" {
			w.Reference = &reference{MessageID: m.Reply, ChannelID: channel, MustExist: true}
		}
		return c.send(ctx, request{
			method: http.MethodPost, route: channelMessages, ids: []string{channel}, major: channel,
			doubles: m.Nonce == "", into: &reply,
		}, w)
	})
	return reply.ID, err
}

// Edit changes a message of the bot: text, embeds and components are those of m
// afterwards.
// Source: https://discord.com/developers/docs/resources/message#edit-message
func (c *Client) Edit(ctx context.Context, channel, message string, m Message) error {
	return c.orPlain(ctx, m, func(ctx context.Context, m Message) error {
		return c.send(ctx, request{method: http.MethodPatch, route: channelMessage, ids: []string{channel, message}, major: channel}, m.replaced())
	})
}

// Delete deletes a message of the bot. One that is gone counts as deleted.
// Source: https://discord.com/developers/docs/resources/message#delete-message
func (c *Client) Delete(ctx context.Context, channel, message string) error {
	return gone(c.do(ctx, request{method: http.MethodDelete, route: channelMessage, ids: []string{channel, message}, major: channel}))
}

func (c *Client) send(ctx context.Context, r request, w wire) error {
	encoded, err := encode(w, w.files)
	if err != nil {
		return err
	}
	r.body = encoded
	return c.do(ctx, r)
}
