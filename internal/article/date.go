package article

import (
	"fmt"
	"time"
)

// Date is a calendar date without a time of day or a zone. The zero value means
// that no date is known. It is comparable with ==.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

const isoDate = "2006-01-02"

// DateOf returns the calendar date of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads an ISO 8601 calendar date, "2017-07-19". A date that is not
// on the calendar, such as 2017-02-30, is an error of class ErrInvalid.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(isoDate, s)
	if err != nil {
		return Date{}, fmt.Errorf("%w: %q is not a calendar date of the form 2017-07-19", ErrInvalid, s)
	}
	return DateOf(t), nil
}

// IsZero reports whether no date is known.
func (d Date) IsZero() bool { return d == Date{} }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.time().After(e.time()) }

// String renders ISO 8601, or "" for the zero date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format(isoDate)
}

// Long renders "July 19, 2017", or "" for the zero date.
func (d Date) Long() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format("January 2, 2006")
}

func (d Date) time() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}
