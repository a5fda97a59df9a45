package locale

import (
	"regexp"
	"strings"
)

// Native is what Discord shows of a command or an option in its members' own
// languages, by Discord's locale codes: the fields name_localizations and
// description_localizations. What is as in English is left out.
//
// Source: https://discord.com/developers/docs/interactions/application-commands#localization
type Native struct {
	Names        map[string]string
	Descriptions map[string]string // nil for a command of a message's menu
}

// commandName is what Discord takes for the name of a command or an option, beside
// that it must be in small letters where its script has them.
//
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// Native returns the localisations of a command or an option. A name that Discord
// would refuse stays English.
func (c *Catalogue) Native(id ID) Native {
	if id == CommandAnswer {
		return Native{Names: c.translations(id.Name(), func(string) bool { return true })}
	}
	return Native{
		Names:        c.translations(id.Name(), isCommandName),
		Descriptions: c.translations(id, func(string) bool { return true }),
	}
}

// Choice returns the localisations of a choice of an option, such as the name of a
// citation style, by Discord's locale codes: its field name_localizations.
func (c *Catalogue) Choice(id ID) map[string]string {
	return c.translations(id, func(string) bool { return true })
}

func isCommandName(name string) bool {
	return commandName.MatchString(name) && name == strings.ToLower(name)
}

// translations returns the texts of a message that differ from the English one and
// are accepted.
func (c *Catalogue) translations(id ID, accepted func(string) bool) map[string]string {
	english := c.For().Say(id, nil)
	texts := make(map[string]string)
	for _, language := range Languages() {
		text := c.For(language).Say(id, nil)
		for _, code := range discordCodes(language) {
			if text != english && accepted(text) {
				texts[code] = text
			}
		}
	}
	return texts
}
