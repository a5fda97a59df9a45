package api

import (
	"context"
	"log/slog"
	"net/http"
)

// Callback types.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const (
	callbackMessage  = 4
	callbackDeferred = 5
	callbackAccepted = 6
	callbackReplaced = 7
	callbackChoices  = 8
	callbackModal    = 9
)

// Ticket is what it takes to reply to an interaction: a callback within three seconds,
// and messages within fifteen minutes. Who has the token can write as the bot, so that
// it is not shown when a ticket is printed.
type Ticket struct {
	ID    string
	Token string `json:"-"`
}

// String names the interaction without its token.
func (t Ticket) String() string { return "interaction " + t.ID }

// GoString is String, so that no way of printing shows the token.
func (t Ticket) GoString() string { return t.String() }

// LogValue is String for logs.
func (t Ticket) LogValue() slog.Value { return slog.StringValue(t.String()) }

type callback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// Respond sends a message as the callback of an interaction, and returns its id,
// empty when an earlier attempt got there and only its reply was lost.
func (c *Client) Respond(ctx context.Context, t Ticket, m Message) (id string, err error) {
	var reply struct {
		Resource struct {
			Message sent `json:"message"`
		} `json:"resource"`
	}
	err = c.orPlain(ctx, m, func(ctx context.Context, m Message) error {
		w := m.reply()
		return c.callback(ctx, t, "?with_response=true", callback{callbackMessage, w}, w.files, &reply)
	})
	return reply.Resource.Message.ID, err
}

// Promise says that an answer follows, which [Client.Fulfil] then gives. Whether it is
// for one member alone is settled here.
func (c *Client) Promise(ctx context.Context, t Ticket, ephemeral bool) error {
	data := struct {
		Flags int `json:"flags"`
	}{flags(ephemeral)}
	return c.callback(ctx, t, "", callback{callbackDeferred, data}, nil, nil)
}

// Accept says that the use of a component was seen. Nothing changes yet.
func (c *Client) Accept(ctx context.Context, t Ticket) error {
	return c.callback(ctx, t, "", callback{callbackAccepted, nil}, nil, nil)
}

// Replace changes the message whose component was used: text, embeds and components
// are those of m afterwards.
func (c *Client) Replace(ctx context.Context, t Ticket, m Message) error {
	return c.orPlain(ctx, m, func(ctx context.Context, m Message) error {
		w := m.replaced()
		return c.callback(ctx, t, "", callback{callbackReplaced, w}, w.files, nil)
	})
}

// Show shows a form. Discord takes none in reply to a form, nor after a promise.
func (c *Client) Show(ctx context.Context, t Ticket, m Modal) error {
	return c.callback(ctx, t, "", callback{callbackModal, m.wire()}, nil, nil)
}

// Complete offers completions of what is being typed, at most 25. None is an offer too.
func (c *Client) Complete(ctx context.Context, t Ticket, choices []Choice) error {
	data := struct {
		Choices []Choice `json:"choices"`
	}{append([]Choice{}, choices...)}
	return c.callback(ctx, t, "", callback{callbackChoices, data}, nil, nil)
}

// callback sends the one callback that an interaction takes. It may be repeated, as
// Discord refuses a second one; a refusal of that kind means that one arrived.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response
func (c *Client) callback(ctx context.Context, t Ticket, query string, payload callback, files []File, into any) error {
	encoded, err := encode(payload, files)
	if err != nil {
		return err
	}
	err = c.do(ctx, request{
		method: http.MethodPost, route: "/interactions/{id}/{token}/callback", ids: []string{t.ID, t.Token}, query: query,
		major: t.Token, interaction: true, body: encoded, into: into,
	})
	if CodeOf(err) == CodeAcknowledged {
		return nil
	}
	return err
}
