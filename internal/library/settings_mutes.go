package library

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// mutes defines the members who are muted for a while, each as ID@TIME. Those whose
// time is over are kept until somebody leaves them out.
func mutes() definition {
	const name = "muted-members"
	return definition{
		Setting: Setting{
			name, "Members who get no answers until a time; cards are still shown to them.",
			fmt.Sprintf("up to %d of a member id, @ and a time, such as 123456789012345678@2026-11-23T10:00:00Z, separated by commas or spaces", maxSettingIDs), "",
		},
		read: func(s *Settings, value string) error {
			all, err := mutesIn(name, value)
			if err == nil {
				s.Muted = all
			}
			return err
		},
		write: func(s *Settings) string {
			words := make([]string, len(s.Muted))
			for i, m := range s.Muted {
				words[i] = m.Member + "@" + m.Until.UTC().Format(time.RFC3339)
			}
			return strings.Join(words, ",")
		},
		most: maxMutesBytes,
	}
}

// mutesIn reads a list of mutes. Of several for one member the last one counts.
func mutesIn(name, value string) ([]Mute, error) {
	var all []Mute
	for word := range strings.FieldsFuncSeq(value, isListSeparator) {
		m, err := muteIn(name, word)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(all, func(o Mute) bool { return o.Member == m.Member }); i >= 0 {
			all[i] = m
			continue
		}
		all = append(all, m)
	}
	switch {
	case len(all) == 0:
		return nil, invalid(name, `no member is in it; write ID@TIME, or "default" for none`)
	case len(all) > maxSettingIDs:
		return nil, tooLarge(name, "%d members, and the limit is %d; leave some out", len(all), maxSettingIDs)
	}
	return all, nil
}

// muteIn reads a member and the time after the last @; the one of a mention is before it.
func muteIn(name, word string) (Mute, error) {
	at := strings.LastIndexByte(word, '@')
	if at < 0 {
		return Mute{}, invalid(name, "%.60q says no time; write it as ID@2026-11-23T10:00:00Z", word)
	}
	member, err := memberID.parse(name, word[:at])
	if err != nil {
		return Mute{}, err
	}
	until, err := time.Parse(time.RFC3339, word[at+1:])
	until = until.UTC().Truncate(time.Second)
	if err != nil || until.Year() < 1970 || until.Year() > 9999 {
		return Mute{}, invalid(name, "%.40q is no time; write it as 2026-11-23T10:00:00Z", word[at+1:])
	}
	return Mute{Member: member, Until: until}, nil
}
