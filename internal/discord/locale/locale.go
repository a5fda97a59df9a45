// Package locale holds the fixed words that the bot shows in Discord: labels,
// hints and apologies. Card texts and article texts are not here; they are data
// of their own.
//
// It exists so that no sentence that a member reads is written in code, and so
// that another language is one more file.
//
// Invariants:
//   - every [ID] has a message in the English catalogue, and the catalogue has
//     no message without an ID;
//   - looking a message up never fails at run time: New reads and checks the
//     whole catalogue.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed active.*.json
var catalogues embed.FS

// Words looks up messages in one language, falling back to English. It is not
// changed after New and is safe for concurrent use.
type Words struct{ localizer *i18n.Localizer }

// Values fills the placeholders of a message.
type Values map[string]string

// New reads the catalogues and prefers the given BCP 47 languages, best first.
// It fails when a catalogue cannot be read or an ID has no English message.
func New(languages ...string) (*Words, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	files, err := catalogues.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("message catalogues: %w", err)
	}
	for _, file := range files {
		if _, err := bundle.LoadMessageFileFS(catalogues, file.Name()); err != nil {
			return nil, fmt.Errorf("message catalogue %s: %w", file.Name(), err)
		}
	}
	words := &Words{i18n.NewLocalizer(bundle, append(languages, language.English.String())...)}
	return words, words.check()
}

// check looks every ID up once, so that Say cannot fail later.
func (w *Words) check() error {
	for _, id := range IDs() {
		if _, err := w.localizer.Localize(&i18n.LocalizeConfig{MessageID: string(id), TemplateData: Values{}}); err != nil {
			return fmt.Errorf("message %q: %w", id, err)
		}
	}
	return nil
}

// Say returns the message, with its placeholders filled from values, which may
// be nil.
func (w *Words) Say(id ID, values Values) string {
	text, err := w.localizer.Localize(&i18n.LocalizeConfig{MessageID: string(id), TemplateData: values})
	if err != nil {
		return string(id)
	}
	return text
}
