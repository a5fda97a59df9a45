package library

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// Limits of a value.
const (
	maxSettingBytes = 4096
	maxMutesBytes   = 8192
	maxTopicsBytes  = 256 << 10
	maxSettingIDs   = 100
	maxQuotedRunes  = 200 // of a value that an error repeats whole
)

// IsID reports whether text is an id of Discord's: a snowflake of 17 to 20 digits
// that fits 64 bits.
func IsID(text string) bool {
	if len(text) < 17 || len(text) > 20 || text[0] < '1' || text[0] > '9' {
		return false
	}
	_, err := strconv.ParseUint(text, 10, 64)
	return err == nil
}

// An idKind is a sort of thing that Discord numbers and mentions.
type idKind struct{ noun, open, older string }

// The kinds, with how a mention of one begins; of a member also as it once did, when
// Discord told nicknames apart.
// Source: https://discord.com/developers/docs/reference#message-formatting
var (
	channelID = idKind{"channel", "<#", ""}
	roleID    = idKind{"role", "<@&", ""}
	memberID  = idKind{"member", "<@", "<@!"}
)

// parse reads an id or a mention.
func (k idKind) parse(name, text string) (string, error) {
	id := text
	for _, open := range []string{k.open, k.older} {
		if inner, ok := strings.CutPrefix(text, open); ok && open != "" {
			id = strings.TrimSuffix(inner, ">")
		}
	}
	if !IsID(id) {
		return "", invalid(name, "%.40q is no %s; write its id, 17 to 20 digits, or %s...>", text, k.noun, k.open)
	}
	return id, nil
}

// invalid is the error for a value of a setting.
func invalid(name, format string, args ...any) error {
	return fmt.Errorf("%w: %s: "+format, append([]any{article.ErrInvalid, name}, args...)...)
}

func tooLarge(name, format string, args ...any) error {
	return fmt.Errorf("%w: %s: "+format, append([]any{article.ErrTooLarge, name}, args...)...)
}

// listOf defines a setting of several ids, kept in the order in which they were typed.
func listOf(kind idKind, name, help string, field func(*Settings) *[]string) definition {
	return definition{
		Setting: Setting{name, help, fmt.Sprintf("up to %d %s ids, separated by commas or spaces", maxSettingIDs, kind.noun), ""},
		read: func(s *Settings, value string) error {
			var ids []string
			for word := range strings.FieldsFuncSeq(value, isListSeparator) {
				id, err := kind.parse(name, word)
				if err != nil {
					return err
				}
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
			switch {
			case len(ids) == 0:
				return invalid(name, `no id is in it; write ids, or "default" for none`)
			case len(ids) > maxSettingIDs:
				return tooLarge(name, "%d ids, and the limit is %d; leave some out", len(ids), maxSettingIDs)
			}
			*field(s) = ids
			return nil
		},
		write: func(s *Settings) string { return strings.Join(*field(s), ",") },
	}
}

func isListSeparator(r rune) bool { return r == ',' || unicode.IsSpace(r) }

// oneOf defines a setting of one id.
func oneOf(kind idKind, name, help string, field func(*Settings) *string) definition {
	return definition{
		Setting: Setting{name, help, "a " + kind.noun + " id", ""},
		read: func(s *Settings, value string) error {
			id, err := kind.parse(name, value)
			if err == nil {
				*field(s) = id
			}
			return err
		},
		write: func(s *Settings) string { return *field(s) },
	}
}

// onOff defines a switch, which is off by default.
func onOff(name, help string, field func(*Settings) *bool) definition {
	return definition{
		Setting: Setting{name, help, "on or off", switched(false)},
		read: func(s *Settings, value string) error {
			switch strings.ToLower(value) {
			case "on", "yes", "true":
				*field(s) = true
			case "off", "no", "false":
				*field(s) = false
			default:
				return invalid(name, "%.40q is neither; write on or off", value)
			}
			return nil
		},
		write: func(s *Settings) string { return switched(*field(s)) },
	}
}

func switched(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// number defines a whole number from least to most.
func number(name, help string, normal, least, most int, field func(*Settings) *int) definition {
	return definition{
		Setting: Setting{name, help, fmt.Sprintf("a whole number from %d to %d", least, most), strconv.Itoa(normal)},
		read: func(s *Settings, value string) error {
			n, err := strconv.Atoi(value)
			if err != nil || n < least || n > most {
				return invalid(name, "%.40q will not do; write a whole number from %d to %d", value, least, most)
			}
			*field(s) = n
			return nil
		},
		write: func(s *Settings) string { return strconv.Itoa(*field(s)) },
	}
}

// choice defines one of a few words in any case; the first is the default.
func choice[T ~string](name, help string, words []T, field func(*Settings) *T) definition {
	names := make([]string, len(words))
	for i, word := range words {
		names[i] = string(word)
	}
	takes := strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
	return definition{
		Setting: Setting{name, help, takes, names[0]},
		read: func(s *Settings, value string) error {
			i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, value) })
			if i < 0 {
				return invalid(name, "there is no %.40q; write %s", value, takes)
			}
			*field(s) = words[i]
			return nil
		},
		write: func(s *Settings) string { return string(*field(s)) },
	}
}

// helplines defines the guild's own helplines, within what a crisis card has room for.
func helplines() definition {
	const name = "helplines"
	return definition{
		Setting: Setting{name, "The server's own helplines, shown first on crisis cards.", "one or two lines, separated by ;", ""},
		read: func(s *Settings, value string) error {
			lines := helplinesIn(value)
			if len(lines) == 0 {
				return invalid(name, `no line is in it; write one, or "default" for none`)
			}
			if strings.ContainsFunc(strings.Join(lines, ""), unicode.IsControl) {
				return invalid(name, "a line holds a control character; write it in plain letters and digits")
			}
			for _, line := range lines {
				if n := utf8.RuneCountInString(line); n > maxQuotedRunes {
					return invalid(name, "a line has %d characters, more than a card has room for; shorten it", n)
				}
			}
			if _, err := new(safety.Rules).WithHelplines(lines); err != nil {
				return invalid(name, "%s", strings.TrimPrefix(err.Error(), safety.ErrInvalid.Error()+": "))
			}
			s.Helplines = lines
			return nil
		},
		write: func(s *Settings) string { return strings.Join(s.Helplines, "; ") },
	}
}

// helplinesIn splits a value into lines without white space around or in excess of
// one between words, each once.
func helplinesIn(value string) []string {
	var lines []string
	for line := range strings.FieldsFuncSeq(value, func(r rune) bool { return strings.ContainsRune(";\n\r", r) }) {
		line = strings.Join(strings.Fields(line), " ")
		if line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}
