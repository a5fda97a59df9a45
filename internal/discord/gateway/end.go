package gateway

import (
	"errors"
	"fmt"

	"github.com/gorilla/websocket"

	"verbatim/internal/article"
)

// Next is what can follow on a connection that ended.
type Next int

// What can follow.
const (
	Resume Next = iota // the session, if there is one, goes on at a new connection
	Fresh              // the session is gone; a new one can begin
	Stop               // nothing: only somebody who changes the settings can help
)

// EndError is how a connection ended. It wraps article.ErrUnavailable, or
// article.ErrInvalid when nothing can follow.
type EndError struct {
	Next      Next
	Unreached bool // the gateway did not even greet: nothing was said to it
	Err       error
}

// Error implements error.
func (e *EndError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *EndError) Unwrap() error { return e.Err }

// Close codes.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
const (
	closeUnknownError     = 4000
	closeNotAuthenticated = 4003
	closeInvalidSeq       = 4007
	closeTimedOut         = 4009
)

// ended says what can follow when reading failed.
func ended(err error) *EndError {
	closed, ok := errors.AsType[*websocket.CloseError](err)
	if !ok || closed.Code == websocket.CloseAbnormalClosure {
		return &EndError{Err: fmt.Errorf("%w: the gateway connection broke: %w", article.ErrUnavailable, err)}
	}
	if cure, ok := incurable(closed.Code); ok {
		return &EndError{Next: Stop, Err: fmt.Errorf("%w: Discord closed the gateway with code %d: %s", article.ErrInvalid, closed.Code, cure)}
	}
	e := &EndError{Err: fmt.Errorf("%w: Discord closed the gateway with code %d", article.ErrUnavailable, closed.Code)}
	switch closed.Code {
	case closeNotAuthenticated, closeInvalidSeq, closeTimedOut:
		e.Next = Fresh
	}
	return e
}

// incurable says what to do about a close code that reconnecting cannot cure.
func incurable(code int) (string, bool) {
	switch code {
	case 4004:
		return "the token is refused; reset it on the Bot page of the application and set DISCORD_TOKEN to the new one", true
	case 4010, 4011:
		return "the bot is in too many servers for its number of shards, or the number of a shard is wrong; run it with more shards, the same number in every process", true
	case 4012:
		return "this version of the gateway is no longer served; update the program", true
	case 4013, 4014:
		return "an intent is not granted; check the privileged intents on the Bot page of the application", true
	}
	return "", false
}
