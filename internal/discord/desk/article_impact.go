package desk

import (
	"fmt"

	"verbatim/internal/library/bench"
)

// impact shows what a change does to answers: what breaks first.
func (s *sheet) impact(guild string, i bench.Impact) {
	var broken, mended []item
	for _, g := range i.Golden {
		it := item{text: g.Before.Golden.Question, rest: []string{"wants: " + g.After.Want, "now: " + g.Before.Got, "then: " + g.After.Got}}
		switch {
		case g.Before.Passed && !g.After.Passed:
			broken = append(broken, it)
		case !g.Before.Passed && g.After.Passed:
			mended = append(mended, it)
		}
	}
	s.add(counted(len(broken), "test", "tests")+" would break", broken, 3)
	s.add(postedHeading(i.Posted), posted(guild, i.Posted), 3)
	s.add(counted(len(i.Bank), "suggested question", "suggested questions")+" would be answered differently", answers(i.Bank), 3)
	s.add(counted(len(mended), "test that fails now", "tests that fail now")+" would pass", mended, 3)
	s.note(looked(i, len(broken)+len(mended)))
}

// note adds a paragraph of plain words of our own.
func (s *sheet) note(text string) {
	fmt.Fprintf(&s.text, "\n%s\n", text)
	if s.fits(text) {
		s.write(text)
	}
}

// looked says how much was tried, and what was not.
func looked(i bench.Impact, golden int) string {
	text := fmt.Sprintf("Tried: %s and %s.", counted(i.Asked, "question", "questions"), counted(i.Looked, "posted answer", "posted answers"))
	if i.Asked+i.Looked == 0 {
		text = "There are no questions to try, and no posted answers that it could change."
	} else if golden+len(i.Bank)+len(i.Posted) == 0 {
		text += " None of them changes."
	}
	if i.Truncated {
		text += " There are more than can be tried at once, so other answers may change as well."
	}
	return text
}

func postedHeading(changes []bench.PostedChange) string {
	vanished := 0
	for _, c := range changes {
		if c.After == "" {
			vanished++
		}
	}
	text := counted(len(changes), "posted answer quotes", "posted answers quote") + " words that change"
	switch {
	case vanished == len(changes):
		text = counted(len(changes), "posted answer quotes", "posted answers quote") + " words that would be gone"
	case vanished > 0:
		text += fmt.Sprintf(", of which %d would be gone", vanished)
	}
	return text
}

func posted(guild string, changes []bench.PostedChange) []item {
	items := make([]item, len(changes))
	for i, c := range changes {
		after := "then: " + c.After
		if c.After == "" {
			after = "then: nothing; the article does not say this any more"
		}
		items[i] = item{text: "Answer of " + c.Posted.At.UTC().Format("January 2, 2006"), rest: []string{"now: " + c.Before, after}}
		switch {
		case c.Posted.Private:
			items[i].text += ", which only its asker sees and which stays as it is"
		case c.Posted.Message != "":
			items[i].link = "https://discord.com/channels/" + guild + "/" + c.Posted.Channel + "/" + c.Posted.Message
		}
	}
	return items
}

func answers(changes []bench.AnswerChange) []item {
	items := make([]item, len(changes))
	for i, c := range changes {
		items[i] = item{text: c.Question, rest: []string{"now: " + c.Before, "then: " + c.After}}
	}
	return items
}
