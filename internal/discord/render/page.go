package render

import "strings"

// Discord's limits of a message, in characters.
// Source: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxTitle       = 256
	maxDescription = 4096
	maxFooter      = 2048
	maxURL         = 2048
	maxLabel       = 80   // of a button
	maxTotal       = 6000 // over all embeds of a message
)

// page collects embeds while they fit into one message.
type page struct {
	embeds []Embed
	used   int
	cut    bool
	seen   map[string]bool // what is shown already, so that parts do not repeat it
	tail   []string        // lines that are shown last, whatever else fits
}

// reserve is kept for the line that says that something did not fit.
const reserve = 300

// newPage returns an empty page with a few short lines that end it.
func newPage(tail ...string) *page {
	for i, line := range tail {
		tail[i] = Escape(line)
	}
	return &page{seen: make(map[string]bool), tail: tail}
}

func (p *page) empty() bool { return len(p.embeds) == 0 }

// room is how many characters one more embed may have.
func (p *page) room() int {
	if len(p.embeds) >= maxEmbeds-1 {
		return 0
	}
	return max(0, maxTotal-reserve-size(strings.Join(p.tail, "\n"))-len("\n")-p.used)
}

// try adds an embed when there is room for it and it is not shown already.
func (p *page) try(e Embed) {
	switch {
	case p.repeated(e) || e.size() == 0:
	case e.size() > p.room() || size(e.Description) > maxDescription:
		p.cut = true
	default:
		p.add(e)
	}
}

// must adds an embed, dropping its small print and its last lines before leaving it out.
func (p *page) must(e Embed) {
	if p.repeated(e) {
		return
	}
	if e.size() > p.room() {
		e.Footer = nil
	}
	if over := e.size() - p.room(); over > 0 {
		p.cut = true
		e.Description = limited(strings.Split(e.Description, "\n"), size(e.Description)-over)
	}
	if n := e.size(); 0 < n && n <= p.room() {
		p.add(e)
	}
}

func (p *page) add(e Embed) {
	p.embeds = append(p.embeds, e)
	p.used += e.size()
}

func (p *page) repeated(e Embed) bool {
	key := e.Title + "\x00" + e.Description
	seen := p.seen[key]
	p.seen[key] = true
	return seen
}

// finish returns the embeds, the last of them with the lines that end the page, and
// with the given one when something was left out.
func (p *page) finish(cut string) []Embed {
	lines := p.tail
	if p.cut {
		lines = append([]string{fit(cut, reserve)}, lines...)
	}
	if len(lines) > 0 {
		p.add(Embed{Description: strings.Join(lines, "\n"), Color: Neutral})
	}
	return p.embeds
}

// size is what counts towards Discord's total.
func (e Embed) size() int {
	n := size(e.Title) + size(e.Description)
	if e.Footer != nil {
		n += size(e.Footer.Text)
	}
	return n
}
