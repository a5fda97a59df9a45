package library

// Setting describes a setting to the people who type it.
type Setting struct {
	Name    string
	Help    string // one sentence
	Takes   string // what may be written, as a sentence fragment
	Default string // as it would be typed; empty where nothing is set
}

// definition is all that is known of one setting. A definition reads and renders
// one field of [Settings] and knows no other.
type definition struct {
	Setting
	// read sets the field from a value that is trimmed and not empty. On an error,
	// which names the setting, the field is as it was.
	read func(s *Settings, value string) error
	// write renders the field in the form that is stored, and that read takes; it is
	// empty for a field that holds nothing.
	write func(s *Settings) string
	// most is how many bytes a value may have; 0 stands for maxSettingBytes.
	most int
	// exact values are kept as they are, white space around them included.
	exact bool
}

// definitions lists every setting that people see, in the order in which they see them.
//
// Defaults: what shows, stores or says more than a reply needs is off until a guild
// asks for it. Posted answers are marked and not edited when their article changes,
// since others have read and replied to the words that stand there, and since a new
// wording was never found to answer that question; a mark tells the truth about
// both. An article counts as old after five years: half of the clinical guidelines
// that Shekelle et al. looked at (JAMA 286:1461, 2001) were out of date after 5.8.
func definitions() []definition {
	return []definition{
		listOf(channelID, "answer-channels", "Where questions are answered; without any, wherever the bot may write.",
			func(s *Settings) *[]string { return &s.AnswerChannels }),
		listOf(channelID, "auto-channels", "Where questions are answered although nobody called the bot.",
			func(s *Settings) *[]string { return &s.AutoChannels }),
		listOf(channelID, "forum-channels", "Forums in which each new post is answered.",
			func(s *Settings) *[]string { return &s.ForumChannels }),
		onOff("private", "Replies to /ask are seen by the asker alone, unless the asker says otherwise.",
			func(s *Settings) *bool { return &s.Private }),
		listOf(roleID, "moderator-roles", "Roles that count as moderators beside those who manage the server: they may use the "+
			"moderators' commands and remove answers, and nothing is answered unasked where one of them has replied.",
			func(s *Settings) *[]string { return &s.ModeratorRoles }),
		oneOf(channelID, "log-channel", "Where changes and due reviews are posted; without one, nowhere.",
			func(s *Settings) *string { return &s.LogChannel }),
		choice("age-policy", "Where age-restricted articles are quoted: in age-restricted channels, or never.",
			[]AgePolicy{AgeByChannel, AgeNever}, func(s *Settings) *AgePolicy { return &s.AgePolicy }),
		number("stale-days", "After how many days an article counts as old; 0 for never.", 1825, 0, 36500,
			func(s *Settings) *int { return &s.StaleDays }),
		onOff("show-review", "Replies say when a moderator last reviewed the article.",
			func(s *Settings) *bool { return &s.ShowReview }),
		onOff("gaps", "Questions without an answer are kept for 30 days, redacted and without who asked.",
			func(s *Settings) *bool { return &s.Gaps }),
		choice("propagation", "What becomes of posted answers when their article changes.",
			[]Propagation{PropagateMark, PropagateEdit, PropagateRemove}, func(s *Settings) *Propagation { return &s.Propagation }),
		choice("language", "The language of notices and buttons.", languages(), func(s *Settings) *string { return &s.Language }),
		number("retention-days", "For how many days posted answers are kept.", 365, 1, 3650,
			func(s *Settings) *int { return &s.RetentionDays }),
		helplines(),
		onOff("paused", "Only safety cards are shown.", func(s *Settings) *bool { return &s.Paused }),
		onOff("card-notes", "The log channel is told when a crisis or emergency card was shown.",
			func(s *Settings) *bool { return &s.CardNotes }),
		number("daily-cap", "How many questions a member may ask a day; 0 for no limit.", 0, 0, 10_000,
			func(s *Settings) *int { return &s.DailyCap }),
		listOf(memberID, "blocked-members", "Members who get no answers; cards are still shown to them.",
			func(s *Settings) *[]string { return &s.Blocked }),
		mutes(),
		onOff("ready", "The moderators went through the first checklist, so that questions may be answered unasked.",
			func(s *Settings) *bool { return &s.Ready }),
	}
}

// stored lists every setting that is stored: those that people see, and what is kept
// beside them.
func stored() []definition { return append(definitions(), safetyTopics()) }

// safetyTopics defines the guild's own safety topics, whose form package safety knows.
func safetyTopics() definition {
	return definition{
		Setting: Setting{Name: SafetyTopics},
		read: func(s *Settings, value string) error {
			s.Topics = value
			return nil
		},
		write: func(s *Settings) string { return s.Topics },
		most:  maxTopicsBytes,
		exact: true,
	}
}

// languages are those of the bot's own words, the default first.
func languages() []string { return []string{"en", "de", "es", "fr", "pt-BR"} }

// SettingNames lists the names of all settings in the order in which people see them.
func SettingNames() []string {
	all := definitions()
	names := make([]string, len(all))
	for i, d := range all {
		names[i] = d.Name
	}
	return names
}

// SettingHelp describes a setting. It is ErrNotFound, with the nearest name, for one
// that does not exist.
func SettingHelp(name string) (Setting, error) {
	d, err := definitionOf(name)
	return d.Setting, err
}
