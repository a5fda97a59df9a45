package article

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// lineOf returns the line, counted from 1, of a byte offset.
func lineOf(source string, offset int) int {
	return 1 + strings.Count(source[:min(offset, len(source))], "\n")
}

// position returns the line and the column, in characters, of a byte offset.
func position(source string, offset int) (line, column int) {
	start := strings.LastIndexByte(source[:offset], '\n') + 1
	return lineOf(source, offset), 1 + utf8.RuneCountInString(source[start:offset])
}

// A lineIndex holds the offsets at which lines end, for looking many lines up.
type lineIndex []int

func indexLines(source string) lineIndex {
	var ends lineIndex
	for i := range len(source) {
		if source[i] == '\n' {
			ends = append(ends, i)
		}
	}
	return ends
}

// line returns the line, counted from 1, of a byte offset.
func (l lineIndex) line(offset int) int {
	return 1 + sort.SearchInts(l, offset)
}
