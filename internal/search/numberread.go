package search

import (
	"bytes"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
)

// formReader rewrites a stream of lower-case words so that numbers, units and
// dotted abbreviations have one form each: "ten milligrams", "10 mg" and "10mg"
// all become "10" and "milligram". Offsets stay those of the text. It is made for
// one text.
type formReader struct {
	text     string
	in, out  analysis.TokenStream
	end      int  // of the text that was read
	number   bool // the last word is a number
	degree   bool // the last word is "degree"
	currency bool // the last number is an amount of money
}

// readForms returns the words of text, whose stream is given, in those forms.
func readForms(text string, stream analysis.TokenStream) analysis.TokenStream {
	r := formReader{text: text, in: stream, out: make(analysis.TokenStream, 0, len(stream)+4)}
	for i := 0; i < len(stream); {
		r.gap(stream[i].Start)
		i += r.read(i)
	}
	r.gap(len(text))
	return r.out
}

// read takes one word, or the words of one number, and returns how many.
func (r *formReader) read(i int) int {
	t := r.in[i]
	if len(t.Term) == 0 {
		r.end = t.End
		return 1
	}
	if isDigitByte(t.Term[0]) {
		return r.figure(i)
	}
	if !formWords[string(t.Term)] && bytes.IndexByte(t.Term, '.') < 0 {
		r.keep(t)
		return 1
	}
	if n, ok := countWords[string(t.Term)]; ok {
		if used := r.spelled(i, n); used > 0 {
			return used
		}
	}
	return r.word(i)
}

// put adds a word that stands from start to end of the text.
func (r *formReader) put(term string, start, end int) {
	r.out = append(r.out, &analysis.Token{Term: []byte(term), Start: start, End: end, Position: len(r.out) + 1})
	r.end, r.number, r.degree = end, false, term == "degree"
}

func (r *formReader) putNumber(term string, start, end int) {
	r.put(term, start, end)
	r.out[len(r.out)-1].KeyWord, r.number = true, true
}

// keep adds a word as it is.
func (r *formReader) keep(t *analysis.Token) {
	r.out = append(r.out, t)
	r.end, r.number, r.degree = t.End, false, false
}

// say adds a word in another form.
func (r *formReader) say(t *analysis.Token, term string) {
	if string(t.Term) != term {
		t.Term = []byte(term)
	}
	r.keep(t)
	r.degree = term == "degree"
}

// sayNumber adds a word as a number, which the stemmer leaves alone.
func (r *formReader) sayNumber(t *analysis.Token, term string) {
	t.KeyWord = true
	r.say(t, term)
	r.number = true
}

// word reads what is not a number.
func (r *formReader) word(i int) int {
	t := r.in[i]
	term := string(t.Term)
	switch {
	case term == "per" && i+1 < len(r.in) && string(r.in[i+1].Term) == "cent" && r.joined(i+1):
		r.put("percent", t.Start, r.in[i+1].End)
		return 2
	case term == "degrees" || term == "degree":
		r.say(t, "degree")
	case r.degree && scales[term] != "":
		r.say(t, scales[term])
	case decades[term] != "":
		r.say(t, decades[term])
	default:
		r.unitOr(t, term)
	}
	return 1
}

func (r *formReader) unitOr(t *analysis.Token, term string) {
	u, known := unitForms[term]
	after := r.number && isJoint(r.text[r.end:t.Start])
	switch {
	case after && r.currency && amounts[term] != "":
		r.say(t, amounts[term])
	case known && (u.alone || after && !u.attached):
		r.say(t, u.word)
	case strings.IndexByte(term, '.') >= 0:
		r.say(t, undotted(term))
	default:
		r.keep(t)
	}
}

// joined reports whether nothing but a space or a hyphen parts two words.
func (r *formReader) joined(i int) bool {
	return isJoint(r.text[r.in[i-1].End:r.in[i].Start])
}

func isJoint(gap string) bool {
	switch gap {
	case "", " ", "-", "\u00a0", "\u202f", "‑":
		return true
	}
	return false
}

// figure reads a word that starts with a digit, and a thousand after it.
func (r *formReader) figure(i int) int {
	t := r.in[i]
	figure, rest := splitFigure(string(t.Term))
	if len(figure)+len(rest) != t.End-t.Start { // folding or an apostrophe changed it
		r.keep(t)
		r.number = rest == ""
		return 1
	}
	plain, middle := plainFigure(figure), t.Start+len(figure)
	switch {
	case rest == "":
		return r.bareFigure(i, plain)
	case rest == "k" && !strings.Contains(plain, "."):
		r.sayNumber(t, plain+"000")
	case rest == "nd" && plain == "2":
		r.say(t, "second")
	case decades[string(t.Term)] != "":
		r.say(t, decades[string(t.Term)])
	case r.currency && amounts[rest] != "":
		r.putNumber(plain, t.Start, middle)
		r.put(amounts[rest], middle, t.End)
	case unitForms[rest].word != "":
		r.putNumber(plain, t.Start, middle)
		r.put(unitForms[rest].word, middle, t.End)
	default:
		r.keep(t)
	}
	return 1
}

func (r *formReader) bareFigure(i int, plain string) int {
	t := r.in[i]
	if i+1 < len(r.in) && r.joined(i+1) && strings.Trim(plain, "0123456789") == "" {
		switch string(r.in[i+1].Term) {
		case "thousand":
			r.putNumber(plain+"000", t.Start, r.in[i+1].End)
			return 2
		case "hundred":
			r.putNumber(plain+"00", t.Start, r.in[i+1].End)
			return 2
		}
	}
	if part, ok := r.quotient(i); ok {
		r.putNumber(part, t.Start, r.in[i+1].End)
		return 2
	}
	if count, scale, ok := millions(plain); ok {
		middle := t.Start + len(count)
		r.putNumber(count, t.Start, middle)
		r.putNumber(scale, middle, t.End)
		return 1
	}
	r.sayNumber(t, plain)
	return 1
}

// quotient reads "1/2", which is no part of a date.
func (r *formReader) quotient(i int) (part string, ok bool) {
	if i+1 >= len(r.in) {
		return "", false
	}
	a, b := r.in[i], r.in[i+1]
	slash := func(at int) bool { return at >= 0 && at < len(r.text) && r.text[at] == '/' }
	if r.text[a.End:b.Start] != "/" || slash(a.Start-1) || slash(b.End) {
		return "", false
	}
	part, ok = parts[r.text[a.Start:b.End]]
	return part, ok
}

// spelled reads a number in words, and returns how many words it has. A lone "one"
// is a pronoun unless a unit follows, and a lone "thousand" needs its "a".
func (r *formReader) spelled(i int, first countWord) int {
	var c count
	if first.value >= hundred {
		if i == 0 || string(r.in[i-1].Term) != "a" || !r.joined(i) {
			return 0
		}
		c.take(countWord{value: 1})
		c.last = 0
	}
	if !c.take(first) {
		return 0
	}
	used := 1
	for i+used < len(r.in) && r.joined(i+used) {
		next := i + used
		if string(r.in[next].Term) == "and" && c.last >= hundred && next+1 < len(r.in) && r.joined(next+1) {
			next++
		}
		n, ok := countWords[string(r.in[next].Term)]
		if !ok || !c.take(n) {
			break
		}
		used = next - i + 1
	}
	if used == 1 && first.value == 1 && !first.ordinal && !r.unitAt(i+1) {
		return 0
	}
	r.in[i].End = r.in[i+used-1].End
	r.sayNumber(r.in[i], c.term())
	r.number = !c.ordinal
	return used
}

// unitAt reports whether the i-th word is a unit in any form.
func (r *formReader) unitAt(i int) bool {
	if i >= len(r.in) || !r.joined(i) {
		return false
	}
	term := string(r.in[i].Term)
	u, ok := unitForms[term]
	return ok && !u.attached || spelledUnits[strings.TrimSuffix(term, "s")]
}
