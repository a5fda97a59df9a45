package safety

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean returns text as valid UTF-8 in lower case, in compatibility form, without
// marks, format characters and variation selectors, with look-alike letters of
// other scripts folded to ASCII and with apostrophes dropped, so that "can't",
// "can’t" and "cant" are one word. It is the base of every view.
func clean(text string) string {
	if isASCII(text) {
		return strings.Map(dropApostrophe, strings.ToLower(text))
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

// fold maps one decomposed rune to what is compared, or to -1 to drop it.
func fold(r rune) rune {
	if r < unicode.MaxASCII {
		return dropApostrophe(unicode.ToLower(r))
	}
	if ascii, ok := lookalikes[r]; ok {
		return dropApostrophe(ascii)
	}
	switch {
	case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r):
		return -1
	}
	lower := unicode.ToLower(r)
	if ascii, ok := lookalikes[lower]; ok {
		return ascii
	}
	return lower
}

// dropApostrophe drops ASCII quotation marks that may stand for an apostrophe.
func dropApostrophe(r rune) rune {
	if r == '\'' {
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
// look like an ASCII letter, and the signs that stand for an apostrophe. It is
// written by hand and covers common spoofing only.
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
