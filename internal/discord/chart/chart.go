// Package chart draws the numbers of a guild as a picture, for moderators.
//
// A picture stands on whatever background a client has, so it brings its own; its
// colours are told apart by those who see few colours, and what it shows is said in
// words beside it.
//
// Invariants:
//   - the axis of numbers begins at zero and counts in whole numbers;
//   - the same numbers give the same picture;
//   - the words fit into what Discord allows beside a picture.
package chart

import (
	"bytes"
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"verbatim/internal/library/bench"
)

// The size of the picture: 1040 by 560 pixels.
const (
	width  = 6.5 * vg.Inch
	height = 3.5 * vg.Inch
	dpi    = 160
)

// maxDays is how many days are shown, of more the last.
const maxDays = 30

// Lengths in the picture.
const (
	margin   = 10 * vg.Millimeter / 3
	maxBar   = 28 * vg.Millimeter / 3
	barShare = 0.72 // of a day's width
	inside   = width - 22*vg.Millimeter
	legendAt = 8 * vg.Millimeter // from the upper edge
)

// The colours: dark ink on a light ground, and three of the palette by Okabe and Ito,
// Color Universal Design, 2008, which differ in brightness as well.
var (
	ground    = color.NRGBA{0xF7, 0xF8, 0xFA, 0xFF}
	ink       = color.NRGBA{0x1F, 0x23, 0x28, 0xFF}
	faint     = color.NRGBA{0xD5, 0xD9, 0xDF, 0xFF}
	answered  = color.NRGBA{0x00, 0x72, 0xB2, 0xFF}
	abstained = color.NRGBA{0xE6, 0x9F, 0x00, 0xFF}
	cards     = color.NRGBA{0x9C, 0x2F, 0x6B, 0xFF} // reddish purple, darker than theirs to stand out
)

// Activity draws what came of the questions of each day, of the last 30 days at most,
// and says the same in at most 1,024 characters.
func Activity(s bench.Stats) (png []byte, alt string, err error) {
	d := dataOf(s.Days)
	p, bars, err := plotOf(d)
	if err != nil {
		return nil, "", fmt.Errorf("drawing a chart: %w", err)
	}
	canvas := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(ground))}
	all := draw.New(canvas)
	p.Draw(draw.Crop(all, margin, -2*margin, margin, -margin))
	drawLegend(all, d, bars)
	var out bytes.Buffer
	if _, err := canvas.WriteTo(&out); err != nil {
		return nil, "", fmt.Errorf("writing a chart: %w", err)
	}
	return out.Bytes(), altOf(d), nil
}

// plotOf returns the plot with its bars, from the lowest up.
func plotOf(d data) (*plot.Plot, []*plotter.BarChart, error) {
	p := plot.New()
	p.BackgroundColor = ground
	p.Title.Text = d.title()
	p.Title.TextStyle = styled(p.Title.TextStyle, 13, font.Font{Weight: 2})
	p.Title.Padding = 9 * vg.Millimeter // room for the legend
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = nil, faint
	grid.Horizontal.Width = vg.Points(0.75)
	p.Add(grid)
	bars, err := d.bars()
	if err != nil {
		return nil, nil, err
	}
	for _, b := range bars {
		p.Add(b)
	}
	if d.isEmpty() {
		note, err := plotter.NewLabels(plotter.XYLabels{XYs: plotter.XYs{{X: float64(len(d.dates)-1) / 2, Y: 2.5}}, Labels: []string{"No questions yet"}})
		if err != nil {
			return nil, nil, err
		}
		note.TextStyle[0] = styled(note.TextStyle[0], 12, font.Font{})
		note.TextStyle[0].XAlign, note.TextStyle[0].YAlign = draw.XCenter, draw.YCenter
		p.Add(note)
	}
	d.scale(p)
	return p, bars, nil
}

// scale sets the axes: days along the lower edge, numbers from zero up.
func (d data) scale(p *plot.Plot) {
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Padding, axis.Tick.Length = 0, 0
		axis.Tick.Label = styled(axis.Tick.Label, 10, font.Font{})
		axis.Label.TextStyle = styled(axis.Label.TextStyle, 10, font.Font{})
		axis.Color = ink
	}
	p.X.Min, p.X.Max = -0.6, max(float64(len(d.dates)), 1)-0.4
	p.X.Tick.Marker = plot.ConstantTicks(d.dateTicks())
	p.X.Tick.Length, p.X.Tick.Width = vg.Points(3), 0 // room above the dates
	p.X.Label.Text = "Day (UTC)"
	ticks := countTicks(d.highest())
	p.Y.Min, p.Y.Max = 0, ticks[len(ticks)-1].Value
	p.Y.Tick.Marker = plot.ConstantTicks(ticks)
	p.Y.Label.Text = "Questions per day"
	p.Y.Width = 0 // the grid is enough
}

// styled returns a style with our typeface, ink and size.
func styled(s text.Style, size float64, f font.Font) text.Style {
	f.Typeface, f.Variant, f.Size = "Liberation", "Sans", vg.Points(size)
	s.Font, s.Color = f, ink
	return s
}

// bars returns one sort of bars for each outcome, stacked.
func (d data) bars() ([]*plotter.BarChart, error) {
	wide := min(maxBar, inside*vg.Length(barShare/max(float64(len(d.dates)), 1)))
	var bars []*plotter.BarChart
	for i, s := range d.series {
		b, err := plotter.NewBarChart(s.values, wide)
		if err != nil {
			return nil, err
		}
		b.Color = []color.Color{answered, abstained, cards}[i]
		b.LineStyle = draw.LineStyle{}
		if i > 0 {
			b.StackOn(bars[i-1])
		}
		bars = append(bars, b)
	}
	return bars, nil
}

// drawLegend draws what the colours mean in one line below the title.
func drawLegend(all draw.Canvas, d data, bars []*plotter.BarChart) {
	var entries []plot.Legend
	total := vg.Length(0)
	for i, s := range d.series {
		l := plot.NewLegend()
		l.TextStyle = styled(l.TextStyle, 10, font.Font{})
		l.TextStyle.XAlign = draw.XLeft
		l.Top, l.Left, l.ThumbnailWidth = true, true, vg.Points(10)
		l.Add(fmt.Sprintf("%s (%s)", s.name, grouped(s.total)), bars[i])
		entries = append(entries, l)
		total += l.Rectangle(all).Size().X + gap
	}
	x := (width - total + gap) / 2
	for i := range entries {
		size := entries[i].Rectangle(all).Size().X
		entries[i].XOffs, entries[i].YOffs = x, -legendAt-margin
		entries[i].Draw(all)
		x += size + gap
	}
}

// gap is the room between two entries of the legend.
const gap = 7 * vg.Millimeter
