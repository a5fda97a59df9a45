package eval

import (
	"fmt"
	"hash/fnv"

	"verbatim/internal/article"
)

// Half names a part of a set, so that what was written with some rows in view can
// be held to the rows that nobody looked at. The zero value is [All].
type Half string

// The halves of a set, by [InView], and the whole of it.
const (
	All    Half = "all"
	View   Half = "view"
	Hidden Half = "hidden"
)

// ParseHalf reads the name of a half; "" is [All]. Any other name is ErrInvalid.
func ParseHalf(name string) (Half, error) {
	switch h := Half(name); h {
	case All, View, Hidden:
		return h, nil
	case "":
		return All, nil
	}
	return "", fmt.Errorf("%w: there is no half %q; the halves are view and hidden, and all is both", article.ErrInvalid, name)
}

// InView reports whether the row of the id may be read while the program is being
// worked on: whether the 32-bit FNV-1a hash of the id is even.
func InView(id string) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // a hash takes everything
	return h.Sum32()%2 == 0
}

// holds reports whether the row of the id belongs to the half.
func (h Half) holds(id string) bool {
	return h == All || h == "" || InView(id) == (h == View)
}

// of returns the conversations of a set that belong to the half.
func (h Half) of(set []Conversation) []Conversation {
	var kept []Conversation
	for _, c := range set {
		if len(c) > 0 && h.holds(c[0].ID) {
			kept = append(kept, c)
		}
	}
	return kept
}
