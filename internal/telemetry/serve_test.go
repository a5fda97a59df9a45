package telemetry

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAddress(t *testing.T) {
	for setting, want := range map[string]string{
		":9464":          "127.0.0.1:9464",
		"0.0.0.0:9464":   "0.0.0.0:9464",
		"localhost:0":    "localhost:0",
		"[::1]:9464":     "[::1]:9464",
		"metrics.lan:80": "metrics.lan:80",
		"9464":           "",
		"127.0.0.1":      "",
		"":               "",
		":":              "",
		":http":          "",
		":70000":         "",
		"::1:9464":       "",
	} {
		got, err := Address(setting)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q, %v; want %q", setting, got, err, want)
		}
	}
}

// running is a server under test.
type running struct {
	*Server
	client *http.Client
	log    *strings.Builder
	end    func() error // ends the server and waits for it
}

// start starts a server on a free port.
func start(t *testing.T, m *Metrics, health Health) running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var log strings.Builder
	s, err := Listen(ctx, ":0", m, health, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	r := running{Server: s, client: &http.Client{Transport: &http.Transport{}}, log: &log}
	r.end = func() error {
		cancel()
		return <-ended
	}
	t.Cleanup(r.client.CloseIdleConnections)
	return r
}

func (r running) get(t *testing.T, path string) (int, string) {
	t.Helper()
	response, err := r.client.Get("http://" + r.Addr() + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func well(context.Context) error { return nil }

func TestServeMetrics(t *testing.T) {
	r := start(t, used(), well)
	if !r.Local() || !strings.HasPrefix(r.Addr(), "127.0.0.1:") {
		t.Errorf("listens on %s", r.Addr())
	}
	code, body := r.get(t, "/metrics")
	for _, want := range []string{
		`verbatim_reply_duration_seconds_count{outcome="answered",tier="none"} 1`,
		`verbatim_reply_duration_seconds_bucket{outcome="answered",tier="none",le="0.01"} 1`,
		"go_goroutines ", `verbatim_info{version="1.2.3"} 1`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%d without %s", code, want)
		}
	}
	if code, _ := r.get(t, "/"); code != http.StatusNotFound {
		t.Errorf("another path: %d", code)
	}
	if err := r.end(); err != nil {
		t.Error(err)
	}
}

func TestServeHealth(t *testing.T) {
	var wrong error
	r := start(t, New("1"), func(context.Context) error { return wrong })
	for _, step := range []struct {
		wrong error
		code  int
	}{{nil, 200}, {errors.New("no database at secret.host"), 503}, {errors.New("still none"), 503}, {nil, 200}} {
		wrong = step.wrong
		code, body := r.get(t, "/healthz")
		if code != step.code || strings.Contains(body, "secret") {
			t.Errorf("%v: %d %q", step.wrong, code, body)
		}
	}
	if err := r.end(); err != nil {
		t.Error(err)
	}
	log := r.log.String()
	if strings.Count(log, "\n") != 2 || !strings.Contains(log, "secret.host") || !strings.Contains(log, "healthy again") {
		t.Errorf("log: %s", log)
	}
}

// TestServeLetsRequestsFinish ends the server while a request is under way.
func TestServeLetsRequestsFinish(t *testing.T) {
	asked, answer := make(chan struct{}), make(chan struct{})
	r := start(t, New("1"), func(ctx context.Context) error {
		close(asked)
		<-answer
		return ctx.Err()
	})
	codes := make(chan int, 1)
	go func() {
		code, _ := r.get(t, "/healthz")
		codes <- code
	}()
	<-asked
	time.AfterFunc(50*time.Millisecond, func() { close(answer) }) // by when the server is about to end
	if err := r.end(); err != nil {
		t.Error(err)
	}
	if code := <-codes; code != http.StatusOK {
		t.Errorf("the request under way got %d", code)
	}
}

// TestServeLeavesInTime ends the server while a health check does not return.
func TestServeLeavesInTime(t *testing.T) {
	asked := make(chan struct{})
	r := start(t, New("1"), func(ctx context.Context) error {
		close(asked)
		<-ctx.Done()
		return ctx.Err()
	})
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		if response, err := r.client.Get("http://" + r.Addr() + "/healthz"); err == nil {
			_ = response.Body.Close()
		}
	}()
	<-asked
	began := time.Now()
	if err := r.end(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > leaveTimeout+time.Second {
		t.Errorf("left after %s", took)
	}
	<-gone
}

func TestServeThatIsNotWanted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s, err := Listen(ctx, ":0", New("1"), well, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := s.Serve(ctx); err != nil {
		t.Error(err)
	}
	// The address is free again.
	again, err := Listen(t.Context(), s.Addr(), New("1"), well, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(t.Context(), again.Addr(), New("1"), well, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("two servers on one address")
	}
	if err := again.Serve(ctx); err != nil {
		t.Error(err)
	}
	if _, err := Listen(t.Context(), "9464", New("1"), well, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a port alone is taken")
	}
}
