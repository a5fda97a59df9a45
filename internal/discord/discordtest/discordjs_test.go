package discordtest_test

import (
	"bufio"
	"context"
	"flag"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

var discordJS = flag.String("discordjs", "", "a directory with the files of .ci/discordjs and what they need installed")

// foreign is a bot in another language at a local Discord.
type foreign struct {
	*discordtest.Server
	t       *testing.T
	alice   *discordtest.Member
	general *discordtest.Channel
	said    chan string // lines of its output
}

// startForeign starts the bot and waits until it has registered its commands.
func startForeign(t *testing.T, dir string) *foreign {
	t.Helper()
	s := discordtest.New(t, discordtest.IdentifyWindow(0))
	f := &foreign{Server: s, t: t, alice: s.Member("alice"), said: make(chan string, 16)}
	f.general = s.Guild("guild").AgeRestricted("general")
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 3*time.Minute)
	t.Cleanup(cancel)
	node := exec.CommandContext(ctx, "node", "check.mjs")
	node.Dir, node.Stderr = dir, os.Stderr
	node.Env = append(os.Environ(), "DISCORD_URL="+s.URL(), "DISCORD_TOKEN="+s.Token())
	in, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Skipf("Node.js cannot be started: %v", err)
	}
	t.Cleanup(func() { f.leaves(in, node) })
	go f.listen(out)
	f.says("ready")
	return f
}

func (f *foreign) listen(out io.Reader) {
	defer close(f.said)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		f.said <- lines.Text()
	}
}

// leaves ends the bot's input, upon which it has to leave.
func (f *foreign) leaves(in io.Closer, node *exec.Cmd) {
	_ = in.Close()
	for range f.said { // the rest has to be read before Wait
	}
	if err := node.Wait(); err != nil {
		f.t.Errorf("the bot ended: %v", err)
	}
}

// says waits for a line of the bot's output.
func (f *foreign) says(want string) {
	f.t.Helper()
	select {
	case got := <-f.said:
		if got != want {
			f.t.Fatalf("the bot said %q, want %q", got, want)
		}
	case <-time.After(30 * time.Second):
		f.t.Fatalf("the bot did not say %q", want)
	}
}

// soon is a context for one reply.
func (f *foreign) soon() context.Context {
	ctx, cancel := context.WithTimeout(f.t.Context(), 15*time.Second)
	f.t.Cleanup(cancel)
	return ctx
}

func (f *foreign) reads(r *discordtest.Reply, want string) discordtest.Seen {
	f.t.Helper()
	seen, err := r.Wait(f.soon())
	if err != nil || seen.Text() != want {
		f.t.Errorf("the reply is %q, %v, want %q", seen.Text(), err, want)
	}
	return seen
}

func (f *foreign) runs(command string, options discordtest.Options) *discordtest.Reply {
	f.t.Helper()
	return f.Run(f.alice, f.general, command, options)
}

// TestDiscordJS lets discord.js be the bot, so that this Discord is held against a
// client that nobody here wrote. Any violation fails it.
func TestDiscordJS(t *testing.T) {
	if *discordJS == "" {
		t.Skip("without -discordjs; bash .ci/discordjs/run installs discord.js and gives it")
	}
	f := startForeign(t, *discordJS)
	for name, part := range map[string]func(){
		"commands": f.commands, "deferred": f.deferred, "form": f.form, "completion": f.completion,
		"components": f.components, "resolved": f.resolved, "messages": f.messages,
	} {
		t.Log(name)
		part()
	}
	f.resumes()
	if n := len(f.Identifies()); n != 1 {
		t.Errorf("identified %d times", n)
	}
}

func (f *foreign) commands() {
	f.reads(f.runs("/ping", nil), "pong")
	more := f.runs("/more", nil)
	f.reads(more, "one")
	if third, err := more.FollowUp(f.soon(), 2); err != nil || third.Content != "three" || !third.Ephemeral {
		f.t.Errorf("the second follow-up is %+v, %v", third, err)
	}
	file := f.reads(f.runs("/file", nil), "here")
	if len(file.Attachments) != 1 || string(file.Attachments[0].Content) != "the quote" {
		f.t.Errorf("the files are %+v", file.Attachments)
	}
}

func (f *foreign) deferred() {
	slow := f.runs("/slow", nil)
	f.reads(slow, "done\nSlow\nbut there")
	if timing := slow.Timing(); !slow.Deferred() || !timing.Done() || timing.Final.Before(timing.Callback) {
		f.t.Errorf("deferred: %t, %+v", slow.Deferred(), timing)
	}
	private := f.runs("/private", nil)
	if seen := f.reads(private, "only for you"); !seen.Ephemeral {
		f.t.Error("what was promised privately is public")
	}
}

func (f *foreign) form() {
	shown := f.runs("/form", nil)
	if form, err := shown.Modal(f.soon()); err != nil || form.Title != "Why?" {
		f.t.Fatalf("the form is %+v, %v", form, err)
	}
	f.reads(f.Submit(shown, map[string]string{"Reason": "of the test"}), "because of the test")
}

func (f *foreign) completion() {
	choices, err := f.Type(f.soon(), f.alice, f.general, "/ask", "is it")
	if err != nil || len(choices) != 1 || choices[0].Name != "is it?" || choices[0].Value != "is it indeed" {
		f.t.Fatalf("the completions are %+v, %v", choices, err)
	}
	f.reads(f.runs("/ask", discordtest.Options{"question": "is it indeed"}), "asked is it indeed")
}

func (f *foreign) components() {
	parts := f.reads(f.runs("/parts", nil), "look")
	f.reads(f.Choose(f.alice, parts.ID, "Who", f.alice.ID), "chosen: alice")
	parts = f.reads(f.runs("/parts", nil), "look")
	if err := f.Click(f.alice, parts.ID, "Turn").Gone(f.soon()); err != nil {
		f.t.Error(err)
	}
}

func (f *foreign) resolved() {
	g := f.Guild("other")
	role, room := g.Role("keepers", 1<<13), g.AgeRestricted("room")
	f.alice.Give(role)
	who := f.Run(f.alice, room, "/who", discordtest.Options{"user": f.alice, "role": role, "channel": room, "file": discordtest.Attachment{Name: "a.txt", Content: []byte("x")}})
	f.reads(who, "alice keepers keepers "+room.Name+" a.txt true true")
}

func (f *foreign) messages() {
	said := f.Say(f.alice, f.general, f.Mention()+" hello")
	f.reads(said, "heard true")
	f.reads(f.Say(f.alice, f.DM(f.alice), "hello"), "heard true")
	f.reads(f.Menu(f.alice, f.Say(f.alice, f.general, "twelve signs").Asked, "Length"), "12 letters")
	edit := f.Say(f.alice, f.general, f.Mention()+" edit")
	if _, err := edit.Becomes(f.soon(), func(v discordtest.Seen) bool { return v.Content == "edited" && v.Edited }); err != nil {
		f.t.Error(err)
	}
}

// resumes ends the connection in several ways. What is asked meanwhile is answered.
func (f *foreign) resumes() {
	for name, fault := range map[string]func(){
		"Op 7": f.Reconnect, "close code": func() { f.Drop(4000) }, "cut": f.Reset, "Op 9": func() { f.Invalidate(true) },
	} {
		f.t.Log(name)
		before := len(f.Resumes())
		fault()
		f.says("resumed")
		f.reads(f.runs("/ping", nil), "pong")
		if all := f.Resumes(); len(all) == before || !all[len(all)-1].Went || !all[len(all)-1].Proper {
			f.t.Errorf("%s: %s", name, strings.Join(f.Violations(), "\n"))
		}
	}
}
