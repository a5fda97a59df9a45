package cli

import (
	"context"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/store/storetest"
)

// TestServerLeavesABusyDatabase stops a server while another program holds its
// database, and calls of it may wait for a minute.
func TestServerLeavesABusyDatabase(t *testing.T) {
	t.Parallel()
	local := discordtest.New(t)
	url := storetest.SQLite(t)
	env := map[string]string{
		"VERBATIM_DATABASE": url, "VERBATIM_DISCORD_API": local.URL(), envLeaseTTL: "10m",
	}
	p, _, log := program("")
	p.Getenv, p.Now = func(key string) string { return env[key] }, time.Now
	s, err := p.newServer(t.Context(), local.Token(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if _, _, err := s.store.Queue().Enqueue(t.Context(), library.Host, jobs.Job{ID: "one", Kind: sweepJob, Key: "one"}); err != nil {
		t.Fatal(err)
	}
	other, err := storetest.Raw(t, url).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.run(ctx) }()
	for asked := false; !asked; time.Sleep(5 * time.Millisecond) { // Discord, after which leases are claimed
		asked = len(local.Requests("GET /gateway/bot")) > 0
	}
	cancel()
	began := time.Now()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
		t.Logf("left after %v", time.Since(began).Round(time.Millisecond))
	case <-time.After(5 * time.Second):
		t.Errorf("still there after five seconds:\n%s", log)
	}
	if _, err := other.ExecContext(t.Context(), "ROLLBACK"); err != nil { // lets what was left behind end
		t.Error(err)
	}
}
