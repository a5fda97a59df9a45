package cli

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"
)

// TestChatIsInterrupted ends a conversation that waits for a line that never comes.
func TestChatIsInterrupted(t *testing.T) {
	p, _, _ := program("")
	in, typed := io.Pipe()
	defer typed.Close()
	p.In = in
	asked := make(chan context.CancelFunc, 1)
	p.Interrupted = func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(ctx)
		asked <- cancel
		return ctx, cancel
	}
	code := make(chan int, 1)
	go func() { code <- p.Run(t.Context(), []string{"verbatim", "chat"}) }()
	(<-asked)()
	select {
	case got := <-code:
		if got != exitError {
			t.Errorf("exit %d", got)
		}
	case <-time.After(5 * time.Second):
		t.Error("still reading")
	}
}

// TestChatGoesOnAfterALongLine refuses one line and answers the next.
func TestChatGoesOnAfterALongLine(t *testing.T) {
	p, out, errs := program(strings.Repeat("a", maxQuestion+1) + "\n\x1b[A\nwho wrote this\n")
	if code := p.Run(t.Context(), []string{"verbatim", "chat"}); code != exitOK {
		t.Fatal("exit", code)
	}
	if errs.String() != "verbatim: a line may have at most 1048576 bytes\n" || strings.Count(out.String(), "Verbatim contributors") != 1 {
		t.Errorf("errors %q, output:\n%s", errs, out)
	}
}

// TestBatchRefusesLongQuestions reports them with their lines and answers the others.
func TestBatchRefusesLongQuestions(t *testing.T) {
	long := strings.Repeat("a", maxQuestion+1)
	p, out, errs := program(`{"id":1,"question":"` + long + `"}
{"id":2,"turns":[{"question":"hello"},{"question":"` + long + `"}]}
{"id":3,"question":"` + strings.Repeat("a", maxBatchLine) + `"}
{"id":4,"question":"hello"}
`)
	if code := p.Run(t.Context(), []string{"verbatim", "ask", "--json", "--batch", "-"}); code != exitError {
		t.Error("exit", code)
	}
	want := "verbatim: -:1: a question may have at most 1048576 bytes\n" +
		"verbatim: -:2: a question may have at most 1048576 bytes, and turn 1 has more\n" +
		"verbatim: -:3: a line may have at most 8388608 bytes\n"
	if errs.String() != want || out.String() != `{"id":4,"outcome":"help","tier":"none"}`+"\n" {
		t.Errorf("errors %q\noutput %s", errs, out)
	}
}
