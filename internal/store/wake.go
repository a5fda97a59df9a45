package store

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// wakers are those who want to look at the feed as soon as there is something new.
type wakers struct {
	mu  sync.Mutex
	all map[chan struct{}]bool
}

func newWakers() *wakers { return &wakers{all: make(map[chan struct{}]bool)} }

// wake tells everybody; who was told already and has not looked yet is not told again.
func (w *wakers) wake() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.all {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Wake returns a channel that gets a value when the feed may have grown, or there is a
// new job. It is a hint: it may come for nothing, and who polls misses nothing without it. The
// channel is good until release is called.
func (s *Store) Wake() (wake <-chan struct{}, release func()) {
	c := make(chan struct{}, 1)
	s.wakers.mu.Lock()
	defer s.wakers.mu.Unlock()
	s.wakers.all[c] = true
	return c, func() {
		s.wakers.mu.Lock()
		defer s.wakers.mu.Unlock()
		delete(s.wakers.all, c)
	}
}

// listenPause is how long Listen waits after it lost its connection.
const listenPause = 2 * time.Second

// Listen passes on what other processes do until ctx ends: PostgreSQL says so by
// NOTIFY. With SQLite there is nothing to listen to, and it returns when ctx ends.
func (s *Store) Listen(ctx context.Context) error {
	if !s.Shared() {
		<-ctx.Done()
		return nil
	}
	for ctx.Err() == nil {
		if err := s.listen(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("changes by other processes are noticed by polling only", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(listenPause):
		}
	}
	return nil
}

// listen holds one connection and waits on it.
func (s *Store) listen(ctx context.Context) error {
	conn, err := s.reads.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, "LISTEN "+postgresChannel); err != nil {
		return err
	}
	s.wakers.wake() // for what came before
	return conn.Raw(func(raw any) error { return s.hear(ctx, raw) })
}

// hear wakes at each notification. It ends with an error that makes database/sql
// close the connection, which still listens.
func (s *Store) hear(ctx context.Context, raw any) error {
	c, ok := raw.(*stdlib.Conn)
	if !ok {
		return fmt.Errorf("not a connection of pgx: %T", raw)
	}
	for {
		if _, err := c.Conn().WaitForNotification(ctx); err != nil {
			_ = c.Conn().Close(context.WithoutCancel(ctx))
			return err
		}
		s.wakers.wake()
	}
}
