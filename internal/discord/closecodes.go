package discord

import (
	"errors"
	"fmt"

	"github.com/gorilla/websocket"

	"verbatim/internal/article"
)

// gatewayError sorts what ended an attempt: close codes that a fresh session
// cannot cure are fatal.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func gatewayError(err error) error {
	if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
		if cure, ok := incurable(closed.Code); ok {
			return &fatalError{fmt.Errorf("%w: Discord closed the gateway with code %d: %s", article.ErrInvalid, closed.Code, cure)}
		}
	}
	return err
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
