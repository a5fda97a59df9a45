package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// watchedConn fails a read when nothing comes for too long, so that a connection
// that died without a word is noticed.
type watchedConn struct {
	net.Conn
	silence time.Duration
}

// Read implements [net.Conn].
func (c *watchedConn) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.silence)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// Write implements [net.Conn].
func (c *watchedConn) Write(p []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(c.silence)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// knownGateway is the transport of discordgo's own REST client, which makes one
// request: for the address of the gateway, which we know already. It sends nothing.
type knownGateway string

// RoundTrip implements [http.RoundTripper].
func (address knownGateway) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method != http.MethodGet || !strings.HasSuffix(req.URL.Path, "/gateway") {
		return nil, fmt.Errorf("discordgo asks for %s %s", req.Method, req.URL.Path)
	}
	body, err := json.Marshal(gatewayInfo{URL: string(address)})
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Request: req,
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
	}, nil
}
