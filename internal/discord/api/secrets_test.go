package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/internal/article"
)

// indiscreet answers with what it was asked, in every way an answer can go wrong.
func indiscreet(t *testing.T, mode string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		said := r.URL.String() + " " + strings.Repeat(r.Header.Get("Authorization")+" ", 20)
		if mode == "raw" || mode == "raw header" || mode == "reset" || mode == "half" {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				return
			}
			defer conn.Close()
			switch mode {
			case "raw":
				_, _ = io.WriteString(conn, said+"\r\n\r\n")
			case "raw header":
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n"+said+"\r\n\r\n")
			case "half":
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"+said)
			}
			return
		}
		body, _ := json.Marshal(map[string]any{
			"message": said, "code": 50035, "errors": map[string]any{said: map[string]any{"_errors": []any{map[string]any{"code": said, "message": said}}}},
			"retry_after": 0.01, "url": said,
		})
		w.Header().Set("X-RateLimit-Scope", said)
		w.Header().Set("Location", "https://elsewhere.test/"+said)
		switch mode {
		case "html":
			w.WriteHeader(http.StatusBadGateway)
			_, _ = io.WriteString(w, "<html>"+said)
		case "200":
			_, _ = fmt.Fprintf(w, `{"id":%q`, said)
		default:
			var status int
			_, _ = fmt.Sscan(mode, &status)
			w.WriteHeader(status)
			_, _ = w.Write(body)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

// TestNoTokenIsShown provokes every kind of error, and looks for tokens in what is
// returned and what is logged.
func TestNoTokenIsShown(t *testing.T) {
	for _, mode := range []string{"raw", "raw header", "reset", "half", "html", "200", "302", "400", "401", "403", "404", "429", "500", "refused", "unknown scheme", "timeout", "closed"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			base := &url.URL{Scheme: "http", Host: unused(t)}
			switch mode {
			case "unknown scheme":
				base.Scheme = "gopher"
			case "refused", "closed", "timeout":
			default:
				base, _ = url.Parse(indiscreet(t, mode).URL)
			}
			logged := new(strings.Builder)
			c := New(base, botToken, Options{Request: 60 * time.Millisecond, Log: slog.New(slog.NewJSONHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug}))})
			defer c.Close()
			ctx := t.Context()
			switch mode {
			case "closed":
				c.Close()
			case "timeout":
				ended, cancel := context.WithCancel(ctx)
				cancel()
				ctx = ended
			}
			for name, call := range everyCall() {
				err := call(ctx, c)
				if err == nil {
					if mode != "200" {
						t.Errorf("%s: no error", name)
					}
					continue
				}
				for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
					show(t, name, text)
				}
				for inner := err; inner != nil; inner = errors.Unwrap(inner) {
					show(t, name, fmt.Sprintf("%+v %#v", inner, inner))
				}
				if refused, ok := errors.AsType[*Error](err); ok {
					show(t, name, fmt.Sprintf("%+v", *refused))
				}
			}
			show(t, "log", logged.String())
		})
	}
}

func show(t *testing.T, where, text string) {
	t.Helper()
	for _, secret := range []string{botToken, callToken, botToken[:5], callToken[:5]} {
		if strings.Contains(text, secret) {
			t.Errorf("%s shows %q: %s", where, secret, text)
		}
	}
}

// unused returns a local address where nothing listens.
func unused(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func everyCall() map[string]func(context.Context, *Client) error {
	m := Message{Content: "x", Files: []File{{Name: "a", Data: []byte("b")}}, Nonce: "1"}
	only := func(_ any, err error) error { return err }
	return map[string]func(context.Context, *Client) error{
		"respond":      func(ctx context.Context, c *Client) error { return only(c.Respond(ctx, ticket, m)) },
		"promise":      func(ctx context.Context, c *Client) error { return c.Promise(ctx, ticket, true) },
		"accept":       func(ctx context.Context, c *Client) error { return c.Accept(ctx, ticket) },
		"replace":      func(ctx context.Context, c *Client) error { return c.Replace(ctx, ticket, m) },
		"show":         func(ctx context.Context, c *Client) error { return c.Show(ctx, ticket, Modal{}) },
		"complete":     func(ctx context.Context, c *Client) error { return c.Complete(ctx, ticket, nil) },
		"fulfil":       func(ctx context.Context, c *Client) error { return only(c.Fulfil(ctx, "5", ticket, m)) },
		"retract":      func(ctx context.Context, c *Client) error { return c.Retract(ctx, "5", ticket) },
		"follow up":    func(ctx context.Context, c *Client) error { return only(c.FollowUp(ctx, "5", ticket, m)) },
		"post":         func(ctx context.Context, c *Client) error { return only(c.Post(ctx, "7", m)) },
		"edit":         func(ctx context.Context, c *Client) error { return c.Edit(ctx, "7", "8", m) },
		"delete":       func(ctx context.Context, c *Client) error { return c.Delete(ctx, "7", "8") },
		"open":         func(ctx context.Context, c *Client) error { return only(c.OpenDM(ctx, "9")) },
		"channel":      func(ctx context.Context, c *Client) error { return only(c.Channel(ctx, "7")) },
		"application":  func(ctx context.Context, c *Client) error { return only(c.Application(ctx)) },
		"gateway":      func(ctx context.Context, c *Client) error { return only(c.Gateway(ctx)) },
		"gateway bot":  func(ctx context.Context, c *Client) error { return only(c.GatewayBot(ctx)) },
		"commands":     func(ctx context.Context, c *Client) error { return only(c.Commands(ctx, "5")) },
		"put commands": func(ctx context.Context, c *Client) error { return c.PutCommands(ctx, "5", nil) },
	}
}

func TestPrintedWithoutTokens(t *testing.T) {
	c, _, _ := scripted()
	var logged strings.Builder
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "ticket", ticket, "inside", struct{ T Ticket }{ticket})
	slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "ticket", ticket, "inside", struct{ T Ticket }{ticket})
	for _, text := range []string{
		fmt.Sprint(ticket), fmt.Sprintf("%+v", ticket), fmt.Sprintf("%#v", ticket), fmt.Sprintf("%+v", struct{ T Ticket }{ticket}),
		fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), logged.String(),
	} {
		show(t, "print", text)
	}
	if !strings.Contains(ticket.String(), ticket.ID) {
		t.Errorf("%q does not name the interaction", ticket)
	}
}

// TestWhoIsAuthorised: what an interaction's token authorises needs no other, and the
// address of the gateway none.
func TestWhoIsAuthorised(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, call := range everyCall() {
			c, s, _ := scripted()
			_ = call(t.Context(), c)
			sent := s.requests()[0]
			open := strings.Contains(sent.name, callToken) || strings.HasSuffix(sent.name, "/gateway")
			if want := "Bot " + botToken; (sent.token == want) == open || sent.token != "" && sent.token != want {
				t.Errorf("%s sends Authorization %q", name, sent.token)
			}
		}
	})
}

func TestErrorsSayWhatIsWrong(t *testing.T) {
	tests := map[string]struct {
		answer answer
		want   string
		class  error
		code   int
	}{
		"fields": {
			answer{status: 400, body: `{"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"title":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Value \"private question\" is too long"}]}}},"_errors":[]}}`},
			"GET /channels/{channel}: Discord says 400: Invalid Form Body (50035); embeds.0.title: BASE_TYPE_MAX_LENGTH", article.ErrInvalid, 50035,
		},
		"unknown":   {answer{status: 404, body: `{"code":10003,"message":"Unknown\nChannel"}`}, "GET /channels/{channel}: Discord says 404: Unknown Channel (10003)", article.ErrNotFound, 10003},
		"too large": {answer{status: 400, body: `{"code":40005,"message":"Request entity too large"}`}, "GET /channels/{channel}: Discord says 400: Request entity too large (40005)", article.ErrTooLarge, 40005},
		"limited":   {tooMany("60"), "GET /channels/{channel}: Discord says 429: You are being rate limited. (0); wait 1m0s", article.ErrUnavailable, 0},
		"html":      {html(403, nil), "GET /channels/{channel}: Discord says 403", article.ErrInvalid, 0},
		"no id":     {answer{status: 200, body: `{}`}, "unavailable: GET /channels/{channel}: the reply names no channel", article.ErrUnavailable, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, _, _ := scripted(test.answer)
				_, err := c.Channel(t.Context(), "7")
				if err == nil || err.Error() != test.want || !errors.Is(err, test.class) || CodeOf(err) != test.code {
					t.Errorf("error %v\n want %s", err, test.want)
				}
			})
		})
	}
}
