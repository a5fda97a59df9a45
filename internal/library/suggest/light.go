package suggest

import "strings"

// lightWeight is what a word that only carries a question weighs beside others. One
// that no text has does not count at all.
const lightWeight = 0.2

// lightWords are English words that say little of what is asked about.
func lightWords() map[string]bool {
	const words = `a an the and or but if so of to in on at by for from with about as into than then
		i im ive id me my we us our you your he she it its they them their this that these those there here
		is are was were be been being am do does did doing done have has had can cant could would should will may might must
		what whats which who whos whose when where why how hows not no yes
		dont doesnt didnt isnt arent get got just also too very please tell know want need`
	light := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		light[word] = true
	}
	return light
}
