package discord

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
)

// action is what a component does.
type action byte

// The actions. Their values are in the components of messages that stand in Discord
// for years, so none is ever given another meaning.
const (
	actHelpful    action = 'h'
	actNotHelpful action = 'n'
	actReason     action = 'r' // a button, and the modal that it opens
	actMore       action = 'm'
	actContext    action = 'c'
	actCite       action = 'q'
	actCiteStyle  action = 's' // a menu
	actShare      action = 'p'
	actRemove     action = 'x'

	actHelplines action = 'l'
	actPointer   action = 'v'
	actOptIn     action = 'o'
	actOptOut    action = 'u'
	actHeading   action = 'g'

	actArticles    action = 'b' // a menu
	actPage        action = 'a'
	actContents    action = 'k' // a menu
	actCiteArticle action = 't'
	actCiteAs      action = 'y' // a menu

	actExport action = 'e'
	actErase  action = 'd'

	actModerate action = '!' // what a moderator does; which of those things, says the rest
)

// Sealer makes texts that only this installation can make and read.
type Sealer interface {
	// Seal hides a payload of at most 44 bytes in at most 96 characters.
	Seal(purpose string, payload []byte) (string, error)
	// Open returns what was sealed for that purpose, and whether it was.
	Open(purpose, sealed string) ([]byte, bool)
}

// token is what a component's custom id holds: an action and what it acts on.
type token struct {
	action action
	on     string // the id of a record, or one of the keys below
	page   int    // of what has several; at most 65535
}

// maxOn is how long what a token acts on may be.
const maxOn = 40

// sealToken makes a custom id that is good in one guild.
func (b *Bot) sealToken(owner string, t token) (string, error) {
	if len(t.on) > maxOn {
		return "", fmt.Errorf("a component cannot hold %d characters", len(t.on))
	}
	payload := binary.BigEndian.AppendUint16([]byte{byte(t.action)}, uint16(min(max(t.page, 0), 1<<16-1)))
	return b.sealer.Seal(purposeOf(owner), append(payload, t.on...))
}

// openToken reads a custom id that came back, and reports whether it is ours and of
// that guild.
func (b *Bot) openToken(owner, sealed string) (token, bool) {
	payload, ok := b.sealer.Open(purposeOf(owner), sealed)
	if !ok || len(payload) < 3 {
		return token{}, false
	}
	return token{action(payload[0]), string(payload[3:]), int(binary.BigEndian.Uint16(payload[1:3]))}, true
}

func purposeOf(owner string) string { return "component/" + owner }

// keySize is how many bytes of a hash stand for a text in a token. There are few
// texts to tell apart: the articles of a guild, the headings of an article.
const keySize = 8

// keyOf stands for a text in a token.
func keyOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return string(sum[:keySize])
}

// keysOf stands for several texts.
func keysOf(texts ...string) string {
	var all strings.Builder
	for _, text := range texts {
		all.WriteString(keyOf(text))
	}
	return all.String()
}

// hasKey reports whether a text is one of those that keys stands for.
func hasKey(keys, text string) bool {
	key := keyOf(text)
	for i := 0; i+keySize <= len(keys); i += keySize {
		if keys[i:i+keySize] == key {
			return true
		}
	}
	return false
}

// keyAt returns the key at a place, "" beyond the last one.
func keyAt(keys string, i int) string {
	if (i+1)*keySize > len(keys) {
		return ""
	}
	return keys[i*keySize : (i+1)*keySize]
}
