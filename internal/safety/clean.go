package safety

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:generate go run ./genfolds

// clean returns text as valid UTF-8 in lower case, in compatibility form, without
// marks, control and format characters and variation selectors, with look-alike
// letters and the digits of other scripts folded to ASCII and with apostrophes
// dropped, so that "can't", "can’t" and "cant" are one word. It is the base of
// every view.
func clean(text string) string {
	if strings.Contains(text, "\x1b[") {
		text = colours.ReplaceAllLiteralString(text, "")
	}
	if isASCII(text) {
		return strings.Map(foldASCII, text)
	}
	text = strings.ToValidUTF8(text, " ")
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range norm.NFKD.String(strings.Map(foldSymbol, text)) {
		if r = fold(r); r >= 0 {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// colours are the escape sequences that colour a block of code in Discord.
var colours = regexp.MustCompile(`\x1b\[[0-9;]{0,32}m`)

// fold maps one decomposed rune to what is compared, or to -1 to drop it.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		return foldASCII(r)
	}
	if ascii, ok := lookalike(r); ok {
		return foldASCII(ascii)
	}
	switch {
	case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r):
		return -1
	case unicode.Is(unicode.Nd, r):
		return asciiDigit(r)
	}
	return unicode.ToLower(r)
}

// lookalike returns the ASCII character that r, or r in the other case, looks like. What
// is written by hand goes before what Unicode lists.
func lookalike(r rune) (rune, bool) {
	forms := [...]rune{r, unicode.ToLower(r), unicode.ToUpper(r)}
	for _, table := range []map[rune]rune{lookalikes, confusable} {
		for _, form := range forms {
			if ascii, ok := table[form]; ok {
				return ascii, true
			}
		}
	}
	return 0, false
}

// asciiDigit returns the digit of the same value. Unicode encodes decimal digits
// in runs of ten that begin with zero.
func asciiDigit(r rune) rune {
	zero := r
	for r-zero < 9 && unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return '0' + (r-zero)%10
}

// foldASCII lowers a letter and drops control characters and quotation marks that
// may stand for an apostrophe.
func foldASCII(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r == '\'', r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r), r == 0x7f:
		return -1
	}
	return r
}

// isASCII reports whether text has only ASCII bytes.
func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// foldSymbol maps enclosed letters that have no compatibility decomposition
// (regional indicators, negative circled and squared letters) to ASCII.
func foldSymbol(r rune) rune {
	switch {
	case r >= 0x1F1E6 && r <= 0x1F1FF:
		return 'a' + r - 0x1F1E6
	case r >= 0x1F150 && r <= 0x1F169:
		return 'a' + r - 0x1F150
	case r >= 0x1F170 && r <= 0x1F189:
		return 'a' + r - 0x1F170
	}
	return r
}

// lookalikes folds letters of other scripts and phonetic small capitals that
// look like an ASCII letter, and the signs that stand for an apostrophe: common
// spoofing that Unicode's confusables data leave out, or see otherwise.
var lookalikes = pairwise(
	"’'‘'ʼ'`'´'′'ʹ'＇'‛'" +
		// Cyrillic
		"аaвbсcԁdеeёeғfԍgһhіiїiјjкkӏlмmнhоoрpԛqгrѕsтtυuѵvԝwхxуyзeпnиuьb" +
		// Greek
		"αaβbγyδdεeηnιiκkνvοoρpσoςsτtυuχxωwμu" +
		// Latin letters without a decomposition, and small capitals
		"ıiłløođdħhſsɡgɑaɩiᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzƒfʞkɐaɔcǝeɟfɥhᴉiɹrʇtʌvʍw",
)

// pairwise builds a table from a text of "from, to" pairs of runes.
func pairwise(text string) map[rune]rune {
	runes := []rune(text)
	table := make(map[rune]rune, len(runes)/2)
	for i := 0; i+1 < len(runes); i += 2 {
		table[runes[i]] = runes[i+1]
	}
	return table
}

// byTarget turns a table of sources by target around.
func byTarget(sources map[rune]string) map[rune]rune {
	table := make(map[rune]rune)
	for to, from := range sources {
		for _, r := range from {
			table[r] = to
		}
	}
	return table
}
