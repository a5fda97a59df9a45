package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/lease"
)

// reason names what keeps a database from doing its work, for metrics.
type reason string

const (
	faultFull        reason = "full"
	faultReadOnly    reason = "read-only"
	faultDisk        reason = "disk"
	faultBusy        reason = "busy"
	faultUnreachable reason = "unreachable"
	faultDamaged     reason = "damaged"
	faultOther       reason = "other"
)

// fault is a database that cannot do its work just now. It is ErrUnavailable, and
// lease.ErrFrozen when nobody can write.
type fault struct {
	reason  reason
	message string // one plain sentence that says what to do
	cause   error  // for the log
	frozen  bool   // nobody else can write either
}

func (f *fault) Error() string { return f.message }

// Unwrap returns the classes of the fault.
func (f *fault) Unwrap() []error {
	if f.frozen {
		return []error{article.ErrUnavailable, lease.ErrFrozen}
	}
	return []error{article.ErrUnavailable}
}

func asFault(err error, r reason, message string) error {
	return &fault{reason: r, message: message, cause: err}
}

// asFrozen is asFault for a database that nobody can write.
func asFrozen(err error, r reason, message string) error {
	return &fault{reason: r, message: message, cause: err, frozen: true}
}

func isFrozen(err error) bool { return errors.Is(err, lease.ErrFrozen) }

// asConflict says that what is written is there already.
func asConflict(error) error {
	return fmt.Errorf("%w: it is there already", article.ErrConflict)
}

func asTooLarge(error) error {
	return fmt.Errorf("%w: it is more than the database can keep in one piece", article.ErrTooLarge)
}

// commonClass is the class of an error that no engine gave.
func commonClass(err error) error {
	switch {
	case err == nil || classed(err) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return article.ErrNotFound
	case errors.Is(err, sql.ErrConnDone), errors.Is(err, sql.ErrTxDone), errors.Is(err, driver.ErrBadConn):
		return asFault(err, faultUnreachable, "the connection to the database was closed: try again")
	}
	return asFault(err, faultOther, "the database could not do this: see the log")
}

// classed reports whether an error is of one of article's classes.
func classed(err error) bool {
	for _, class := range []error{article.ErrNotFound, article.ErrConflict, article.ErrInvalid, article.ErrTooLarge, article.ErrUnavailable} {
		if errors.Is(err, class) {
			return true
		}
	}
	return false
}

// Limits on what is kept.
const (
	maxKey  = 512      // bytes of an id, a name or a key: both engines index it
	maxText = 64 << 20 // bytes of any other text
)

// checkTexts refuses what PostgreSQL cannot keep, so that both engines do.
func checkTexts(limit int, texts ...string) error {
	for _, t := range texts {
		if len(t) > limit {
			return fmt.Errorf("%w: a text of %d bytes where %d are allowed", article.ErrTooLarge, len(t), limit)
		}
		if !keepable(t) {
			return fmt.Errorf("%w: a text that is not UTF-8, or that holds a NUL, cannot be kept", article.ErrInvalid)
		}
	}
	return nil
}

func keepable(t string) bool { return utf8.ValidString(t) && !strings.Contains(t, "\x00") }

// checkKeys refuses ids and names that cannot be indexed, and empty ones.
func checkKeys(keys ...string) error {
	if slices.Contains(keys, "") {
		return fmt.Errorf("%w: an id is empty", article.ErrInvalid)
	}
	return checkTexts(maxKey, keys...)
}
