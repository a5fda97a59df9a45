package render

import (
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
)

// Look is what a message depends on beside the answer: the day, and what a guild
// decided. The zero Look gives no ages and no marks.
type Look struct {
	Today      article.Date // in UTC; zero leaves out how long ago something was
	StaleDays  int          // an article that was updated longer ago is marked as old; 0 for never
	ShowReview bool         // it is said when a moderator reviewed an article, or that none has
}

// view renders one message.
type view struct {
	*locale.Words

	look Look
}

// stale reports whether a date is too long ago.
func (l Look) stale(d article.Date) bool {
	return l.StaleDays > 0 && !l.Today.IsZero() && !d.IsZero() && days(d, l.Today) > l.StaleDays
}

// date writes a date in the reader's language, "" for no date.
func (v view) date(d article.Date) string {
	if d.IsZero() {
		return ""
	}
	return v.Date(d.Year, d.Month, d.Day)
}

// ago says how long ago a date was: in whole years, else months, else days. It is
// "" when either day is not known or the date is yet to come.
func (v view) ago(d article.Date) string {
	today := v.look.Today
	if d.IsZero() || today.IsZero() || d.After(today) {
		return ""
	}
	months := 12*(today.Year-d.Year) + int(today.Month) - int(d.Month)
	if today.Day < d.Day {
		months--
	}
	switch gone := days(d, today); {
	case months >= 12:
		return v.Count(locale.AgeYears, months/12)
	case months > 0:
		return v.Count(locale.AgeMonths, months)
	case gone > 0:
		return v.Count(locale.AgeDays, gone)
	}
	return v.Say(locale.AgeToday, nil)
}

// days counts the days from one date to another.
func days(from, to article.Date) int { return day(to) - day(from) }

// day numbers the days.
func day(d article.Date) int {
	return int(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / int64(24*time.Hour/time.Second))
}
