package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/discord/gateway"
	"verbatim/internal/library"
)

// parrot answers everything alike.
type parrot struct{}

// Screen implements Answerer.
func (parrot) Screen(string, answer.Question) (answer.Answer, bool) { return answer.Answer{}, false }

// Ask implements Answerer.
func (parrot) Ask(context.Context, string, answer.Question) (answer.Answer, error) {
	return answer.Answer{Outcome: answer.Help, Notice: "Hello."}, nil
}

// outcome is what became of a handler.
type outcome struct {
	name   string
	failed bool
}

// journal is an Observer and a log that can be read.
type journal struct {
	unobserved

	mu    sync.Mutex
	log   bytes.Buffer
	ended []outcome
}

// Handled implements Observer.
func (j *journal) Handled(name string, _ time.Duration, failed bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ended = append(j.ended, outcome{name, failed})
}

// Write implements io.Writer.
func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.log.Write(p)
}

func (j *journal) text() string { j.mu.Lock(); defer j.mu.Unlock(); return j.log.String() }

// offline is a bot with a shard that is connected to nothing.
func offline(t *testing.T) (*Bot, *shard, *journal) {
	t.Helper()
	j := &journal{}
	b, err := New(Config{
		Token: "token", API: "http://127.0.0.1:1", Content: true, Observe: j, Logger: slog.New(slog.NewTextHandler(j, nil)),
		Timing: Timing{Request: time.Millisecond, Answer: 10 * time.Millisecond, Settle: time.Microsecond, Fast: time.Millisecond},
		Settings: func(string) library.Settings {
			return library.Settings{Ready: true, AutoChannels: []string{"5"}, ForumChannels: []string{"6"}}
		},
		Askers: func(guild, user string) []string { return []string{guild + user} },
	}, parrot{})
	if err != nil {
		t.Fatal(err)
	}
	self := "1"
	b.self.Store(&self)
	b.gateway.Shards = 1
	t.Cleanup(b.rest.Close)
	return b, &shard{work: b.work, kept: make(chan struct{}), stop: func() {}}, j
}

// FuzzDispatch promises that no event ends the process or leaves a handler behind,
// whatever it holds and whatever is missing.
func FuzzDispatch(f *testing.F) {
	for _, data := range []string{
		`null`, `{}`, `[]`, `0`, `"x"`, `{`, ``,
		`{"id":"2","channel_id":"5","guild_id":"4","content":"is it safe?","author":{"id":"3"},"member":{"roles":["7"]},"mentions":[{"id":"1"}]}`,
		`{"id":"2","channel_id":"5","guild_id":"4","content":"is it safe?","author":{"id":"3"},"edited_timestamp":"2024-01-01T00:00:00Z"}`,
		`{"id":"2","content":"x","author":{"id":"3"},"referenced_message":{"id":"8"},"type":19,"mentions":null,"components":[{"type":99}]}`,
		`{"id":"2","author":{"id":"3"},"edited_timestamp":"x"}`,
		`{"id":"4","owner_id":"3","roles":[{"id":"7","permissions":"8"},{}],"channels":[null,{"id":"5"}],"threads":[null,{"id":"9","parent_id":"5","type":11}],"nsfw_level":3}`,
		`{"guild_id":"4","role":{"id":"7","permissions":"x"},"role_id":"7"}`,
		`{"ids":["2","","x"],"guild_id":"4"}`,
		`{"id":"9","guild_id":"4","parent_id":"9","type":11}`,
		`{"threads":[null,{"id":"9"}]}`, `{"user":{"id":""},"guilds":[{"id":"4"},{}]}`,
		`{"id":"2","token":"t","type":2,"data":{"name":"ask","options":[{"name":"question","value":7},{}]}}`,
		`{"id":"2","token":"t","type":2,"guild_id":"4","data":{"name":"Answer this","target_id":"1"}}`,
		`{"id":"2","token":"t","type":2,"data":{"name":"privacy","options":[{"name":"delete"}]}}`,
		`{"id":"2","token":"t","type":3,"data":{"custom_id":"x","values":[]}}`,
		`{"id":"2","token":"t","type":4,"data":{"name":"ask","options":[{"focused":true,"value":{}}]}}`,
		`{"id":"2","token":"t","type":5,"data":{"components":[{"component":{"component":null}}]}}`,
	} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, sh, j := offline(t)
		for _, name := range slices.Sorted(maps.Keys(b.listeners)) {
			b.dispatch(sh, gateway.Event{Name: name, Data: json.RawMessage(data)})
		}
		b.dispatch(sh, gateway.Event{Name: "NEW_KIND_OF_EVENT", Data: json.RawMessage(data)})
		b.work.stop(5 * time.Second)
		if text := j.text(); strings.Contains(text, "panicked") || strings.Contains(text, "still running") {
			t.Error(text)
		}
	})
}

// TestHandlersRecover: a panic is counted and logged without its words, and does not
// keep others from being handled.
func TestHandlersRecover(t *testing.T) {
	t.Parallel()
	b, sh, j := offline(t)
	done := make(chan struct{})
	sh.run("bad", func(context.Context) { defer close(done); panic("what a member wrote") })
	<-done
	sh.run("good", func(context.Context) {})
	b.listeners["BAD"] = func(*shard, json.RawMessage) error { panic("what a member wrote") }
	b.dispatch(sh, gateway.Event{Name: "BAD"})
	b.work.stop(time.Second)
	if !slices.Contains(j.ended, outcome{"bad", true}) || !slices.Contains(j.ended, outcome{"good", false}) {
		t.Errorf("ended %+v", j.ended)
	}
	if text := j.text(); strings.Count(text, "a handler panicked") != 2 || strings.Contains(text, "what a member wrote") {
		t.Error(text)
	}
}

// TestHandlersAreBounded: beyond the crowd nothing is taken in hand.
func TestHandlersAreBounded(t *testing.T) {
	t.Parallel()
	b, _, _ := offline(t)
	free, crowd := make(chan struct{}), 0
	for n := range maxCrowd {
		ctx, ok := b.work.enter()
		if !ok {
			t.Fatalf("handler %d is not taken", n)
		}
		if crowded(ctx) {
			crowd++
		}
	}
	if crowd != maxCrowd-maxHandlers {
		t.Errorf("%d handlers may show cards only", crowd)
	}
	if b.work.run("one more", func(context.Context) { close(free) }) {
		t.Error("there is no bound")
	}
	for range maxCrowd {
		b.work.leave()
	}
	if !b.work.run("again", func(context.Context) { close(free) }) {
		t.Error("nothing is taken any more")
	}
	<-free
	b.work.stop(time.Second)
}
