package jobs

import (
	"context"
	"errors"

	"verbatim/internal/article"
)

// Notes that the runner writes.
const (
	noteCancelled   = "It was cancelled."
	noteInterrupted = "It was interrupted and goes on where it stood."
	notePanic       = "It stopped because of a fault in the program. Whoever runs the bot finds the details in its log."
	noteWaiting     = "Something that it needs is out of reach at the moment. It is tried again by itself."
	noteGivenUp     = "Something that it needs stayed out of reach. It was tried several times and given up."
	noteTooOften    = "It was begun many times and never came to its end. Whoever runs the bot finds the details in its log."
)

// reason is an error with a sentence for whoever watches.
type reason struct {
	sentence string
	err      error
}

func (r *reason) Error() string { return r.err.Error() }

// Unwrap returns the error itself.
func (r *reason) Unwrap() error { return r.err }

// Because gives an error that a handler returns the sentence that is shown for it,
// instead of a general one.
func Because(sentence string, err error) error {
	if err == nil {
		return nil
	}
	return &reason{sentence, err}
}

// outage is an error that lasts as long as it lasts.
type outage struct{ err error }

func (o *outage) Error() string { return o.err.Error() }

// Unwrap returns the error itself.
func (o *outage) Unwrap() error { return o.err }

// Outage makes an error of class ErrUnavailable one for which a job is never given up:
// it is tried again, after longer and longer rests, until what it needs is there. It
// leaves other errors as they are.
func Outage(err error) error {
	if !errors.Is(err, article.ErrUnavailable) {
		return err
	}
	return &outage{err}
}

// sentenceFor says why a job failed, without internals.
func sentenceFor(err error) string {
	var r *reason
	switch {
	case errors.As(err, &r):
		return r.sentence
	case errors.Is(err, article.ErrNotFound):
		return "Something that it needs does not exist any more."
	case errors.Is(err, article.ErrConflict):
		return "Something that it works on was changed meanwhile."
	case errors.Is(err, article.ErrInvalid):
		return "Something that it was given is not valid."
	case errors.Is(err, article.ErrTooLarge):
		return "Something that it was given is too large."
	}
	return "It could not be done. Whoever runs the bot finds the details in its log."
}

// outcome is how a turn of work ended.
type outcome struct {
	state State
	note  string
	again bool // put back because something is out of reach
	lasts bool // however often
}

// judge says what becomes of a job whose handler returned err. ctx is the handler's.
func judge(ctx context.Context, j Job, err error) outcome {
	var fault *panicked
	switch {
	case err == nil:
		return outcome{state: Done, note: lastNote(j)}
	case errors.As(err, &fault):
		return outcome{state: Failed, note: notePanic}
	case errors.Is(context.Cause(ctx), ErrCancelled) || errors.Is(err, ErrCancelled):
		return outcome{state: Cancelled, note: noteCancelled}
	case ctx.Err() != nil:
		return outcome{state: Queued, note: noteInterrupted}
	case errors.Is(err, article.ErrUnavailable):
		_, lasts := errors.AsType[*outage](err)
		return outcome{state: Queued, note: noteWaiting, again: true, lasts: lasts}
	}
	return outcome{state: Failed, note: sentenceFor(err)}
}

// lastNote is the handler's last note on a job, which is not one of an earlier turn's end.
func lastNote(j Job) string {
	if wasPutBack(j) {
		return ""
	}
	return j.Note
}

// wasPutBack reports whether the last turn at a job ended in good order, before the job.
func wasPutBack(j Job) bool { return j.Note == noteInterrupted || j.Note == noteWaiting }
