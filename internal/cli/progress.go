package cli

import (
	"fmt"
	"io"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress shows how far long work is: as a bar on a terminal, else as a line
// whenever another tenth is done. It is not safe for concurrent use.
type progress struct {
	out    io.Writer
	title  string
	bars   *mpb.Progress
	bar    *mpb.Bar
	tenths int64
}

func newProgress(out io.Writer, title string) *progress {
	g := &progress{out: out, title: title}
	if isTerminal(out) {
		g.bars = mpb.New(mpb.WithOutput(out), mpb.WithWidth(textWidth))
		g.bar = g.bars.AddBar(0, mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name(title+" ")), mpb.AppendDecorators(decor.CountersNoUnit(" %d of %d")))
	}
	return g
}

// show takes how much of how much is done; total is 0 while nobody knows.
func (g *progress) show(done, total int64) {
	if total <= 0 {
		return
	}
	if g.bar != nil {
		g.bar.SetTotal(total, false)
		g.bar.SetCurrent(done)
		return
	}
	if tenths := done * 10 / total; tenths > g.tenths {
		g.tenths = tenths
		fmt.Fprintf(g.out, "%s: %d of %d rows\n", g.title, done, total)
	}
}

// end takes the bar away.
func (g *progress) end() {
	if g.bar != nil {
		g.bar.Abort(true)
		g.bars.Wait()
	}
}
