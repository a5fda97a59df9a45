package library

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/internal/article"
)

// DefaultSettings returns the settings of a guild that decided nothing.
func DefaultSettings() Settings {
	s, _ := ParseSettings(nil)
	return s
}

// ParseSettings gives stored texts their meaning. What is not set has its default,
// and so has what cannot be read: the error names each of those, and the settings
// are good to use with it. Names that do not exist are passed over, since a newer
// version of the program may have written them.
func ParseSettings(texts map[string]string) (Settings, error) {
	var s Settings
	var errs []error
	for _, d := range stored() {
		if d.Default != "" {
			_ = d.read(&s, d.Default) // a test holds every default to its own definition
		}
		if err := d.set(&s, texts[d.Name]); err != nil {
			errs = append(errs, err)
		}
	}
	return s, errors.Join(errs...)
}

// Texts renders every setting in the form that is stored, safety topics included.
func (s Settings) Texts() map[string]string {
	texts := map[string]string{}
	for _, d := range stored() {
		texts[d.Name] = d.write(&s)
	}
	return texts
}

// NormalizeSetting reads what somebody typed for a setting and returns the form in
// which it is stored: empty for "default" and for nothing, which both reset it.
// ErrNotFound, with the nearest name, when there is no such setting; ErrInvalid, with
// what to write instead, or ErrTooLarge, with the limit, for the value.
func NormalizeSetting(name, value string) (string, error) {
	d, err := definitionOf(name)
	if err != nil {
		return "", err
	}
	if value = strings.TrimSpace(value); value == "" || strings.EqualFold(value, "default") {
		return "", nil
	}
	var s Settings
	if err := d.set(&s, value); err != nil {
		return "", err
	}
	return d.write(&s), nil
}

// set reads a value; the empty one leaves the field alone.
func (d definition) set(s *Settings, value string) error {
	if !d.exact {
		value = strings.TrimSpace(value)
	}
	switch most := cmp.Or(d.most, maxSettingBytes); {
	case value == "":
		return nil
	case len(value) > most:
		return tooLarge(d.Name, "the value has %d bytes, and the limit is %d; write a shorter one", len(value), most)
	case !utf8.ValidString(value) || strings.ContainsRune(value, 0):
		return invalid(d.Name, "the value is no plain text; type it anew")
	}
	return d.read(s, value)
}

// definitionOf finds a setting by its name.
func definitionOf(name string) (definition, error) {
	all := definitions()
	if i := slices.IndexFunc(all, func(d definition) bool { return d.Name == name }); i >= 0 {
		return all[i], nil
	}
	near := nearest(name, SettingNames())
	return definition{}, fmt.Errorf("%w: there is no setting %.40q; did you mean %s?", article.ErrNotFound, name, near)
}

// nearest returns the name with the fewest edits from what was typed, in any case
// and with any of the signs that join words; the first of those with as few.
func nearest(typed string, names []string) string {
	typed = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" _.", r) {
			return '-'
		}
		return r
	}, strings.ToLower(typed))
	typed = typed[:min(len(typed), 100)]
	return slices.MinFunc(names, func(a, b string) int { return article.EditDistance(typed, a) - article.EditDistance(typed, b) })
}
