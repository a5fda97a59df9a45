package search

import (
	"strings"
	"unicode/utf8"
)

// gap reads the signs between two words, up to start.
func (r *formReader) gap(start int) {
	r.currency = r.currency && r.number
	if start-r.end <= 1 && (start == r.end || r.text[r.end] == ' ') {
		return
	}
	for at := r.end; at < start; {
		sign, size := utf8.DecodeRuneInString(r.text[at:start])
		next := at + size
		switch {
		case signs[sign] != "" && r.number && (at == r.end || sign == '%' && r.text[r.end:at] == " ") && !r.closesQuote(sign, at):
			r.put(signs[sign], at, next)
		case fractions[sign].alone != "":
			r.fraction(fractions[sign], at, next)
		case sign == '°':
			r.put("degree", at, next)
		case currencies[sign] != "" && next == start && start < len(r.text) && isDigitByte(r.text[start]):
			r.put(currencies[sign], at, next)
			r.currency = true
		}
		at = next
	}
}

// closesQuote reports whether a sign at a place is the second of two quotes.
func (r *formReader) closesQuote(sign rune, at int) bool {
	return sign == '"' && strings.Count(r.text[:at], `"`)%2 == 1
}

// fraction reads a sign for a fraction, alone or right after a whole number.
func (r *formReader) fraction(f fraction, start, end int) {
	if last := len(r.out) - 1; r.number && r.end == start && isDigitByte(r.out[last].Term[0]) {
		whole := r.out[last]
		r.out = r.out[:last]
		r.putNumber(string(whole.Term)+f.after, whole.Start, end)
		return
	}
	r.putNumber(f.alone, start, end)
}
