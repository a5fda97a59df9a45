package discord

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
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

// redirect sends discordgo's requests to the configured API.
type redirect struct {
	ctx  context.Context //nolint:containedctx // the session's, because discordgo passes none
	base *url.URL
	next http.RoundTripper
}

// RoundTrip implements [http.RoundTripper].
func (r *redirect) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(req.Context())
	stop := context.AfterFunc(r.ctx, cancel) //nolint:contextcheck // either context ends the request
	defer stop()
	moved := req.Clone(ctx)
	moved.URL.Scheme, moved.URL.Host, moved.Host = r.base.Scheme, r.base.Host, ""
	moved.URL.Path = r.base.Path + req.URL.Path
	resp, err := r.next.RoundTrip(moved)
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = &cancelOnClose{resp.Body, cancel}
	return resp, nil
}

// cancelOnClose frees a request's context when its response has been read.
type cancelOnClose struct {
	io.ReadCloser
	cancel context.CancelFunc
}

// Close implements [io.Closer].
func (c *cancelOnClose) Close() error {
	defer c.cancel()
	return c.ReadCloser.Close()
}
