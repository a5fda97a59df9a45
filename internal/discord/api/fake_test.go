package api

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// answer is what the scripted Discord says to one request.
type answer struct {
	status  int
	body    string
	headers map[string]string
	delay   time.Duration
	err     error // instead of a reply
	cut     bool  // the body breaks off
}

// sentRequest is a request as it arrived, and when after the start.
type sentRequest struct {
	name, token, body string
	at                time.Duration
}

// script answers requests in order, and all further ones with 200 and {"id":"1"}. It
// carries no network, so that it runs in the bubble of testing/synctest.
type script struct {
	mu      sync.Mutex
	answers []answer
	start   time.Time
	sent    []sentRequest
	each    func(*http.Request) answer // instead of answers
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	a := s.next(r)
	select {
	case <-time.After(a.delay):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	if a.err != nil {
		return nil, a.err
	}
	h := make(http.Header)
	for name, value := range a.headers {
		h.Set(name, value)
	}
	var body io.Reader = strings.NewReader(a.body)
	if a.cut {
		body = io.MultiReader(body, broke{})
	}
	return &http.Response{StatusCode: a.status, Header: h, Body: io.NopCloser(body), Request: r}, nil
}

type broke struct{}

func (broke) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func (s *script) next(r *http.Request) answer {
	raw, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.start.IsZero() {
		s.start = time.Now()
	}
	s.sent = append(s.sent, sentRequest{r.Method + " " + r.URL.Path, r.Header.Get("Authorization"), string(raw), time.Since(s.start)})
	if s.each != nil {
		s.sent = s.sent[:1] // many are coming
		return s.each(r)
	}
	if len(s.answers) == 0 {
		return answer{status: 200, body: `{"id":"1"}`}
	}
	a := s.answers[0]
	s.answers = s.answers[1:]
	return a
}

func (s *script) requests() []sentRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]sentRequest(nil), s.sent...)
}

const (
	botToken  = "bot.token.canary"
	callToken = "call-token-canary"
)

var ticket = Ticket{ID: "42", Token: callToken}

// scripted returns a client that is answered so, and what it logs.
func scripted(answers ...answer) (*Client, *script, *bytes.Buffer) {
	s := &script{answers: answers}
	var logged bytes.Buffer
	c := New(&url.URL{Scheme: "https", Host: "discord.test"}, botToken, Options{Log: slog.New(slog.NewTextHandler(&logged, nil)), Transport: s})
	return c, s, &logged
}

func tooMany(seconds string) answer {
	return answer{status: 429, body: `{"message":"You are being rate limited.","retry_after":` + seconds + `,"global":false}`, headers: map[string]string{"X-RateLimit-Scope": "user"}}
}

func globally(seconds string) answer {
	return answer{status: 429, body: `{"message":"You are being rate limited.","retry_after":` + seconds + `,"global":true}`, headers: map[string]string{"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}}
}

func html(status int, headers map[string]string) answer {
	return answer{status: status, body: "<html><body>error code: 1015</body></html>", headers: headers}
}

var errReset = errors.New("read tcp: connection reset by peer")
