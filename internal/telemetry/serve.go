package telemetry

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const (
	loopback = "127.0.0.1"

	headerTimeout = 5 * time.Second  // for a request's header, and for all of it
	writeTimeout  = 15 * time.Second // for an answer
	idleTimeout   = time.Minute      // for a connection between two requests
	healthTimeout = 2 * time.Second  // for one look at the health
	leaveTimeout  = time.Second      // for requests that are under way when the server ends

	maxScrapes = 4 // at once
	maxHeader  = 16 << 10
)

// Health says what keeps the process from its work, or nil when all is well.
type Health func(context.Context) error

// Server offers /metrics and /healthz.
type Server struct {
	listener net.Listener
	server   *http.Server
}

// Listen opens a server on an address of the form host:port. Without a host it is
// reached from this machine alone; any host, "0.0.0.0" among them, is taken at its
// word. Why a process is not healthy goes to log, not to whoever asks.
func Listen(ctx context.Context, address string, m *Metrics, health Health, log *slog.Logger) (*Server, error) {
	address, err := Address(address)
	if err != nil {
		return nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("offer metrics on %s: %w", address, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		MaxRequestsInFlight: maxScrapes, Timeout: headerTimeout, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}))
	mux.Handle("GET /healthz", healthHandler(health, log))
	return &Server{listener: listener, server: &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: headerTimeout, ReadTimeout: headerTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}}, nil
}

// Address completes an address: ":9464" becomes "127.0.0.1:9464". It is an error
// when it is not of the form host:port with a port from 0 to 65535.
func Address(setting string) (string, error) {
	host, port, err := net.SplitHostPort(setting)
	if err != nil {
		return "", fmt.Errorf("%q is not an address of the form host:port, such as %s:9464", setting, loopback)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", fmt.Errorf("%q has no port from 0 to 65535", setting)
	}
	if host == "" {
		host = loopback
	}
	return net.JoinHostPort(host, port), nil
}

// Local reports whether the server can be reached from this machine alone.
func (s *Server) Local() bool {
	address, err := netip.ParseAddrPort(s.Addr())
	return err == nil && address.Addr().Unmap().IsLoopback()
}

// Addr is the address that the server listens on, with the port that was chosen
// where port 0 was asked for.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// Serve answers until ctx ends, and then lets requests under way finish, for a
// second at most. It is called once, and closes the listener.
func (s *Server) Serve(ctx context.Context) error {
	// Whoever is in the midst of a request when ctx ends keeps its own context.
	leaving, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	s.server.BaseContext = func(net.Listener) context.Context { return leaving }
	left := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() { left <- s.leave(leaving) })
	err := s.server.Serve(s.listener)
	if !stop() {
		return <-left
	}
	return errors.Join(err, s.server.Close())
}

// leave ends the server gracefully, or at once when that takes too long.
func (s *Server) leave(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, leaveTimeout)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		return s.server.Close()
	}
	return nil
}

// healthHandler answers 200 or 503. The log hears when that changes.
func healthHandler(health Health, log *slog.Logger) http.Handler {
	var ill atomic.Bool
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), healthTimeout)
		defer cancel()
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		err := health(ctx)
		if r.Context().Err() != nil {
			return // nobody waits for the answer, which may be wrong for that reason
		}
		if err == nil {
			if ill.Swap(false) {
				log.Info("healthy again")
			}
			fmt.Fprintln(w, "healthy")
			return
		}
		if !ill.Swap(true) {
			log.Warn("not healthy", "error", err)
		}
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, "not healthy; the log says why")
	})
}
