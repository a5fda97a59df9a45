package gateway

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/gorilla/websocket"

	"verbatim/internal/article"
)

// version is that of the gateway's protocol.
const version = "10"

// dial opens a WebSocket connection. The library minds the end of ctx in parts of the
// handshake only, so the socket is closed from here.
func dial(ctx context.Context, address string, limit time.Duration) (*websocket.Conn, error) {
	address, err := versioned(address)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var undo []func() bool
	dialer := &websocket.Dialer{
		Proxy: http.ProxyFromEnvironment, HandshakeTimeout: limit,
		NetDialContext: func(_ context.Context, network, address string) (net.Conn, error) {
			socket, err := (&net.Dialer{}).DialContext(ctx, network, address)
			if err == nil {
				undo = append(undo, context.AfterFunc(ctx, func() { _ = socket.Close() }))
			}
			return socket, err
		},
	}
	ws, response, err := dialer.DialContext(ctx, address, nil)
	if response != nil && response.Body != nil {
		_ = response.Body.Close() // it holds what was read already
	}
	for _, stop := range undo {
		if !stop() && err == nil {
			err = context.Cause(ctx)
		}
	}
	if err != nil {
		return nil, unreachable(err, response)
	}
	return ws, nil
}

func unreachable(err error, response *http.Response) error {
	if response != nil {
		return fmt.Errorf("%w: the gateway answers the handshake with %s", article.ErrUnavailable, response.Status)
	}
	return fmt.Errorf("%w: the gateway cannot be reached: %w", article.ErrUnavailable, err)
}

// versioned adds to an address which protocol is spoken there.
func versioned(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "ws" && u.Scheme != "wss" {
		return "", fmt.Errorf("%w: %q is not the address of a gateway", article.ErrUnavailable, address)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	q := u.Query()
	q.Set("v", version)
	q.Set("encoding", "json")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// resumeAddress is where READY said that a session is resumed, unless that would send
// the token in the clear where it was not so before.
func resumeAddress(address, resume string) string {
	to, err := url.Parse(resume)
	if err != nil || to.Host == "" {
		return address
	}
	if from, err := url.Parse(address); err == nil && from.Scheme == "wss" && to.Scheme != "wss" {
		return address
	}
	return resume
}
