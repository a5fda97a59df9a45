package search

import "strings"

// texting is how people write words when they type fast, where the word means
// something. Words that only carry a question are left out.
var texting = map[string]string{
	"2day": "today", "2moro": "tomorrow", "2mrw": "tomorrow", "2nite": "tonight", "2night": "tonight", "4ever": "forever", "4get": "forget",
	"appt": "appointment", "approx": "approximately", "avg": "average", "b4": "before", "bday": "birthday", "bf": "boyfriend", "bfs": "boyfriends",
	"btwn": "between", "convo": "conversation", "diff": "different", "ez": "easy", "fav": "favorite", "fave": "favorite", "gf": "girlfriend", "gfs": "girlfriends",
	"gr8": "great", "h8": "hate", "l8": "late", "l8r": "later", "luv": "love", "m8": "mate", "nite": "night", "obv": "obviously", "pic": "picture", "pics": "pictures",
	"prob": "probably", "probs": "probably", "prolly": "probably", "str8": "straight", "thru": "through", "tmr": "tomorrow", "tmrw": "tomorrow", "tmrrw": "tomorrow",
	"tomoz": "tomorrow", "vid": "video", "vids": "videos", "w/": "with", "w/o": "without", "wo": "without", "w8": "wait", "yday": "yesterday",
}

// spelledOut returns a question with its texting written out, and with letters
// that were typed for effect, as in "hurrrts", taken back.
func (x *Index) spelledOut(text string) string {
	var out strings.Builder
	done := 0
	for at := 0; at < len(text); {
		start, end := nextWord(text, at)
		at = max(end, at+1)
		plain := x.plainWord(text[start:end])
		if plain == "" {
			continue
		}
		out.WriteString(text[done:start])
		out.WriteString(plain)
		done = end
	}
	if done == 0 {
		return text
	}
	out.WriteString(text[done:])
	return out.String()
}

// nextWord returns where the first word from at on starts and ends, punctuation
// around it left aside, but for the slash of "w/".
func nextWord(text string, at int) (start, end int) {
	const space, around = " \t\r\n", ".,;:!?()[]\"'*_~"
	for at < len(text) && strings.IndexByte(space+around, text[at]) >= 0 {
		at++
	}
	end = at
	for end < len(text) && strings.IndexByte(space, text[end]) < 0 {
		end++
	}
	for end > at && strings.IndexByte(around, text[end-1]) >= 0 {
		end--
	}
	return at, end
}

// plainWord returns what a word stands for, and empty if it is plain.
func (x *Index) plainWord(word string) string {
	const longest = 40
	if len(word) > longest {
		return ""
	}
	lower := strings.ToLower(word)
	if plain, ok := texting[lower]; ok {
		return plain
	}
	if !isLengthened(lower) {
		return ""
	}
	if x.familiar(lower) {
		return ""
	}
	once, twice := withRuns(lower, 1), withRuns(lower, 2)
	if x.familiar(twice) && !x.familiar(once) {
		return twice
	}
	return once
}

// isLengthened reports whether a word has a letter three times in a row, among
// others.
func isLengthened(word string) bool {
	run, found := 1, false
	for i := 1; i < len(word); i++ {
		if word[i] != word[i-1] || word[i] < 'a' || word[i] > 'z' {
			run = 1
			continue
		}
		run++
		found = found || run == 3
	}
	return found && strings.Trim(word, word[:1]) != ""
}

// withRuns returns a word in which runs of three letters or more are cut to n.
func withRuns(word string, n int) string {
	var out strings.Builder
	for i := 0; i < len(word); {
		end := i + 1
		for end < len(word) && word[end] == word[i] {
			end++
		}
		length := end - i
		if length > 2 {
			length = n
		}
		out.WriteString(word[i : i+length])
		i = end
	}
	return out.String()
}

// familiar reports whether a word in lower case is everyday English, or known to
// the articles or the vocabulary.
func (x *Index) familiar(word string) bool {
	if carrierWords[word] || lightWords[word] || commonWords[word] || ordinaryWords[word] {
		return true
	}
	terms := x.analyzer.terms(word)
	return len(terms) == 1 && x.knows(terms[0])
}
