package answer

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// AsksSomething reports whether a text reads as a question or as a request for
// information, in English, German, Spanish, French or Portuguese: a sentence of two
// words or more that ends in a question mark, that opens as a question does, or that
// asks whether somebody knows. It is for texts that are addressed to nobody, and says
// nothing of what is asked. It takes time in proportion to the text.
func AsksSomething(text string) bool {
	text = unsaid.ReplaceAllString(text, " ")
	for _, m := range spoken.FindAllStringSubmatch(text, -1) {
		sentence, end := folded(m[1]), m[2]
		if len(strings.Fields(sentence)) < 2 {
			continue
		}
		if strings.ContainsAny(end, "?？") || requests.MatchString(sentence) {
			return true
		}
		if !strings.Contains(end, "!") && opens.MatchString(sentence) && !states.MatchString(sentence) {
			return true
		}
	}
	return false
}

var (
	// unsaid is what a message holds beside its own words: addresses, code, what it
	// quotes of others, mentions and emoji.
	unsaid = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|https?://\\S+|<[@#:a][^>\\s]*>|(?m:^>.*$)")
	// spoken is a sentence with the marks that end it.
	spoken = regexp.MustCompile(`([^.!?？\n]+)([.!?？]*)`)
)

// folded returns the plain words of a text without accents: "où est-ce" is "ou est ce".
func folded(text string) string {
	return plainWords(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ReplaceAll(text, "ß", "ss"))))
}

// lead is what may come before a question in the same sentence.
const lead = `^(?:(?:hi|hey|hello|ok|okay|so|and|but|also|um|uh|well|wait|please|pls|sorry|guys|everyone|all|just|quick question|question|` +
	`hallo|also|und|aber|bitte|mal|hola|oye|pero|por favor|bonjour|salut|alors|et|mais|bon|oi|ola|entao|mas|gente) )*`

// opens matches a sentence that opens as a question: with a question word, or with a
// verb before its subject.
var opens = regexp.MustCompile(lead + `(?:` + strings.Join([]string{
	`(?:what|whats|who|whos|whose|when|whens|where|wheres|why|how|hows|which)`,
	`(?:in|on|at|by|to|for|from|under|with|of|about) (?:what|which|whose|whom|how many|how much)`,
	`(?:is|was|does|did|can|could|should|would|will|has) (?:it|he|she|this|that|there|the|an?|my|your|anyone|anybody|someone|somebody|one)`,
	`(?:are|were|do|did|can|could|should|would|will|have) (?:i|we|you|u|ya|they|these|those|the|there|people|most|any|my|your)`, `am i`, `(?:is|are|was|were|does|did|can|could|should) \w+ \w+`,
	`(?:was|wer|wen|wem|wessen|wann|wo|woher|wohin|wie|wieso|weshalb|warum|wozu|womit|wodurch|welche[rsnm]?)`,
	`(?:ist|sind|war|kann|konnen|darf|durfen|soll|sollte|muss|hat|habt|gibt|geht|hilft|tut|macht|weiss|kennt) (?:es|das|die|der|man|ich|ihr|wir|sie|er|jemand|du)`,
	`(?:quien|quienes|cuando|donde|adonde|como|cual|cuales|cuanto|cuanta|cuantos|cuantas|por que|para que|que)`,
	`(?:es|hay|esta) (?:normal|seguro|peligroso|posible|alguien|algun|alguna)`, `(?:se puede|puedo|puede|debo|deberia)`,
	`(?:qui|quand|comment|pourquoi|combien|quels?|quelles?|quest ce|est ce|cest quoi|ou (?:est|sont|peut|puis|se)|a quoi|de quoi)`,
	`(?:peut on|puis je|dois je|faut il|y a t il)`,
	`(?:quem|quando|onde|aonde|qual|quais|quanto|quanta|quantos|quantas|o que)`, `(?:e|tem|ha) (?:normal|seguro|perigoso|possivel|alguem|algum|alguma)`,
	`(?:posso|pode|devo|deveria|da para|da pra)`,
}, "|") + `)\b`)

// states matches what opens with a question word and is none: "when I was young",
// "what a day", "which is why", "wie schön".
var states = regexp.MustCompile(lead + `(?:` + strings.Join([]string{
	`(?:when|where|what|who|whoever|which) (?:i|im|ive|we|you|youre|u|he|she|they|theyre|it|its)\b`,
	`(?:what|such) an?\b`, `(?:what|who|which) (?:matters|knows|cares|makes|means)\b`, `which (?:is|was|are)\b`, `how (?:\w+)$`, `what the\b`,
	`(?:can|could|should) (?:not|be|have|do|confirm|relate|see)\b`,
	`(?:is|are|was|were|does|did) (?:not|ok|okay|fine|good|nice|cool|just|so|also|thinking|going|hoping)\b`,
	`wie (?:\w+)$`, `(?:wo|wenn|wie|was) (?:ich|wir|du|er|sie|es|man) (?:\w+ )*(?:bin|war|habe|hatte|mag|finde|denke|meine)$`,
	`(?:que|como|quand|quando|cuando) (?:yo|je|eu|jetais|\w+)$`, `(?:quand|quando|cuando) (?:je|jetais|eu|yo|era|estaba|tenia|estava|tinha|nous|on)\b`,
	`que (?:bueno|bien|lindo|pena|lastima|bom|legal|triste|tal|tengas|tenhas|te|se|le|lhe)\b`, `como (?:siempre|sempre|dije|disse|eu|yo|tu|voce|un|una|um|uma|el|la|o|a)\b`,
}, "|") + `)`)

// requests matches what asks in the form of a statement, anywhere in a sentence, and
// a question that follows one: "it hurts what do I do".
var requests = regexp.MustCompile(`\b(?:` + strings.Join([]string{
	`(?:what|which|how|where|when|why|who)(?: \w+){0,3} (?:do|does|did|should|can|could|would|will) (?:i|we|you|u|they|he|she|it|this|that|the|people|my)`,
	`(?:does |do |did |has |would )?(?:any ?one|any ?body|some ?one|some ?body|any of you|you guys)(?: here| else)? (?:know|knows|tell|explain|help|tried|have|has)`,
	`(?:can|could|would|will) (?:any ?one|any ?body|some ?one|some ?body|you|u) (?:please |pls )?(?:tell|explain|help|say|share|recommend|point)`,
	`i (?:wonder|am wondering|was wondering|would like to know|want to know|need to know|dont know (?:how|what|if|whether|why|where))`, `(?:im|just|been) wondering`, `id like to know`,
	`^(?:please |pls )?(?:tell me|explain|help me)`, `any (?:idea|ideas|advice|tips|info|information|suggestions?|recommendations?)\b`, `need (?:some )?(?:help|advice|info|tips|information)`,
	`looking for (?:some )?(?:advice|info|information|tips|help)`,
	`(?:weiss|kennt|kann mir|kann uns|hat) (?:jemand|irgendjemand|wer|einer|eine)`, `ich (?:frage mich|wusste gern|mochte wissen|will wissen|wurde gern wissen)`, `^(?:bitte )?(?:erklar|erklart|sagt? mir)`, `^(?:bitte )?erklare`,
	`(?:alguien|alguno) (?:sabe|puede|conoce|tiene)`, `(?:sabe|puede|conoce) alguien`, `me pregunto`, `(?:quisiera|quiero|me gustaria|necesito) saber`, `^(?:por favor )?(?:expliqueme|explicame|explica|dime|digame)`,
	`(?:quelquun|quelqu un|qqn) (?:sait|peut|connait|a)`, `je me demande`, `je (?:voudrais|veux|aimerais) savoir`, `jaimerais savoir`, `^(?:expliquez?|dites|dis) (?:moi|nous)`,
	`alguem (?:sabe|pode|conhece|tem)`, `(?:sabe|pode) alguem`, `me pergunto`, `(?:queria|quero|gostaria de|preciso) saber`, `^(?:por favor )?(?:me explica|me explique|explique|me diga|me diz)`,
}, "|") + `)\b`)
