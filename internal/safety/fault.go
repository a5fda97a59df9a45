package safety

import (
	"errors"
	"fmt"
)

// ErrInvalid is the class of every fault in the rule data and of every value
// that is not one of a fixed list.
var ErrInvalid = errors.New("invalid safety data")

// Fault is one fault in the rule data, with its place. Line counts from 1; zero
// means that the fault has no single line. It wraps [ErrInvalid].
type Fault struct {
	File    string
	Line    int
	Message string // what is wrong and what to do about it
}

// Error renders "file:line: message".
func (f *Fault) Error() string {
	switch {
	case f.File == "":
		return f.Message
	case f.Line == 0:
		return f.File + ": " + f.Message
	default:
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message)
	}
}

// Unwrap returns [ErrInvalid].
func (f *Fault) Unwrap() error { return ErrInvalid }
