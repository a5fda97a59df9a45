package cli

import (
	"fmt"
	"io"
	"strings"

	"verbatim/internal/library/bench"
)

// maxShown is how many changes of one sort are printed; --json has all of them.
const maxShown = 20

func (t terminal) writeImpact(i bench.Impact) error {
	var b strings.Builder
	t.impact(&b, i)
	_, err := io.WriteString(t.out, strings.TrimPrefix(b.String(), "\n"))
	return err
}

// impact writes what a change does to answers, what breaks first.
func (t terminal) impact(b *strings.Builder, i bench.Impact) {
	var broken, mended []bench.GoldenChange
	for _, g := range i.Golden {
		if g.Before.Passed {
			broken = append(broken, g)
		} else {
			mended = append(mended, g)
		}
	}
	t.goldenChanges(b, "Golden questions that would break", red, broken)
	t.goldenChanges(b, "Golden questions that would pass, and fail now", "", mended)
	if t.title(b, "Suggested questions that would be answered differently", bold, len(i.Bank)) {
		for _, c := range i.Bank[:min(maxShown, len(i.Bank))] {
			t.change(b, "“"+c.Question+"”", [2]string{"now", c.Before}, [2]string{"then", c.After})
		}
	}
	if t.title(b, "Posted answers whose quoted words would change or go", bold, len(i.Posted)) {
		for _, c := range i.Posted[:min(maxShown, len(i.Posted))] {
			t.change(b, "answer "+c.Posted.ID+" of "+stamp(c.Posted.At), [2]string{"now", c.Before}, [2]string{"then", orGone(c.After)})
		}
	}
	b.WriteByte('\n')
	t.paragraph(b, "", "", "", tried(i))
}

// title writes a heading with a number, and reports whether there is anything below it.
func (t terminal) title(b *strings.Builder, text, style string, n int) bool {
	if n == 0 {
		return false
	}
	b.WriteByte('\n')
	if n > maxShown {
		text += fmt.Sprintf(", the first %d", maxShown)
	}
	t.paragraph(b, style, "", "", fmt.Sprintf("%s (%d)", text, n))
	return true
}

func (t terminal) goldenChanges(b *strings.Builder, heading, style string, changes []bench.GoldenChange) {
	if !t.title(b, heading, style, len(changes)) {
		return
	}
	for _, g := range changes[:min(maxShown, len(changes))] {
		t.change(b, "“"+g.Before.Golden.Question+"”", [2]string{"wants", g.After.Want}, [2]string{"now", g.Before.Got}, [2]string{"then", g.After.Got})
	}
}

// change writes what changes with what it is before and after, each with its name.
func (t terminal) change(b *strings.Builder, what string, sides ...[2]string) {
	t.paragraph(b, "", "- ", "  ", what)
	for _, side := range sides {
		t.paragraph(b, "", fmt.Sprintf("  %-6s", side[0]), "        ", strings.Join(strings.Fields(side[1]), " "))
	}
}

func orGone(text string) string {
	if text == "" {
		return "nothing; the article does not say this any more"
	}
	return text
}

// tried says how much was tried.
func tried(i bench.Impact) string {
	if i.Asked+i.Looked == 0 {
		return "There are no questions to try, and no posted answers that it could change."
	}
	text := fmt.Sprintf("Tried: %s and %s.", counted(i.Asked, "question"), counted(i.Looked, "posted answer"))
	if len(i.Golden)+len(i.Bank)+len(i.Posted) == 0 {
		text += " None of them changes."
	}
	if i.Truncated {
		text += " There are more than can be tried at once, so other answers may change as well."
	}
	return text
}

// jsonImpact is what a change does to answers; keys are added, never renamed.
type jsonImpact struct {
	Breaks    bool               `json:"breaks"` // a golden question that passes now would not
	Golden    []jsonGoldenChange `json:"golden"`
	Bank      []jsonAnswerChange `json:"bank"`
	Posted    []jsonPostedChange `json:"posted"`
	Asked     int                `json:"asked"`
	Looked    int                `json:"looked"`
	Truncated bool               `json:"truncated"`
}

type jsonGoldenChange struct {
	Before jsonTested `json:"before"`
	After  jsonTested `json:"after"`
}

type jsonAnswerChange struct {
	Question string `json:"question"`
	Before   string `json:"before"`
	After    string `json:"after"`
}

type jsonPostedChange struct {
	Answer  string `json:"answer"`
	Channel string `json:"channel,omitempty"`
	Message string `json:"message,omitempty"`
	Before  string `json:"before"`
	After   string `json:"after"` // empty when it is gone
}

func impactJSON(i bench.Impact) jsonImpact {
	out := jsonImpact{
		Breaks: i.Breaks(), Golden: []jsonGoldenChange{}, Bank: []jsonAnswerChange{}, Posted: []jsonPostedChange{},
		Asked: i.Asked, Looked: i.Looked, Truncated: i.Truncated,
	}
	for _, g := range i.Golden {
		out.Golden = append(out.Golden, jsonGoldenChange{testedJSON(g.Before), testedJSON(g.After)})
	}
	for _, c := range i.Bank {
		out.Bank = append(out.Bank, jsonAnswerChange{c.Question, c.Before, c.After})
	}
	for _, c := range i.Posted {
		out.Posted = append(out.Posted, jsonPostedChange{c.Posted.ID, c.Posted.Channel, c.Posted.Message, c.Before, c.After})
	}
	return out
}
