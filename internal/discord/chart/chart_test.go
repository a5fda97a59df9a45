package chart

import (
	"bytes"
	"image/png"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gonum.org/v1/plot"
	"pgregory.net/rapid"

	"verbatim/internal/article"
	"verbatim/internal/library/bench"
)

// days returns so many days from 1 March 2026 on.
func days(n int, of func(i int) (answered, abstained, cards int64)) bench.Stats {
	var s bench.Stats
	for i := range n {
		d := bench.DayStats{Day: article.DateOf(time.Date(2026, 3, 1+i, 0, 0, 0, 0, time.UTC))}
		d.Answered, d.Abstained, d.Cards = of(i)
		s.Days = append(s.Days, d)
	}
	return s
}

func TestActivity(t *testing.T) {
	ramp := func(i int) (int64, int64, int64) { return int64(i), 2, int64(i % 2) }
	tests := map[string]struct {
		stats bench.Stats
		alt   string
	}{
		"month": {days(30, ramp), "Stacked bar chart of questions for each day from March 1, 2026 to March 30, 2026: " +
			"435 answered, 60 not answered and 15 given a safety card alone. The busiest day was March 30, 2026 with 32 questions."},
		"more than a month": {days(40, ramp), "Stacked bar chart of questions for each day from March 11, 2026 to April 9, 2026: " +
			"735 answered, 60 not answered and 15 given a safety card alone. The busiest day was April 9, 2026 with 42 questions."},
		"one day":  {days(1, func(int) (int64, int64, int64) { return 1, 0, 0 }), "Stacked bar chart of questions for each day on March 1, 2026: 1 answered, 0 not answered and 0 given a safety card alone."},
		"one":      {days(2, func(i int) (int64, int64, int64) { return int64(i), 0, 0 }), "Stacked bar chart of questions for each day from March 1, 2026 to March 2, 2026: 1 answered, 0 not answered and 0 given a safety card alone. The busiest day was March 2, 2026 with 1 question."},
		"many":     {days(2, func(int) (int64, int64, int64) { return 1_234_567, 0, 0 }), "2,469,134 answered"},
		"nothing":  {days(30, func(int) (int64, int64, int64) { return 0, -3, 0 }), "Bar chart of questions for each day from March 1, 2026 to March 30, 2026: there were none."},
		"no day":   {bench.Stats{}, "Bar chart without days: there are no numbers yet."},
		"enormous": {days(3, func(int) (int64, int64, int64) { return math.MaxInt32, 1, 1 }), "6,442,450,941 answered"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			drawn, alt, err := Activity(test.stats)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(alt, test.alt) || utf8.RuneCountInString(alt) > 1024 {
				t.Errorf("the picture is described as\n%q, want\n%q", alt, test.alt)
			}
			again, _, err := Activity(test.stats)
			if err != nil || !bytes.Equal(drawn, again) {
				t.Errorf("drawn twice, the pictures differ: %v", err)
			}
			image, err := png.Decode(bytes.NewReader(drawn))
			if err != nil {
				t.Fatal(err)
			}
			if size := image.Bounds().Size(); size.X != 1040 || size.Y != 560 || len(drawn) > 200_000 {
				t.Errorf("the picture has %v pixels and %d bytes", size, len(drawn))
			}
			if _, _, _, alpha := image.At(0, 0).RGBA(); alpha != 0xFFFF {
				t.Error("the ground lets the client's shine through")
			}
		})
	}
}

// TestAxes: numbers begin at zero, count in whole numbers and hold every bar; dates are
// few, and the last day is one of them.
func TestAxes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(-5, 100), rapid.Int64Range(0, 1<<40))
		n := rapid.IntRange(0, 45).Draw(t, "days")
		d := dataOf(days(n, func(int) (int64, int64, int64) {
			return count.Draw(t, "answered"), count.Draw(t, "abstained"), count.Draw(t, "cards")
		}).Days)
		p, bars, err := plotOf(d)
		if err != nil {
			t.Fatal(err)
		}
		top := 0.0
		for i := range d.dates {
			top = max(top, bars[len(bars)-1].BarHeight(i))
		}
		if p.Y.Min != 0 || p.Y.Max < top || p.Y.Max <= 0 {
			t.Fatalf("the axis goes from %v to %v, the highest bar to %v", p.Y.Min, p.Y.Max, top)
		}
		counts := p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max)
		if counts[0].Value != 0 || counts[0].Label != "0" || len(counts) > 6 || len(counts) < 2 {
			t.Fatalf("numbers are marked at %v", counts)
		}
		for _, tick := range counts {
			if tick.Value != math.Trunc(tick.Value) {
				t.Fatalf("%v is marked", tick.Value)
			}
		}
		checkDates(t, n, p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max))
	})
}

func checkDates(t *rapid.T, n int, dates []plot.Tick) {
	t.Helper()
	if n = min(n, maxDays); len(dates) > maxDates || n > 0 && dates[0].Value != float64(n-1) {
		t.Fatalf("of %d days these are named: %v", n, dates)
	}
}

// contrast is that of two colours, from 1 to 21.
// Source: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
func contrast(a, b [3]uint8) float64 {
	luminance := func(c [3]uint8) float64 {
		sum := 0.0
		for i, weight := range [3]float64{0.2126, 0.7152, 0.0722} {
			if s := float64(c[i]) / 255; s <= 0.03928 {
				sum += weight * s / 12.92
			} else {
				sum += weight * math.Pow((s+0.055)/1.055, 2.4)
			}
		}
		return sum
	}
	light, dark := max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
	return (light + 0.05) / (dark + 0.05)
}

// TestContrast: words are readable, and bars that touch differ in brightness.
func TestContrast(t *testing.T) {
	rgb := func(c interface{ RGBA() (r, g, b, a uint32) }) [3]uint8 {
		r, g, b, _ := c.RGBA()
		return [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}
	}
	if got := contrast(rgb(ink), rgb(ground)); got < 7 {
		t.Errorf("words have a contrast of %.1f", got)
	}
	if a, b := contrast(rgb(answered), rgb(abstained)), contrast(rgb(abstained), rgb(cards)); a < 2 || b < 2 {
		t.Errorf("bars have contrasts of %.1f and %.1f", a, b)
	}
}
