package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed active.*.json
var catalogues embed.FS

// Catalogue holds the words of all languages. It is not changed after [Load] and is
// safe for concurrent use.
type Catalogue struct {
	byBase map[string]*Words
}

// Load reads all catalogues. It fails when one cannot be read or lacks a message.
func Load() (*Catalogue, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	c := &Catalogue{make(map[string]*Words)}
	for _, name := range Languages() {
		file := "active." + name + ".json"
		if _, err := bundle.LoadMessageFileFS(catalogues, file); err != nil {
			return nil, fmt.Errorf("message catalogue %s: %w", file, err)
		}
		c.byBase[Base(name)] = &Words{language: name, localizer: i18n.NewLocalizer(bundle, name)}
	}
	for _, words := range c.byBase {
		if err := words.prepare(); err != nil {
			return nil, fmt.Errorf("message catalogue %s: %w", words.language, err)
		}
	}
	return c, nil
}

// prepare looks every ID up once, so that Say cannot fail later, and reads the
// names of the months.
func (w *Words) prepare() error {
	for _, id := range IDs() {
		if _, err := w.localizer.Localize(&i18n.LocalizeConfig{MessageID: string(id), TemplateData: Values{}}); err != nil {
			return fmt.Errorf("message %q: %w", id, err)
		}
	}
	if w.months = strings.Fields(w.Say(DateMonths, nil)); len(w.months) != 12 {
		return fmt.Errorf("message %q: %d months", DateMonths, len(w.months))
	}
	return nil
}

// For returns the words of the first code that has a catalogue, English when none
// has. A code is one of Discord's locale codes ("pt-BR", "es-419", "en-GB"), a
// guild's `language` setting, or any BCP 47 tag; the region does not matter.
func (c *Catalogue) For(codes ...string) *Words {
	for _, code := range codes {
		if words, ok := c.byBase[Base(code)]; ok {
			return words
		}
	}
	return c.byBase[Base(Languages()[0])]
}
