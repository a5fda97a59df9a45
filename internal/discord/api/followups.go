package api

import (
	"context"
	"net/http"
)

// sent is what is read of a message that Discord took.
type sent struct {
	ID string `json:"id"`
}

const original = "/webhooks/{app}/{token}/messages/@original"

// Fulfil gives the promised answer, and returns its id. Where one was given already,
// text, embeds and components are those of m afterwards.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#edit-original-interaction-response
func (c *Client) Fulfil(ctx context.Context, app string, t Ticket, m Message) (id string, err error) {
	var reply sent
	err = c.orPlain(ctx, m, func(ctx context.Context, m Message) error {
		return c.hook(ctx, request{method: http.MethodPatch, route: original, into: &reply}, app, t, m.replaced())
	})
	return reply.ID, err
}

// Retract removes the answer, or the promise of one. One that is gone counts as removed.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#delete-original-interaction-response
func (c *Client) Retract(ctx context.Context, app string, t Ticket) error {
	return gone(c.do(ctx, asHook(request{method: http.MethodDelete, route: original}, app, t)))
}

// FollowUp sends a further message in reply to an interaction, and returns its id. It
// has no nonce, so that it is not repeated when it may have arrived.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message
func (c *Client) FollowUp(ctx context.Context, app string, t Ticket, m Message) (id string, err error) {
	var reply sent
	err = c.orPlain(ctx, m, func(ctx context.Context, m Message) error {
		return c.hook(ctx, request{method: http.MethodPost, route: "/webhooks/{app}/{token}", doubles: true, into: &reply}, app, t, m.reply())
	})
	return reply.ID, err
}

func (c *Client) hook(ctx context.Context, r request, app string, t Ticket, w wire) error {
	encoded, err := encode(w, w.files)
	if err != nil {
		return err
	}
	r.body = encoded
	return c.do(ctx, asHook(r, app, t))
}

// asHook addresses a request to the webhook of an interaction.
func asHook(r request, app string, t Ticket) request {
	r.ids, r.major, r.interaction = []string{app, t.Token}, t.Token, true
	return r
}

// gone takes a message that is not there for one that was deleted.
func gone(err error) error {
	if CodeOf(err) == CodeUnknownMessage {
		return nil
	}
	return err
}
