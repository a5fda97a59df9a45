package article

import (
	"errors"
	"fmt"
	"strings"
)

// The error classes of the whole program. Every error that reaches a user or
// crosses a package boundary wraps exactly one of them, so that callers decide
// with errors.Is and never by matching text.
var (
	// ErrNotFound says that the named thing does not exist.
	ErrNotFound = errors.New("not found")
	// ErrConflict says that the thing exists already or was changed meanwhile.
	ErrConflict = errors.New("conflict")
	// ErrInvalid says that the input is wrong and what to change.
	ErrInvalid = errors.New("invalid")
	// ErrTooLarge says that the input exceeds a stated limit.
	ErrTooLarge = errors.New("too large")
	// ErrUnavailable says that a part is out of reach for now; trying again may help.
	ErrUnavailable = errors.New("unavailable")
)

// Problem is one fault in a document, with its place and its cure. Line and
// Column count from 1, Column in characters; zero means that the fault has no
// single place. It wraps its Class, ErrInvalid when Class is nil.
type Problem struct {
	File    string
	Line    int
	Column  int
	Message string // what is wrong, as a sentence fragment
	Fix     string // what to do about it
	Class   error
}

// Error renders "file:line:column: message; fix".
func (p *Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File + ":")
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, "%d:", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, "%d:", p.Column)
		}
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	b.WriteString(p.Message)
	if p.Fix != "" {
		b.WriteString("; " + p.Fix)
	}
	return b.String()
}

// Unwrap returns the error class.
func (p *Problem) Unwrap() error {
	if p.Class != nil {
		return p.Class
	}
	return ErrInvalid
}
