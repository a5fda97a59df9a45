package gateway

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"runtime"

	"github.com/gorilla/websocket"

	"verbatim/internal/article"
)

// Gateway opcodes.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// maxFrame is how many bytes a frame may have, inflated as well. The largest are
// guilds with all their channels, a few megabytes.
const maxFrame = 16 << 20

// frame is what is received.
type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int64          `json:"s"`
	Name string          `json:"t"`
}

// command is what is sent.
type command struct {
	Op   int `json:"op"`
	Data any `json:"d"`
}

type identity struct {
	Token      string     `json:"token"`
	Intents    int        `json:"intents"`
	Properties properties `json:"properties"`
	Shard      [2]int     `json:"shard"`
}

type properties struct {
	OS      string `json:"os"`
	Browser string `json:"browser"`
	Device  string `json:"device"`
}

func (cfg Config) identity() identity {
	return identity{cfg.Token, cfg.Intents, properties{runtime.GOOS, "verbatim", "verbatim"}, [2]int{cfg.Shard, cfg.Shards}}
}

type resumption struct {
	Token   string `json:"token"`
	Session string `json:"session_id"`
	Seq     int64  `json:"seq"`
}

type hello struct {
	Interval int64 `json:"heartbeat_interval"` // milliseconds
}

type ready struct {
	Session string `json:"session_id"`
	URL     string `json:"resume_gateway_url"`
}

// errGarbled is a frame that is not of the protocol. What it was is not said, since
// it may hold a member's words.
var errGarbled = fmt.Errorf("%w: the gateway sent something that is not a frame", article.ErrUnavailable)

// decode reads a frame: JSON, compressed by itself with zlib when it is binary.
func decode(kind int, raw []byte) (frame, error) {
	var f frame
	if kind == websocket.BinaryMessage {
		var err error
		if raw, err = inflate(raw); err != nil {
			return f, errGarbled
		}
	}
	if json.Unmarshal(raw, &f) != nil {
		return frame{}, errGarbled
	}
	return f, nil
}

func inflate(raw []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(z, maxFrame+1))
	if err == nil && len(plain) > maxFrame {
		err = article.ErrTooLarge
	}
	return plain, err
}
