package library

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/internal/article"
)

func TestDefaultSettings(t *testing.T) {
	want := Settings{
		AgePolicy: AgeByChannel, StaleDays: 1825, Propagation: PropagateMark, Language: "en", RetentionDays: 365,
	}
	if diff := cmp.Diff(want, DefaultSettings()); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
	for _, name := range SettingNames() {
		help, err := SettingHelp(name)
		if err != nil || help.Name != name || !strings.HasSuffix(help.Help, ".") || help.Takes == "" {
			t.Errorf("%s: %+v, %v", name, help, err)
		}
		if got := DefaultSettings().Texts()[name]; got != help.Default {
			t.Errorf("%s: the default is %q, and what is in force is %q", name, help.Default, got)
		}
	}
}

func TestSettingNames(t *testing.T) {
	want := "answer-channels auto-channels forum-channels private moderator-roles log-channel age-policy stale-days show-review " +
		"gaps propagation language retention-days helplines paused card-notes daily-cap blocked-members muted-members ready"
	if got := strings.Join(SettingNames(), " "); got != want {
		t.Errorf("names: %s, want %s", got, want)
	}
}

const (
	one = "123456789012345678"
	two = "12345678901234567890"
)

func TestNormalizeSetting(t *testing.T) {
	for name, tc := range map[string]struct {
		setting, value, want string
	}{
		"ids":                {"answer-channels", one + "," + two, one + "," + two},
		"mentions":           {"auto-channels", " <#" + one + ">  <#" + two + "> ", one + "," + two},
		"twice":              {"forum-channels", one + " " + two + "," + one, one + "," + two},
		"empty words":        {"forum-channels", ",, " + one + ",\n", one},
		"roles":              {"moderator-roles", "<@&" + one + ">," + two, one + "," + two},
		"members":            {"blocked-members", "<@" + one + "> <@!" + two + ">," + one, one + "," + two},
		"mutes":              {"muted-members", one + "@2026-11-23T10:00:00Z, <@!" + two + ">@2026-11-23T12:30:00.9+01:00", one + "@2026-11-23T10:00:00Z," + two + "@2026-11-23T11:30:00Z"},
		"a longer mute":      {"muted-members", one + "@2026-11-23T10:00:00Z " + one + "@2026-12-01T00:00:00Z", one + "@2026-12-01T00:00:00Z"},
		"one channel":        {"log-channel", "<#" + one + ">", one},
		"default":            {"log-channel", "Default", ""},
		"nothing":            {"retention-days", "  ", ""},
		"switch":             {"private", "YES", "on"},
		"switch off":         {"gaps", "false", "off"},
		"as the default is":  {"gaps", "off", "off"},
		"choice":             {"age-policy", "NEVER", "never"},
		"language":           {"language", "pt-br", "pt-BR"},
		"number":             {"retention-days", "007", "7"},
		"least":              {"stale-days", "0", "0"},
		"most":               {"retention-days", "3650", "3650"},
		"helplines":          {"helplines", " Call  0800 1111 ;\n; Text SHOUT\tto 85258;", "Call 0800 1111; Text SHOUT to 85258"},
		"helpline twice":     {"helplines", "Call 0800 1111; Call 0800 1111", "Call 0800 1111"},
		"helpline by a line": {"helplines", "Call 0800 1111\r\nText ÄÖ", "Call 0800 1111; Text ÄÖ"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := NormalizeSetting(tc.setting, tc.value); err != nil || got != tc.want {
				t.Errorf("%q, %v, want %q", got, err, tc.want)
			}
		})
	}
}

// many returns n different ids.
func many(n int) string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprint(123456789012345000 + i)
	}
	return strings.Join(ids, " ")
}

// muted returns n different members who are muted.
func muted(n int) string {
	return strings.ReplaceAll(many(n)+" ", " ", "@2026-11-23T10:00:00Z ")
}

func TestNormalizeSetting_faults(t *testing.T) {
	for name, tc := range map[string]struct {
		setting, value string
		class          error
		says           string
	}{
		"a slip":           {"answer-chanels", one, article.ErrNotFound, "did you mean answer-channels?"},
		"other signs":      {"Retention_Days", "1", article.ErrNotFound, "did you mean retention-days?"},
		"no name":          {"", "1", article.ErrNotFound, "did you mean gaps?"},
		"a long name":      {strings.Repeat("x", 1<<20), "1", article.ErrNotFound, "did you mean"},
		"hidden":           {SafetyTopics, "topics: []", article.ErrNotFound, "did you mean"},
		"a mute for ever":  {"muted-members", one, article.ErrInvalid, "says no time; write it as ID@2026-11-23T10:00:00Z"},
		"only a mention":   {"muted-members", "<@" + one + ">", article.ErrInvalid, "is no member"},
		"no time":          {"muted-members", one + "@tomorrow", article.ErrInvalid, `"tomorrow" is no time; write it as 2026-11-23T10:00:00Z`},
		"a day":            {"muted-members", one + "@2026-11-23", article.ErrInvalid, "is no time"},
		"a time too late":  {"muted-members", one + "@9999-12-31T23:59:59-01:00", article.ErrInvalid, "is no time"},
		"a time too early": {"muted-members", one + "@0001-01-01T00:00:00Z", article.ErrInvalid, "is no time"},
		"nobody's mute":    {"muted-members", "@2026-11-23T10:00:00Z", article.ErrInvalid, "is no member"},
		"too many mutes":   {"muted-members", muted(101), article.ErrTooLarge, "101 members, and the limit is 100"},
		"no mute":          {"muted-members", ",", article.ErrInvalid, "no member is in it"},
		"words":            {"answer-channels", "#general", article.ErrInvalid, `answer-channels: "#general" is no channel; write its id, 17 to 20 digits, or <#...>`},
		"short id":         {"answer-channels", "1234567890123456", article.ErrInvalid, "no channel"},
		"huge id":          {"answer-channels", "99999999999999999999", article.ErrInvalid, "no channel"},
		"zero in front":    {"log-channel", "012345678901234567", article.ErrInvalid, "no channel"},
		"foreign digits":   {"log-channel", strings.Repeat("٣", 18), article.ErrInvalid, "no channel"},
		"role for channel": {"log-channel", "<@&" + one + ">", article.ErrInvalid, "no channel"},
		"channel for role": {"moderator-roles", "<#" + one + ">", article.ErrInvalid, "is no role; write its id, 17 to 20 digits, or <@&...>"},
		"role for member":  {"blocked-members", "<@&" + one + ">", article.ErrInvalid, "is no member; write its id, 17 to 20 digits, or <@...>"},
		"member for role":  {"moderator-roles", "<@!" + one + ">", article.ErrInvalid, "no role"},
		"mention of two":   {"blocked-members", "<@<@!" + one + ">>", article.ErrInvalid, "no member"},
		"too many members": {"blocked-members", many(101), article.ErrTooLarge, "101 ids, and the limit is 100"},
		"two for one":      {"log-channel", one + "," + two, article.ErrInvalid, "no channel"},
		"only commas":      {"answer-channels", ",,", article.ErrInvalid, `write ids, or "default" for none`},
		"too many":         {"answer-channels", many(101), article.ErrTooLarge, "101 ids, and the limit is 100"},
		"too long":         {"answer-channels", many(400), article.ErrTooLarge, "the limit is 4096"},
		"neither":          {"paused", "maybe", article.ErrInvalid, "write on or off"},
		"no choice":        {"propagation", "delete", article.ErrInvalid, "write mark, edit or remove"},
		"no language":      {"language", "tlh", article.ErrInvalid, "write en, de, es, fr or pt-BR"},
		"too few days":     {"retention-days", "0", article.ErrInvalid, "a whole number from 1 to 3650"},
		"too many days":    {"retention-days", "3651", article.ErrInvalid, "a whole number from 1 to 3650"},
		"with a unit":      {"retention-days", "30 days", article.ErrInvalid, "a whole number"},
		"fraction":         {"daily-cap", "1.5", article.ErrInvalid, "a whole number"},
		"below zero":       {"daily-cap", "-1", article.ErrInvalid, "a whole number"},
		"overflow":         {"daily-cap", strings.Repeat("9", 40), article.ErrInvalid, "a whole number"},
		"three helplines":  {"helplines", "a; b; c", article.ErrInvalid, "helplines: 3 helplines, and a card has room for 2"},
		"long helpline":    {"helplines", strings.Repeat("é", 121), article.ErrInvalid, "1 to 120 characters"},
		"endless helpline": {"helplines", strings.Repeat("a", 4000), article.ErrInvalid, "4000 characters, more than a card has room for"},
		"no helpline":      {"helplines", ";;", article.ErrInvalid, "no line is in it"},
		"escape":           {"helplines", "a\x1b[31m", article.ErrInvalid, "control character"},
		"NUL":              {"helplines", "a\x00b", article.ErrInvalid, "no plain text"},
		"not UTF-8":        {"helplines", "a\xffb", article.ErrInvalid, "no plain text"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := NormalizeSetting(tc.setting, tc.value)
			if got != "" || !errors.Is(err, tc.class) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%q, %v, want %v and %q", got, err, tc.class, tc.says)
			}
			if err != nil && len(err.Error()) > 400 {
				t.Errorf("the message has %d bytes", len(err.Error()))
			}
		})
	}
}

// TestParseSettings_faults wants everything that can be read, and the rest named.
func TestParseSettings_faults(t *testing.T) {
	s, err := ParseSettings(map[string]string{
		"retention-days": "soon", "answer-channels": one + ",x", "stale-days": "10", "from-the-future": "?",
	})
	want := DefaultSettings()
	want.StaleDays = 10
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	if !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), "retention-days: ") || !strings.Contains(err.Error(), "answer-channels: ") {
		t.Errorf("error: %v", err)
	}
	if strings.Contains(err.Error(), "from-the-future") {
		t.Errorf("a setting of a newer version is a fault: %v", err)
	}
}

// drawSettings draws any settings that a guild can have.
func drawSettings(t *rapid.T) Settings {
	ids := rapid.SliceOfNDistinct(rapid.Map(rapid.Uint64Min(1e16), func(n uint64) string { return fmt.Sprint(n) }), 0, 100, rapid.ID[string])
	line := rapid.StringMatching(`[a-zä0-9,:+]{1,20}( [a-zä0-9,:+"]{1,30}){0,3}`)
	some := func(label string) []string {
		if list := ids.Draw(t, label); len(list) > 0 {
			return list
		}
		return nil
	}
	s := Settings{
		AnswerChannels: some("answer"), AutoChannels: some("auto"), ForumChannels: some("forum"), ModeratorRoles: some("roles"), Blocked: some("blocked"),
		Private: rapid.Bool().Draw(t, "private"), ShowReview: rapid.Bool().Draw(t, "review"), Gaps: rapid.Bool().Draw(t, "gaps"),
		Paused: rapid.Bool().Draw(t, "paused"), CardNotes: rapid.Bool().Draw(t, "notes"),
		AgePolicy:   rapid.SampledFrom([]AgePolicy{AgeByChannel, AgeNever}).Draw(t, "age"),
		Propagation: rapid.SampledFrom([]Propagation{PropagateEdit, PropagateMark, PropagateRemove}).Draw(t, "propagation"),
		Language:    rapid.SampledFrom(languages()).Draw(t, "language"),
		StaleDays:   rapid.IntRange(0, 36500).Draw(t, "stale"), RetentionDays: rapid.IntRange(1, 3650).Draw(t, "retention"),
		DailyCap: rapid.IntRange(0, 10_000).Draw(t, "cap"), Ready: rapid.Bool().Draw(t, "ready"),
		Topics: rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[ \t\r\n]{0,2}(topics:|- id: ä|\r?\n| |\t|#){1,50}`)).Draw(t, "topics"),
	}
	for _, id := range some("muted") {
		until := time.Unix(rapid.Int64Range(0, 253402300799).Draw(t, "until"), 0).UTC() // to the end of 9999
		s.Muted = append(s.Muted, Mute{Member: id, Until: until})
	}
	if list := ids.Draw(t, "log"); len(list) > 0 {
		s.LogChannel = list[0]
	}
	if list := rapid.SliceOfNDistinct(line, 0, 2, rapid.ID[string]).Draw(t, "helplines"); len(list) > 0 {
		s.Helplines = list
	}
	return s
}

// TestSettings_roundTrip wants what is rendered to be read as it was.
func TestSettings_roundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSettings(t)
		texts := s.Texts()
		if names := slices.Sorted(maps.Keys(texts)); len(names) != len(SettingNames())+1 { // the safety topics
			t.Fatalf("%q", names)
		}
		got, err := ParseSettings(texts)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// TestSafetyTopics wants the guild's own topics to be kept byte for byte, and to be
// nothing that people type.
func TestSafetyTopics(t *testing.T) {
	for name, text := range map[string]string{
		"lines":       "\n topics:\r\n\t- x\n\n",
		"white space": " \n",
		"a word":      "default",
		"much":        strings.Repeat("x\n", maxTopicsBytes/2),
	} {
		s, err := ParseSettings(map[string]string{SafetyTopics: text})
		if err != nil || s.Topics != text || s.Texts()[SafetyTopics] != text {
			t.Errorf("%s: %.40q, %v", name, s.Topics, err)
		}
	}
	for name, tc := range map[string]struct {
		text  string
		class error
	}{
		"too much":  {strings.Repeat("x", maxTopicsBytes+1), article.ErrTooLarge},
		"NUL":       {"a\x00", article.ErrInvalid},
		"not UTF-8": {"a\xff", article.ErrInvalid},
	} {
		s, err := ParseSettings(map[string]string{SafetyTopics: tc.text})
		if !errors.Is(err, tc.class) || !strings.Contains(err.Error(), SafetyTopics) || s.Topics != "" {
			t.Errorf("%s: %.40q, %v", name, s.Topics, err)
		}
	}
	if _, err := SettingHelp(SafetyTopics); !errors.Is(err, article.ErrNotFound) || slices.Contains(SettingNames(), SafetyTopics) {
		t.Errorf("people are offered the safety topics: %v", err)
	}
}

// FuzzNormalizeSetting wants what is stored to be read back as it is, and to be
// nothing that Discord or a terminal could stumble over.
func FuzzNormalizeSetting(f *testing.F) {
	for i, value := range []string{"on", "<#" + one + ">, " + two, "a; b", "pt-br", "12", "default", ";\u2028;\u0085", "a\u202eb", one + "@2026-11-23T10:00:00Z"} {
		f.Add(i, value)
	}
	names := SettingNames()
	f.Fuzz(func(t *testing.T, i int, value string) {
		name := names[(i%len(names)+len(names))%len(names)]
		stored, err := NormalizeSetting(name, value)
		if err != nil {
			return
		}
		if strings.ContainsAny(stored, "\x00\n\r\x1b") || len(stored) > 2*maxSettingBytes {
			t.Errorf("%s: %q is stored as %q", name, value, stored)
		}
		if again, err := NormalizeSetting(name, stored); err != nil || again != stored {
			t.Errorf("%s: %q is stored as %q, which is read as %q, %v", name, value, stored, again, err)
		}
	})
}
