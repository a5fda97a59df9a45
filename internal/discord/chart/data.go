package chart

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"

	"verbatim/internal/article"
	"verbatim/internal/library/bench"
)

// data is what is drawn.
type data struct {
	dates  []article.Date
	series []series // from the lowest up
}

// series is one number of each day.
type series struct {
	name, said string // in the legend, and in a sentence
	values     plotter.Values
	total      int64
}

// dataOf takes the last days. A number below zero counts as zero.
func dataOf(days []bench.DayStats) data {
	days = days[max(0, len(days)-maxDays):]
	d := data{series: []series{{name: "Answered", said: "answered"}, {name: "Not answered", said: "not answered"}, {name: "Safety card", said: "given a safety card alone"}}}
	for _, day := range days {
		d.dates = append(d.dates, day.Day)
		for i, n := range []int64{day.Answered, day.Abstained, day.Cards} {
			n = max(n, 0)
			d.series[i].values = append(d.series[i].values, float64(n))
			d.series[i].total += n
		}
	}
	if len(days) == 0 { // a bar chart wants a value
		for i := range d.series {
			d.series[i].values = plotter.Values{0}
		}
	}
	return d
}

func (d data) isEmpty() bool {
	return !slices.ContainsFunc(d.series, func(s series) bool { return s.total > 0 })
}

// title names what is drawn.
func (d data) title() string {
	if len(d.dates) == 1 {
		return "What came of questions on " + short(d.dates[0])
	}
	return fmt.Sprintf("What came of questions in %d days", len(d.dates))
}

// sum returns the numbers of a day together.
func (d data) sum(day int) float64 {
	sum := 0.0
	for _, s := range d.series {
		sum += s.values[day]
	}
	return sum
}

// highest returns the largest number of questions of a day.
func (d data) highest() float64 {
	most := 0.0
	for day := range d.dates {
		most = max(most, d.sum(day))
	}
	return most
}

// maxDates is how many dates are written below the axis.
const maxDates = 6

// dateTicks returns the days that are named, the last always.
func (d data) dateTicks() []plot.Tick {
	step := max(1, (len(d.dates)+maxDates-1)/maxDates)
	ticks := []plot.Tick{}
	for day := len(d.dates) - 1; day >= 0; day -= step {
		ticks = append(ticks, plot.Tick{Value: float64(day), Label: short(d.dates[day])})
	}
	return ticks
}

// countTicks returns whole numbers from zero to at least the given one, at most six,
// at steps of 1, 2 or 5 times a power of ten.
func countTicks(most float64) []plot.Tick {
	step, factor := 1.0, 0
	for most > 5*step {
		step *= []float64{2, 2.5, 2}[factor%3] // 1, 2, 5, 10
		factor++
	}
	most = cmp.Or(most, 4)
	var ticks []plot.Tick
	for at := 0.0; len(ticks) == 0 || ticks[len(ticks)-1].Value < most; at += step {
		ticks = append(ticks, plot.Tick{Value: at, Label: grouped(int64(at))})
	}
	return ticks
}

// short writes a date as "2 Jan".
func short(d article.Date) string {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format("2 Jan")
}

// grouped writes a number with commas between thousands.
func grouped(n int64) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// altOf says what is drawn.
func altOf(d data) string {
	switch {
	case len(d.dates) == 0:
		return "Bar chart without days: there are no numbers yet."
	case d.isEmpty():
		return fmt.Sprintf("Bar chart of questions for each day %s: there were none.", d.span())
	}
	var parts []string
	for _, s := range d.series {
		parts = append(parts, fmt.Sprintf("%s %s", grouped(s.total), s.said))
	}
	busiest := 0
	for day := range d.dates {
		if d.sum(day) > d.sum(busiest) {
			busiest = day
		}
	}
	alt := fmt.Sprintf("Stacked bar chart of questions for each day %s: %s, %s and %s.", d.span(), parts[0], parts[1], parts[2])
	if len(d.dates) == 1 {
		return alt
	}
	return alt + fmt.Sprintf(" The busiest day was %s with %s.", d.dates[busiest].Long(), questions(int64(d.sum(busiest))))
}

func questions(n int64) string {
	if n == 1 {
		return "1 question"
	}
	return grouped(n) + " questions"
}

// span says which days are drawn.
func (d data) span() string {
	first, last := d.dates[0].Long(), d.dates[len(d.dates)-1].Long()
	if first == last {
		return "on " + first
	}
	return "from " + first + " to " + last
}
