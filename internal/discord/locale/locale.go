// Package locale holds the fixed words that the bot shows in Discord: labels,
// hints and apologies, in English, German, Spanish, French and Brazilian
// Portuguese. Card texts and article texts are not here; they are data of their
// own.
//
// It exists so that no sentence that a member reads is written in code, and so
// that another language is one more file. No native speaker has reviewed the
// German, Spanish, French and Portuguese texts yet.
//
// Invariants:
//   - every [ID] has a message in every catalogue, and no catalogue has a message
//     without an ID;
//   - looking a message up never fails at run time: Load reads and checks the
//     catalogues;
//   - the catalogues are read once; choosing a language for a message is a map
//     lookup.
package locale

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Words looks up messages in one language. It is not changed after it was made and
// is safe for concurrent use.
type Words struct {
	language  string
	localizer *i18n.Localizer
	months    []string // as they are written within a date
}

// Values fills the placeholders of a message.
type Values map[string]string

// New reads the catalogues and returns the words of the first of the given
// languages that has one, English when none has. See [Catalogue] to hold all.
func New(languages ...string) (*Words, error) {
	all, err := Load()
	if err != nil {
		return nil, err
	}
	return all.For(languages...), nil
}

// Language returns the BCP 47 tag of the language, one of [Languages].
func (w *Words) Language() string { return w.language }

// Say returns the message, with its placeholders filled from values, which may
// be nil.
func (w *Words) Say(id ID, values Values) string {
	return w.localize(id, &i18n.LocalizeConfig{MessageID: string(id), TemplateData: values})
}

// Count returns the message in the plural form of n, which fills its placeholder
// Count.
func (w *Words) Count(id ID, n int) string {
	return w.localize(id, &i18n.LocalizeConfig{
		MessageID: string(id), TemplateData: Values{"Count": strconv.Itoa(n)}, PluralCount: n,
	})
}

func (w *Words) localize(id ID, config *i18n.LocalizeConfig) string {
	text, err := w.localizer.Localize(config)
	if err != nil {
		return string(id)
	}
	return text
}

// Date writes a calendar date in the language's own long form, "19 July 2017". A
// month that is not on the calendar gives "".
func (w *Words) Date(year int, month time.Month, day int) string {
	if month < time.January || month > time.December {
		return ""
	}
	id := DateLong
	if day == 1 {
		id = DateFirst
	}
	return w.Say(id, Values{"Year": strconv.Itoa(year), "Month": w.months[month-1], "Day": strconv.Itoa(day)})
}

// Wait writes a time to wait in the largest unit that it fills, rounded up: "40
// seconds", "2 minutes". It is at least a second.
func (w *Words) Wait(d time.Duration) string {
	up := func(unit time.Duration) int { return int(max(1, (d+unit-1)/unit)) }
	switch {
	case up(time.Second) < 60:
		return w.Count(WaitSeconds, up(time.Second))
	case up(time.Minute) < 60:
		return w.Count(WaitMinutes, up(time.Minute))
	}
	return w.Count(WaitHours, up(time.Hour))
}

// NameOf returns the name of a language by its BCP 47 tag, as it is written within
// a sentence. It reports false for a language that has no name here.
func (w *Words) NameOf(tag string) (string, bool) {
	base := Base(tag)
	if !slices.Contains(namedLanguages(), base) {
		return "", false
	}
	return w.Say(languageID(base), nil), true
}

// Base returns the language of a BCP 47 tag or of one of Discord's codes, without
// region and script, in small letters: "pt" of "pt-BR".
func Base(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"), "-")
	return strings.ToLower(base)
}
