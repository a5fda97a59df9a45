package main

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

// vitals is what a process says of itself at one moment.
type vitals struct {
	at         time.Duration // since the first look
	goroutines float64
	heap       float64 // bytes of the heap in use, garbage among them
	goal       float64 // of the next collection: in proportion to what outlived the last one
	resident   float64 // bytes of memory that the operating system gave
	files      float64 // open descriptors
}

// look reads the vitals of the program.
func (c *crowd) look(since time.Time) vitals {
	c.t.Helper()
	text := scrape(c.t, c.metrics)
	v := vitals{at: time.Since(since)}
	values := map[string]*float64{
		"go_goroutines": &v.goroutines, "go_memstats_heap_inuse_bytes": &v.heap, "go_memstats_next_gc_bytes": &v.goal,
		"process_resident_memory_bytes": &v.resident, "process_open_fds": &v.files,
	}
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		if into := values[name]; into != nil {
			*into, _ = strconv.ParseFloat(value, 64)
		}
	}
	return v
}

// vital is one of the vitals, and by how much it may grow beside a tenth.
type vital struct {
	name  string
	of    func(vitals) float64
	unit  float64
	slack float64 // in the unit
}

const mb = 1 << 20

// vitalSigns may vary by kept-alive connections (16 to Discord, two goroutines each),
// and by pages that the runtime has not given back yet.
func vitalSigns() []vital {
	return []vital{
		{"goroutines", func(v vitals) float64 { return v.goroutines }, 1, 40},
		{"heap in use, MB", func(v vitals) float64 { return v.heap }, mb, 4},
		{"heap goal, MB", func(v vitals) float64 { return v.goal }, mb, 2},
		{"resident, MB", func(v vitals) float64 { return v.resident }, mb, 8},
		{"files", func(v vitals) float64 { return v.files }, 1, 20},
	}
}

// shortSigns are for short runs, which fill what is bounded: they show what grows by
// some kilobytes with every use.
func shortSigns() []vital {
	return []vital{{"heap goal, MB", func(v vitals) float64 { return v.goal }, mb, 10}}
}

// vitalsTable shows looks at a process.
func vitalsTable(looks []vitals) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprint(w, "seconds\t")
	for _, sign := range vitalSigns() {
		_, _ = fmt.Fprint(w, sign.name+"\t")
	}
	_, _ = fmt.Fprintln(w)
	for _, v := range looks {
		_, _ = fmt.Fprintf(w, "%.0f\t", v.at.Seconds())
		for _, sign := range vitalSigns() {
			_, _ = fmt.Fprintf(w, "%.1f\t", sign.of(v)/sign.unit)
		}
		_, _ = fmt.Fprintln(w)
	}
	_ = w.Flush()
	return b.String()
}

// flat holds the medians of early and late looks against each other.
func flat(t *testing.T, signs []vital, early, late []vitals) {
	t.Helper()
	for _, sign := range signs {
		before, after := sign.median(early), sign.median(late)
		t.Logf("%s: %.1f early, %.1f late (medians of %d and %d looks)", sign.name, before, after, len(early), len(late))
		if limit := before*1.1 + sign.slack; after > limit {
			t.Errorf("%s: grew from %.1f to %.1f, want %.1f at most", sign.name, before, after, limit)
		}
	}
}

func (s vital) median(looks []vitals) float64 {
	of := make([]float64, len(looks))
	for i, v := range looks {
		of[i] = s.of(v) / s.unit
	}
	slices.Sort(of)
	return of[len(of)/2]
}

// keptAlive is how many goroutines the connections to Discord and to the database may
// have that are kept for the next use; one that is lost with each use is far more.
const keptAlive = 60

// calm waits until the program has hardly more goroutines than at rest.
func (c *crowd) calm(rest vitals) {
	c.t.Helper()
	var now vitals
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if now = c.look(time.Now()); now.goroutines <= rest.goroutines+keptAlive {
			c.t.Logf("%.0f goroutines at rest, %.0f afterwards", rest.goroutines, now.goroutines)
			return
		}
	}
	c.t.Errorf("%.0f goroutines at rest, %.0f afterwards", rest.goroutines, now.goroutines)
}
