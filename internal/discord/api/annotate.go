package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"verbatim/internal/article"
)

// Annotate puts a text above the embeds of a message of the bot, "" for none, and
// leaves everything else of it as it is. ErrInvalid for a message without embeds:
// there the text is the message itself.
// Source: https://discord.com/developers/docs/resources/message#edit-message
func (c *Client) Annotate(ctx context.Context, channel, message, text string) error {
	ctx, cancel := context.WithTimeout(ctx, c.request)
	defer cancel()
	var now struct {
		Embeds []json.RawMessage `json:"embeds"`
	}
	r := request{method: http.MethodGet, route: channelMessage, ids: []string{channel, message}, major: channel, into: &now}
	if err := c.do(ctx, r); err != nil {
		return err
	}
	if len(now.Embeds) == 0 {
		return fmt.Errorf("%w: message %s has no embeds", article.ErrInvalid, message)
	}
	r.method, r.into = http.MethodPatch, nil
	return c.send(ctx, r, wire{Content: &text})
}
