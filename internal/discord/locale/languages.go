package locale

// Languages returns the languages that have a catalogue, English first. They are
// those of a guild's `language` setting.
func Languages() []string { return []string{"en", "de", "es", "fr", "pt-BR"} }

// discordCodes returns the locale codes of Discord's that a language serves.
//
// Source: https://discord.com/developers/docs/reference#locales
func discordCodes(language string) []string {
	switch language {
	case "en":
		return []string{"en-US", "en-GB"}
	case "es":
		return []string{"es-ES", "es-419"}
	default:
		return []string{language}
	}
}

// namedLanguages are the languages that have a name in every catalogue, for what is
// quoted in another language than the reader's.
func namedLanguages() []string { return []string{"de", "en", "es", "fr", "it", "nl", "pt"} }

func languageID(base string) ID { return ID("language." + base) }

func languageIDs() []ID {
	var ids []ID
	for _, base := range namedLanguages() {
		ids = append(ids, languageID(base))
	}
	return ids
}
