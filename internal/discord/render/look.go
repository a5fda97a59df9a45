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
	Thread     bool         // the reply is the first in a thread where only messages that name the bot are read
	Shared     bool         // the reply was private and is shared by its asker
	Changed    bool         // what is quoted was changed since
	Withdrawn  bool         // what is quoted was withdrawn since
	Retracted  bool         // a moderator found the answer wrong
}

// tail is what is said below everything else: how to go on, and whence it came.
func (v view) tail() []string {
	var lines []string
	if v.look.Shared {
		lines = append(lines, v.Say(locale.NoticeShared, nil))
	}
	if v.look.Thread {
		lines = append(lines, v.Say(locale.HintThread, nil))
	}
	return lines
}

// outdated says in bold what became of a quoted article, "" for one that stands.
func (v view) outdated() string {
	switch {
	case v.look.Retracted:
		return boldMark + Escape(v.Say(locale.NoticeRetracted, nil)) + boldMark
	case v.look.Withdrawn:
		return boldMark + Escape(v.Say(locale.NoticeWithdrawn, nil)) + boldMark
	case v.look.Changed:
		return boldMark + Escape(v.Say(locale.NoticeChanged, nil)) + boldMark
	}
	return ""
}

// view renders one message.
type view struct {
	*locale.Words

	look   Look
	intro  string // what stands above a quote that took the place of another one
	beside bool   // what is said against a quote was changed since
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
