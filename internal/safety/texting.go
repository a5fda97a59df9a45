package safety

import (
	"fmt"
	"strings"
)

// abbreviate teaches the vocabulary a texting form, such as "2nite" for "tonight".
func (v *vocabulary) abbreviate(short, full string) error {
	short, full = clean(short), clean(full)
	if short == "" || full == "" || strings.ContainsFunc(short, isSpace) {
		return fmt.Errorf("texting form %q must be one word that stands for some", short)
	}
	v.texting[short] = full
	return nil
}

// spelledOut writes texting forms out, and gives words such as "endin" and
// "bleedin" their last letter back where that makes a word of the rules.
func (v *vocabulary) spelledOut(text string) string {
	return eachWord(text, func(word string) string {
		core := strings.Trim(word, ".,;:!?()\"")
		full, ok := v.texting[core]
		if !ok && v.dropsG(core) {
			full, ok = core+"g", true
		}
		if !ok {
			return word
		}
		return strings.Replace(word, core, full, 1)
	})
}

// dropsG reports whether a word is an "-ing" form of the rules without its g.
func (v *vocabulary) dropsG(word string) bool {
	return len(word) >= 5 && len(word) <= maxRepaired && strings.HasSuffix(word, "in") &&
		!v.knows(word) && !v.spelling.isWord(word) && v.knows(word+"g")
}
