package main

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
	"verbatim/internal/store/storetest"
)

// asProgram makes the test binary behave as the program itself.
const asProgram = "VERBATIM_TEST_AS_PROGRAM"

// server is the real program serving a local Discord, as a process of its own.
type server struct {
	*discordtest.Server
	process *exec.Cmd
	log     logText
	alice   *discordtest.Member
	general *discordtest.Channel
	adults  *discordtest.Channel
}

func serve(t *testing.T, env ...string) *server {
	t.Helper()
	s := &server{Server: discordtest.New(t)}
	guild := s.Guild("A guild")
	s.alice, s.general, s.adults = s.Member("alice"), guild.Channel("general"), guild.AgeRestricted("adults")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s.process = exec.Command(self, "serve")
	s.process.Env = append(os.Environ(), asProgram+"=1", "DISCORD_TOKEN="+s.Token(), "VERBATIM_DISCORD_API="+s.URL(),
		"VERBATIM_DATABASE="+storetest.SQLite(t))
	s.process.Env = append(s.process.Env, env...)
	s.process.Stdout, s.process.Stderr = &s.log, &s.log
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.process.Process.Kill()
		_ = s.process.Wait()
		tellsNoSecret(t, s.log.String(), s.Token())
		if t.Failed() {
			t.Log(s.log.String())
		}
	})
	if err := s.Connected(within(t, 20*time.Second)); err != nil {
		t.Fatal(err)
	}
	return s
}

// tellsNoSecret looks through all that a program printed for the bot's token, the
// tokens of interactions, and the header that carries the former.
func tellsNoSecret(t *testing.T, printed, token string) {
	t.Helper()
	for _, secret := range []string{token, "token-", "Authorization"} {
		if strings.Contains(printed, secret) {
			t.Errorf("%q is in what the program printed", secret)
		}
	}
}

func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

// read returns all the text that the reply shows.
func read(t *testing.T, r *discordtest.Reply) string {
	t.Helper()
	seen, err := r.Wait(within(t, 10*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return seen.Text()
}

func holds(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("the reply lacks %q:\n%s", want, text)
		}
	}
}

// TestServe walks through Discord as a member does: the command, a mention, a
// question about technique in either kind of channel, an emergency.
func TestServe(t *testing.T) {
	s := serve(t)

	text := read(t, s.Run(s.alice, s.general, "/ask", discordtest.Options{"question": "Is prostate massage safe?"}))
	holds(t, text, "safe when it is done gently", "Verbatim contributors", "22 November 2026", "Stephen Venneman", "19 July 2017", "emergency number")

	text = read(t, s.Say(s.alice, s.general, s.Mention()+" how big is the prostate"))
	holds(t, text, "walnut", "Verbatim contributors", "22 November 2026")

	how := discordtest.Options{"question": "how do i reach the prostate and which way do i bend my finger"}
	holds(t, read(t, s.Run(s.alice, s.general, "/ask", how)), "age-restricted channel")
	holds(t, read(t, s.Run(s.alice, s.adults, "/ask", how)), "navel")

	reply := s.Run(s.alice, s.general, "/ask", discordtest.Options{"question": "crushing chest pain and i cant breathe"})
	text = read(t, reply)
	holds(t, text, "112", "911")
	if reply.Deferred() || strings.Contains(text, "Verbatim contributors") {
		t.Errorf("an emergency was deferred or quoted:\n%s", text)
	}

	holds(t, read(t, s.Run(s.alice, s.general, "/ask", discordtest.Options{"question": "who won the world cup"})), "do not answer")
}

// TestServeLeaves sends SIGTERM and wants a clean exit within five seconds.
func TestServeLeaves(t *testing.T) {
	s := serve(t)
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.process.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("exit: %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("still running after five seconds")
	}
}

// TestServeReplacesTheArticles reads its own article from VERBATIM_ARTICLES.
func TestServeReplacesTheArticles(t *testing.T) {
	path := t.TempDir() + "/pond.md"
	src := "---\ntitle: Garden ponds\nauthor: Sam Roe\nupdated: 2021-05-06\n---\n\nA pond needs shade and a pump.\n"
	if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serve(t, "VERBATIM_ARTICLES="+path)
	holds(t, read(t, s.Say(s.alice, s.general, s.Mention()+" does a pond need shade?")), "needs shade and a pump", "Sam Roe", "6 May 2021")
}
