package bench

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestRedact(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"nothing":            {"Is it safe with a beard?", "Is it safe with a beard?"},
		"space":              {"  is it\n\tsafe  ?", "is it safe ?"},
		"empty":              {" ", ""},
		"only secrets":       {"<@81384788765712384> 555-1234", ""},
		"mention":            {"can <@81384788765712384> or <@!8> do it?", "can … or … do it?"},
		"role and channel":   {"ask <@&165511591545143296> in <#41771983423143937>", "ask … in …"},
		"emoji":              {"is <:mmLol:216154654256398347> ok, <a:b1nzy:392938283556143104>?", "is … ok, …?"},
		"timestamp":          {"ok after <t:1618953630:R>", "ok after …"},
		"slash command":      {"does </kb add:816437322781949972> work", "does … work"},
		"everyone":           {"@everyone is it safe", "… is it safe"},
		"link":               {"is https://example.org/a?b=c right", "is … right"},
		"hidden link":        {"is [this page](https://example.org/x) right", "is [this … right"},
		"domain":             {"does example.co.uk, or sub.example.com/path say so?", "does …, or … say so?"},
		"spaced domain":      {"it is on example dot com they said", "it is on … they said"},
		"abbreviation":       {"is a hot drink, e.g. tea, fine at 5 p.m.?", "is a hot drink, e.g. tea, fine at … p.m.?"},
		"missing space":      {"first we ate. then we slept", "first we ate. then we slept"},
		"e-mail":             {"write to jo.kettle+tea@example.org please", "write to … please"},
		"e-mail in words":    {"write to jo at example dot org please", "write to … please"},
		"e-mail in brackets": {"write to jo [at] example (dot) org please", "write to … please"},
		"handle":             {"I am @jo_kettle on it", "I am … on it"},
		"underscore":         {"jo_kettle told me, is it safe", "… told me, is it safe"},
		"underlined":         {"is it __really__ safe", "is it really safe"},
		"reddit":             {"u/jokettle told me", "… told me"},
		"phone":              {"call +49 (0)30 / 12-34-56 now", "call … now"},
		"split by nothing":   {"my id 1\u200b2\u00ad3 is", "my id … is"},
		"full width":         {"code １２３ or ①②", "code … or …"},
		"age":                {"I'm 45yo and it hurts", "I'm … and it hurts"},
		"age in words":       {"I am forty five and it hurts", "I am … five and it hurts"},
		"German age":         {"ich bin fünfundvierzig", "ich bin …"},
		"phone in words":     {"ring five five five one two, one time", "ring …, one time"},
		"two fingers":        {"are two fingers ok for one hour", "are two fingers ok for one hour"},
		"date":               {"since the 3rd of March 2021 it hurts", "since the … it hurts"},
		"month first":        {"since March 3 it may hurt", "since … it may hurt"},
		"month alone":        {"does it help in march", "does it help in march"},
		"dots":               {"hmm... is it safe", "hmm … is it safe"},
		"formatting":         {"is **1**2||3|| ~~it~~ `safe`", "is … it 'safe'"},
		"name":               {"My name is Bob, is it safe?", "My name is …, is it safe?"},
		"name in lower case": {"my name is bob smith and it hurts", "my name is … and it hurts"},
		"long name":          {"my name is Ana María de la Cruz, is it safe", "my name is …, is it safe"},
		"initials":           {"my name is J. R. Smith. Is it safe?", "my name is … Is it safe?"},
		"surname first":      {"my name is Smith, John. Is it safe?", "my name is … Is it safe?"},
		"name's":             {"hi, my name’s bob. is it safe", "hi, my name's … is it safe"},
		"called":             {"I'm called bob, is it safe", "I'm called …, is it safe"},
		"product called":     {"is the toy called Breeze safe", "is the toy called Breeze safe"},
		"label":              {"Name: bob is it safe", "Name: … is it safe"},
		"capital":            {"Hi, I'm Sarah and it hurts", "Hi, I'm … and it hurts"},
		"no name":            {"I'm scared that it hurts", "I'm scared that it hurts"},
		"shouting":           {"I AM SCARED", "I AM SCARED"},
		"relation":           {"my boyfriend Jake says it hurts", "my boyfriend … says it hurts"},
		"title":              {"Dr. Kettle told me to wait", "Dr. … told me to wait"},
		"place":              {"i live in springfield. is it sold here", "i live in … is it sold here"},
		"German name":        {"ich heiße Jörg und es tut weh", "ich heiße … und es tut weh"},
		"Spanish name":       {"Me llamo José, ¿es seguro?", "Me llamo …, ¿es seguro?"},
		"French name":        {"Je m’appelle zoé et j'ai mal", "Je m'appelle … et j'ai mal"},
		"Portuguese name":    {"Oi, meu nome é joão. É seguro?", "Oi, meu nome é … É seguro?"},
		"long":               {"is it " + strings.Repeat("so ", 5000) + "safe?", "is it" + strings.Repeat(" so", 98)},
		"his name's":         {"his name's bob and it hurts", "his name's … and it hurts"},
		"brand names":        {"what are the names of it", "what are the names of it"},
		"relation, small":    {"my boyfriend marcus says it hurts", "my boyfriend … says it hurts"},
		"girlfriend, small":  {"my girlfriend tanisha, is it safe", "my girlfriend …, is it safe"},
		"wife, small":        {"i told my wife imogen", "i told my wife …"},
		"husband, small":     {"my husband zayn and i", "my husband … and i"},
		"son, small":         {"my son denny has pain", "my son … has pain"},
		"daughter, small":    {"my daughter maya wants to know", "my daughter … wants to know"},
		"friend, small":      {"my friend marcus kettle asks", "my friend … kettle asks"},
		"wife has":           {"my wife has pain", "my wife has pain"},
		"friend asks":        {"my friend asks", "my friend asks"},
		"friend asked":       {"my friend asked if it helps", "my friend asked if it helps"},
		"husband works":      {"my husband works, is it safe", "my husband works, is it safe"},
		"wife feel":          {"can my wife feel it", "can my wife feel it"},
		"partner happy":      {"does it make my partner happy", "does it make my partner happy"},
		"boyfriend often":    {"my boyfriend often bleeds", "my boyfriend often bleeds"},
		"son bleeding":       {"my son bleeding is normal?", "my son bleeding is normal?"},
		"this is":            {"hi this is marcus, is it safe", "hi this is …, is it safe"},
		"This is":            {"This is Zayn. Is it safe?", "This is … Is it safe?"},
		"im":                 {"im marcus and it hurts", "im … and it hurts"},
		"it's":               {"Hi, it's Anna again", "Hi, it's … again"},
		"is it":              {"is it safe?", "is it safe?"},
		"painful":            {"this is painful", "this is painful"},
		"normal":             {"it's normal", "it's normal"},
		"that's":             {"That's fine. Is it?", "That's fine. Is it?"},
		"abbreviated":        {"it's HIV, is it", "it's HIV, is it"},
		"This is a":          {"This is a big question", "This is a big question"},
		"Russian name":       {"Меня зовут Иван и у меня болит", "Меня зовут … и у меня болит"},
		"Russian, small":     {"меня зовут иван", "меня зовут …"},
		"Italian name":       {"mi chiamo gianni, va bene?", "mi chiamo …, va bene?"},
		"from":               {"I'm from London, is it sold here", "I'm from …, is it sold here"},
		"live in":            {"people who live in New London ask", "people who live in … ask"},
		"living in":          {"we are living in Springfield. Is it sold?", "we are living in … Is it sold?"},
		"live in pain":       {"can one live in pain", "can one live in pain"},
		"from a shop":        {"is one from a shop ok in water", "is one from a shop ok in water"},
		"key":                {"token " + strings.Repeat("aBcD", 10) + " leaked", "token … leaked"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Redact(test.text); got != test.want {
				t.Errorf("Redact(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

// secret is something to plant in a question, and the words of it that must go.
type secret struct {
	text  string
	words []string
}

// drawWord draws a word that is in no language.
func drawWord(t *rapid.T, label string) string {
	word := "zq" + rapid.StringMatching(`[bcdfghjklmnpqrstvwxz]{3,7}`).Draw(t, label)
	switch rapid.IntRange(0, 2).Draw(t, label+" case") {
	case 1:
		return strings.ToUpper(word[:1]) + word[1:]
	case 2:
		return strings.ToUpper(word)
	}
	return word
}

// drawSecret draws a secret of any kind.
func drawSecret(t *rapid.T) secret {
	one, two := drawWord(t, "first"), drawWord(t, "second")
	digits := rapid.StringMatching(`[0-9]{1,18}`).Draw(t, "digits")
	parted := strings.Join(strings.Split(digits, ""), rapid.SampledFrom([]string{"", " ", "-", ".", ". ", "/", "\u200b", "**", " - ", ") ("}).Draw(t, "separator"))
	introduction := rapid.SampledFrom([]string{
		"my name is", "My name's", "i'm called", "call me", "ich heiße", "Mein Name ist", "me llamo", "mi nombre es", "je m'appelle", "Je m’appelle",
		"meu nome é", "me chamo", "i go by", "my username is", "Name:",
	}).Draw(t, "introduction")
	return rapid.SampledFrom([]secret{
		{introduction + " " + one, []string{one}},
		{introduction + " " + one + " " + two, []string{one, two}},
		{one + "@" + two + ".org", []string{one, two}},
		{one + " @ " + two + ".org", []string{one, two}},
		{one + " at " + two + " dot com", []string{one, two}},
		{one + "(at)" + two + "[dot]com", []string{one, two}},
		{"https://" + one + ".example/" + two + "?x=" + digits, []string{one, two}},
		{one + "." + two + "/x", []string{one, two}},
		{"@" + one, []string{one}},
		{one + "_" + two, []string{one, two}},
		{one + "#" + digits, []string{one}},
		{"<:" + one + ":" + digits + ">", []string{one}},
		{"</" + one + " " + two + ":" + digits + ">", []string{one, two}},
		{"<@!" + digits + ">", nil},
		{parted, nil},
		{"+" + parted + "th of July", []string{"July"}},
	}).Draw(t, "secret")
}

// TestNothingOfASecretIsLeft plants secrets in questions.
func TestNothingOfASecretIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, words := "", []string(nil)
		for range rapid.IntRange(1, 4).Draw(t, "secrets") {
			s := drawSecret(t)
			words = append(words, s.words...)
			text += rapid.SampledFrom([]string{"", "is it safe ", "(Hello! ", "und ", "what about "}).Draw(t, "before") + s.text +
				rapid.SampledFrom([]string{" ", ", ", ". ", "? ", ") ", "\n"}).Draw(t, "after") +
				rapid.SampledFrom([]string{"and is it safe ", "Is it? ", "y es seguro "}).Draw(t, "more")
		}
		got := Redact(text)
		for _, word := range words {
			if strings.Contains(strings.ToLower(got), strings.ToLower(word)) {
				t.Fatalf("%q is left of %q: %q", word, text, got)
			}
		}
		checkRedacted(t, text, got)
	})
}

// checkRedacted checks what holds for whatever was redacted.
func checkRedacted(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, text, got string,
) {
	t.Helper()
	switch {
	case strings.ContainsFunc(got, unicode.IsNumber), strings.Contains(got, "://"), strings.ContainsAny(got, "<>@#"):
		t.Fatalf("something is left of %q: %q", text, got)
	case !utf8.ValidString(got), strings.Join(strings.Fields(got), " ") != got, utf8.RuneCountInString(got) > maxRedacted:
		t.Fatalf("%q became %q", text, got)
	case Redact(got) != got:
		t.Fatalf("%q is redacted to %q, and that to %q", text, got, Redact(got))
	}
}

// TestARedactedTextSettles: a question of ordinary words is kept, however it is put.
func TestARedactedTextSettles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(rapid.StringMatching(`[a-zA-Z'é.,:;@…*_-]{1,6}`), rapid.SampledFrom([]string{
			"my", "name", "is", "im", "call", "me", "called", "and", "Bob", "may", "of", "one", "two", "five", "at", "dot", "com", "…", "3", ".", "@",
		}))
		text := "Whatever " + strings.Join(rapid.SliceOfN(word, 0, 40).Draw(t, "words"), " ")
		got := Redact(text)
		checkRedacted(t, text, got)
		if got == "" && !strings.HasPrefix(redactOnce(text), removed) && redactOnce(text) != "" {
			t.Fatalf("nothing is left of %q", text)
		}
	})
}

func FuzzRedact(f *testing.F) {
	for _, seed := range []string{"my name is Bob, is it safe?", "a@b.c", "<@1> 5/5 of March", "… … @ … . com", "one two three __x__", "\ufb00\u200d①\u200b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkRedacted(t, text, Redact(text)) })
}
