package propagate

import (
	"fmt"

	"verbatim/internal/article"
)

// Discord fails at a message because of the message, or because it fails at all. The
// next messages show which: they are changed, or it fails at them too.
const (
	suspicious = 3 // messages in a row
	doubts     = 5 // turns, after which it is the messages
)

// weigh notes what came of a message; before is where the job stood before it. After
// several failures in a row the job is put back, to before the first of them.
func (r *run) weigh(came verdict, before cursor) error {
	switch {
	case came == failing:
		if r.row++; r.row == 1 {
			r.doubt = before
		}
	case r.at.Changed > before.Changed || r.at.Removed > before.Removed || r.at.Unreachable > before.Unreachable || came == gone:
		r.row, r.at.Doubts = 0, 0 // Discord answers
	}
	if r.row < suspicious {
		return nil
	}
	return r.settle()
}

// settle puts the job back to before the failures in a row that nothing followed, until
// that was done often enough.
func (r *run) settle() error {
	if r.row == 0 || r.at.Doubts >= doubts {
		return nil
	}
	n := r.at.Doubts + 1
	r.at = r.doubt
	r.at.Doubts = n
	return fmt.Errorf("%w: Discord fails at each of %d messages", article.ErrUnavailable, r.row)
}
