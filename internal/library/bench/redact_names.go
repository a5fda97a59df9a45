package bench

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is how many words a name may have.
const maxName = 6

// maxPlainName is how many words a name may have that is not capitalised.
const maxPlainName = 3

// hideNames takes out what may be a name: what follows words that introduce one, however
// it is written, and capitalised words after those that often have one.
func hideNames(words []redactable) {
	for i := range words {
		if n := introducesName(words, i); n > 0 {
			hideName(words, i+n, true)
		}
		if mayHaveName(words, i) {
			hideName(words, i+1, false)
		}
		if n := introducesPlace(words, i); n > 0 {
			hideName(words, i+n, false)
		}
		if isWhose(words, i) {
			words[i+1].gone = true
		}
	}
}

// introducesName returns how many words from i on introduce a name, 0 for none.
func introducesName(words []redactable, i int) int {
	for _, phrase := range nameIntroductions {
		if startsWith(words[i:], phrase) {
			return len(phrase)
		}
	}
	if words[i].key == "names" && strings.Contains(words[i].text, "'") && words[i].end == "" && i+1 < len(words) {
		return 1 // "his name's"
	}
	if nameLabels[words[i].key] && strings.Contains(words[i].end+"=", ":") {
		return 1
	}
	if i+1 < len(words) && nameLabels[words[i].key] && slices.Contains([]string{"=", ":", "-", "–"}, words[i+1].text) {
		return 2
	}
	return 0
}

// startsWith reports whether words begin with a phrase, within one sentence.
func startsWith(words []redactable, phrase []string) bool {
	if len(words) <= len(phrase) {
		return false
	}
	for i, key := range phrase {
		if words[i].key != key || i < len(phrase)-1 && endsSentence(words[i]) {
			return false
		}
	}
	return true
}

// mayHaveName reports whether the word at i often stands before a name, such as a title
// or what somebody is to somebody else.
func mayHaveName(words []redactable, i int) bool {
	w := words[i]
	switch {
	case nameTitles[w.key]:
		return true
	case !nameNeighbours[w.key] || endsSentence(w) || i+1 == len(words):
		return false
	}
	shouted := isShouted(w.text) && isShouted(words[i+1].text) // everything is in capitals
	return !shouted
}

// introducesPlace returns how many words from i on stand before the name of a place or of
// somebody, 0 for none: what is in capitals throughout is rather an abbreviation.
func introducesPlace(words []redactable, i int) int {
	for _, phrase := range placeIntroductions {
		if !startsWith(words[i:], phrase) || endsSentence(words[i+len(phrase)-1]) {
			continue
		}
		if next := words[i+len(phrase)]; !isShouted(next.text) || utf8.RuneCountInString(next.key) < 2 {
			return len(phrase)
		}
	}
	return 0
}

// isWhose reports whether the word behind the one at i is the name of somebody, in small
// letters, who is something to "my": "my boyfriend marcus says".
func isWhose(words []redactable, i int) bool {
	if i == 0 || i+1 >= len(words) || words[i-1].key != "my" || !relations[words[i].key] || words[i].end != "" || words[i+1].gone {
		return false
	}
	if i > 1 && turnsToMy[words[i-2].key] && !endsSentence(words[i-2]) {
		return false
	}
	name := words[i+1]
	if !mayBeWho(name.key) {
		return false
	}
	if name.end != "" || i+2 == len(words) {
		return true
	}
	next := words[i+2]
	return next.gone || functionWords[next.key] || isVerbOfThree(next.key) || afterWhoItIs[next.key]
}

// mayBeWho reports whether a word behind who is meant may be a name: not when it carries
// a sentence, or has the ending of a verb or an adverb.
func mayBeWho(key string) bool {
	switch {
	case givenNames[key]:
		return true
	case len(key) < 3 || functionWords[key] || afterWhoItIs[key] || isVerbOfThree(key):
		return false
	}
	return !strings.HasSuffix(key, "ing") && !strings.HasSuffix(key, "ly")
}

// isVerbOfThree reports whether a word has the ending of a verb of the third person, or
// of the past: "marcus" and "dennis" have not.
func isVerbOfThree(key string) bool {
	stem, s := strings.CutSuffix(key, "s")
	if !s {
		return strings.HasSuffix(key, "ed")
	}
	return strings.HasSuffix(stem, "e") || stem != "" && !strings.ContainsRune("aiou", rune(stem[len(stem)-1]))
}

// hideName takes out the name that begins at i. sure says that one is there: then its
// first word goes however it is written.
func hideName(words []redactable, i int, sure bool) {
	for n := 0; n < maxName && i < len(words); n++ {
		w := words[i]
		capital := isCapital(w.text)
		isFirst := sure && n == 0
		switch {
		case w.gone:
			return
		case isFirst:
		case !capital && n >= maxPlainName && !joinsName(words, i):
			return
		case functionWords[w.key] && !(capital && n > 0 && sure && !isPronoun(w.key)) && !joinsName(words, i):
			return
		case !sure && !capital && !joinsName(words, i) && (n > 0 || !givenNames[w.key]):
			return
		}
		words[i].gone = true
		if i++; endsName(w, words[min(i, len(words)-1)]) {
			return
		}
	}
}

// endsName reports whether a name ends with a word: at the end of a sentence, which an
// initial is not, and at a comma, unless a capital follows.
func endsName(w, next redactable) bool {
	initial := utf8.RuneCountInString(w.key) == 1 && w.end == "."
	switch {
	case w.end == "" || initial:
		return false
	case strings.Trim(w.end, ",") == "":
		return !isCapital(next.text) || functionWords[next.key]
	}
	return true
}

// joinsName reports whether the word at i joins parts of a name, as "van" does.
func joinsName(words []redactable, i int) bool {
	joins := slices.Contains([]string{"de", "da", "do", "dos", "del", "la", "von", "van", "der", "den", "bin", "al", "el", "mc", "st"}, words[i].key)
	return joins && i+1 < len(words) && (isCapital(words[i+1].text) || i+2 < len(words) && isCapital(words[i+2].text) && functionWords[words[i+1].key])
}

func endsSentence(w redactable) bool { return strings.ContainsAny(w.end, ".?!") }

func isCapital(word string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(word, unicode.IsPunct))
	return unicode.IsUpper(first) || unicode.IsTitle(first)
}

// isShouted reports whether a word is in capitals.
func isShouted(word string) bool {
	return strings.ToUpper(word) == word && strings.ContainsFunc(word, unicode.IsUpper)
}

func isPronoun(key string) bool { return slices.Contains([]string{"i", "im", "ive", "id"}, key) }

// isLargeNumber reports whether a word is a number above ten.
func isLargeNumber(key string) bool {
	return largeNumbers[key] || germanTens.MatchString(key)
}

func isDigitWord(key string) bool { return digitWords[key] }

func isMonth(key string) bool { return months[key] }
