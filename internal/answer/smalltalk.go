package answer

import (
	"regexp"
	"strings"

	"verbatim/internal/article"
)

// courtesy holds the words of greetings, thanks and goodbyes, and those that go
// with them. A message of nothing else asks nothing.
var courtesy = words(`hi hii hiii hello helo hey heya heyy hiya howdy yo sup greetings morning afternoon evening night good day
	thanks thank thx ty tysm cheers appreciated appreciate it u you ya so very much a lot many ok okay k cool nice great awesome perfect
	there bot botty verbatim bye goodbye cya later see all everyone everybody guys folks friend please pls lol haha
	that this was is were helpful helped helps really works good for your the help answer info no problem np yw welcome ping pong test how are doing going
	youre thats its im fine well not bad today tonight again then
	hallo moin servus guten tag abend morgen danke schön vielen dank tschüss hola buenas buenos días dias tardes noches gracias muchas adiós adios
	bonjour bonsoir salut coucou merci beaucoup olá ola oi bom boa dia tarde noite obrigado obrigada ciao`)

// opener must occur in a courtesy, so that "is this good for you" is not one.
var opener = words(`hi hii hiii hello helo hey heya heyy hiya howdy yo sup greetings morning afternoon evening thanks thank thx ty tysm cheers
	appreciated appreciate bye goodbye cya ping test testing ok okay cool nice great awesome perfect lol haha welcome
	hallo moin servus guten danke dank tschüss hola buenas buenos gracias adiós adios bonjour bonsoir salut coucou merci olá ola oi obrigado
	obrigada ciao`)

// about recognises questions about the bot itself.
var about = regexp.MustCompile(`^(?:(?:hi|hey|hello|ok|wait|um|so|and|please|pls) )*(?:` + strings.Join([]string{
	`help(?: me)?(?: please| pls)?`,
	`(?:what|wut|wat) (?:can|do|does|could) (?:you|u|ya|this bot|the bot) (?:even |actually )?do(?: here| for (?:me|us))?`,
	`(?:what|who) (?:are|r) (?:you|u)(?: even| exactly)?(?: for)?`, `what (?:is|s) (?:this|the) bot(?: for| about)?`,
	`what (?:are|r) (?:you|u) (?:even )?for`, `(?:are|r) (?:you|u) (?:a |an )?(?:bot|robot|human|real|real person|ai|alive|there|online|chatgpt|person)(?: or (?:a )?\w+)?`,
	`how (?:do|does|can|should) (?:you|u|i|we|this|this bot|the bot|it) (?:work|use (?:you|u|this|this bot|the bot|it))`,
	`what (?:can|should|do|kind of (?:stuff|things|questions) (?:can|should|do)) (?:i|we) (?:ask|type|say|do)(?: (?:you|u|here|this bot))?(?: about)?`,
	`who (?:made|built|created|runs|programmed|coded) (?:you|u|this bot|the bot)`,
	`(?:commands|menu|usage|instructions)`,
	`how (?:are|r) (?:you|u)(?: doing)?(?: today)?`, `whats up`, `good (?:night|day)`,
}, "|") + `)$`)

// isSmallTalk reports whether a message is a greeting, thanks, or a question
// about the bot, and nothing more. An empty message is one.
func isSmallTalk(text string) bool {
	if len(text) > maxMeta {
		return false
	}
	plain := plainWords(text)
	if about.MatchString(plain) {
		return true
	}
	opened := plain == ""
	for word := range strings.FieldsSeq(plain) {
		if !courtesy[squeeze(word)] && !courtesy[word] {
			return false
		}
		opened = opened || opener[word] || opener[squeeze(word)]
	}
	return opened
}

// helpText says what the bot does and what it can be asked about.
func helpText(articles []*article.Article) string {
	var b strings.Builder
	b.WriteString("I answer questions from articles, in the articles' own words, with the author and the date. I do not give medical advice.")
	if len(articles) > 0 {
		b.WriteString(" You can ask about:")
	}
	for i, a := range articles {
		if i == 5 {
			b.WriteString("\n- and more")
			break
		}
		b.WriteString("\n- " + a.Meta.Title)
	}
	return b.String()
}
