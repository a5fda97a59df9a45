package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"

	"verbatim/internal/article"
)

// Error codes of Discord that callers or this package handle.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
const (
	CodeUnknownChannel     = 10003
	CodeUnknownMessage     = 10008
	CodeUnknownWebhook     = 10015 // the token of an interaction that is over
	CodeUnknownInteraction = 10062 // the callback came too late
	CodeTooLarge           = 40005
	CodeAcknowledged       = 40060 // the interaction has its callback
	CodeMissingAccess      = 50001
	CodeEmptyMessage       = 50006
	CodeNoDM               = 50007 // the user takes no messages from the bot
	CodeMissingPermissions = 50013
)

// Error is a refusal by Discord, or on its behalf.
// Source: https://discord.com/developers/docs/reference#error-messages
type Error struct {
	Status  int    // of HTTP
	Code    int    // Discord's own, 0 when it gave none
	Message string // Discord's own
	// Fields are the paths and the codes of what was wrong, such as
	// "embeds.0.title: BASE_TYPE_MAX_LENGTH". What Discord says of them may quote what
	// was sent, and is left out.
	Fields []string
	// RetryAfter is what a rate limit, status 429, asks for; Scope is whose limit it is:
	// "user", "global" or "shared".
	RetryAfter time.Duration
	Scope      string
	// Held says that nothing was sent, as a limit forbids it for longer than there is
	// time to wait.
	Held bool
}

// Error names the refusal without anything that was sent.
func (e *Error) Error() string {
	if e.Held {
		return fmt.Sprintf("not sent: Discord's rate limit forbids it for another %v", e.RetryAfter.Round(time.Millisecond))
	}
	text := fmt.Sprintf("Discord says %d", e.Status)
	if e.Message != "" {
		text += fmt.Sprintf(": %s (%d)", e.Message, e.Code)
	}
	if e.Status == http.StatusTooManyRequests {
		text += fmt.Sprintf("; wait %v", e.RetryAfter.Round(time.Millisecond))
	}
	if len(e.Fields) > 0 {
		text += "; " + strings.Join(e.Fields, ", ")
	}
	return text
}

// Unwrap returns the error class.
func (e *Error) Unwrap() error {
	switch {
	case e.Status == http.StatusNotFound:
		return article.ErrNotFound
	case e.Status == http.StatusRequestEntityTooLarge || e.Code == CodeTooLarge:
		return article.ErrTooLarge
	case e.Status == http.StatusTooManyRequests || e.Status >= 500:
		return article.ErrUnavailable
	}
	return article.ErrInvalid
}

// CodeOf returns Discord's code of an error, 0 when it has none.
func CodeOf(err error) int {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return 0
}

// unstated is the wait after a rate limit that names none.
const unstated = time.Second

// refused reads a refusal, and remembers what it says of limits.
func (c *Client) refused(r request, resp *http.Response, reply []byte) error {
	e, own := refusal(resp, reply)
	e.Message = oneLine(c.hide(r, e.Message))
	for i, field := range e.Fields {
		e.Fields[i] = oneLine(c.hide(r, field))
	}
	now := time.Now()
	if e.Status == http.StatusTooManyRequests {
		c.limited(r, e, own, now)
	}
	c.limits.learn(r.key(), resp.Header, now)
	if !invalid(e.Status, e.Scope) {
		return e
	}
	if n, report := c.guard.count(now); report {
		c.log.Error("too many requests that Discord refuses; sending slows down before the address is banned",
			"refused", n, "minutes", invalidSpan.Minutes(), "banned_at", 10_000, "last", r.name(), "status", e.Status)
	}
	return e
}

// limited blocks what a rate limit forbids. One that is not in Discord's own form is
// by the proxies before it, and is about the address, so it is for all routes.
func (c *Client) limited(r request, e *Error, own bool, now time.Time) {
	c.limits.block(r.key(), e.RetryAfter, now)
	if !own || e.Scope == "global" {
		c.limits.blockAll(e.RetryAfter, now)
	}
	c.log.Info("Discord asks to wait", "route", r.name(), "wait", e.RetryAfter, "scope", e.Scope)
}

// refusal decodes an error. The second result tells whether it is in Discord's own
// form; proxies before Discord send HTML.
func refusal(resp *http.Response, reply []byte) (*Error, bool) {
	var said struct {
		Code       int             `json:"code"`
		Message    string          `json:"message"`
		Errors     json.RawMessage `json:"errors"`
		RetryAfter float64         `json:"retry_after"` // seconds
		Global     bool            `json:"global"`
	}
	own := json.Unmarshal(reply, &said) == nil
	e := &Error{Status: resp.StatusCode, Scope: scope(resp.Header)}
	if own {
		e.Code, e.Message, e.Fields = said.Code, said.Message, fields(said.Errors)
	}
	if e.Status != http.StatusTooManyRequests {
		return e, own
	}
	if own && said.Global {
		e.Scope = "global"
	}
	e.RetryAfter = cmp.Or(duration(said.RetryAfter), seconds(resp.Header.Get("Retry-After")), unstated)
	return e, own
}

// scope reads whose limit a rate limit is. Only Discord's own words are let through.
func scope(h http.Header) string {
	said := h.Get("X-RateLimit-Scope")
	switch {
	case said == "global" || h.Get("X-RateLimit-Global") == "true":
		return "global"
	case said == "user" || said == "shared":
		return said
	}
	return ""
}

const maxMessage = 200

// oneLine makes a text fit for a log line. Tokens are hidden before, as half of one
// would no longer be found.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
	if runes := []rune(text); len(runes) > maxMessage {
		text = string(runes[:maxMessage]) + "…"
	}
	return text
}

// fields flattens Discord's tree of errors by field.
func fields(raw json.RawMessage) []string {
	var tree map[string]json.RawMessage
	if json.Unmarshal(raw, &tree) != nil {
		return nil
	}
	return flatten(nil, "", tree)
}

const maxFields = 10

func flatten(found []string, at string, tree map[string]json.RawMessage) []string {
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		var own []struct {
			Code string `json:"code"`
		}
		var inner map[string]json.RawMessage
		switch {
		case len(found) >= maxFields:
			return found
		case name == "_errors" && json.Unmarshal(tree[name], &own) == nil && len(own) > 0:
			found = append(found, strings.TrimPrefix(at, ".")+": "+own[0].Code)
		case json.Unmarshal(tree[name], &inner) == nil:
			found = flatten(found, at+"."+name, inner)
		}
	}
	return found
}
