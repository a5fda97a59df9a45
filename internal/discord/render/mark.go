package render

import (
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

// boldMark opens and closes bold text. An asterisk of the text itself is always
// behind a backslash, so the two cannot be taken for each other.
const boldMark = "**"

// excerpt shows the words of a quote as a block quote, the sentence that answers
// in bold. The marks are left out where they would not fit.
func excerpt(q answer.Quote, limit int) string {
	d, _ := q.DecisiveIn()
	if marked := blockQuote(embolden(q.Text, d)); size(marked) <= limit {
		return marked
	}
	return blockQuote(Escape(q.Text))
}

// embolden escapes text and puts a piece of it in bold, line by line, so that no
// mark spans the beginning of a quoted line.
func embolden(text string, piece article.Range) string {
	edges := boldEdges(text, piece)
	return escape(text, func(i int) string {
		return strings.Repeat(boldMark, edges[i])
	})
}

// boldEdges returns at which bytes of text the bold of a piece begins or ends:
// around every line of it, without the white space beside.
func boldEdges(text string, piece article.Range) map[int]int {
	edges := map[int]int{}
	at := piece.Start
	for line := range strings.SplitAfterSeq(text[piece.Start:piece.End], "\n") {
		if words := strings.TrimSpace(line); words != "" {
			start := at + strings.Index(line, words)
			edges[start]++
			edges[start+len(words)]++
		}
		at += len(line)
	}
	return edges
}
