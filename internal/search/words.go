package search

import "strings"

// carrierWords carry a question without saying what it is about: question
// words, chat, and words that point at the article itself.
var carrierWords = wordSet(`
	what whats what's which who whos who's whom whose when whens where wheres where's whered where'd why how hows how's howd how'd whod who'd whatd what'd
	is isnt isn't are arent aren't was were wasnt be been being am im i'm ive i've id i'd ill do does doesnt doesn't
	did didnt didn't don't dont done can cant can't could couldn't would wouldn't should shouldn't shall will wont won't may might must
	have has had havent haven't hasn't got gotta gonna wanna hafta need needs want wants let lets let's
	i me my mine myself you u ur your yours yourself he him his she her hers it its it's they them their theirs we us our
	this that these those there here thats that's theres there's one ones some any anything something somethin smth
	someone somebody anyone anybody everyone nobody
	lol lmao lmfao tbh ngl fr frfr rn pls plz please thx ty thanks thank hi hey hello yo sup ok okay k kk yeah yep yup nah nope no yes
	not so too also just really rly actually even still then than though tho like maybe kinda kind sorta sort bit lot
	tf wtf omg bro bruh dude man guys guy ppl people folks n r y b c w ik idk imo btw asap acc
	article articles page piece text post read reading says say said saying tell told know knows explain mean means meaning
	describe please question questions ask asking answer answers wondering curious wonder
	matter matters supposed honestly basically probably definitely actual called call calls case scenario
	and or but if of to in on at by for from with about as into the a an out up down off over under again`)

// lightWords say a little: they help to rank and hardly count when they are missing.
var lightWords = wordSet(`
	thing things stuff way ways use used using uses make makes made making take takes taking get gets getting go goes going
	come comes coming give gives giving put puts happen happens happening work works try trying good bad best better
	big main part first next last time many much long new old every ever never always only more less most
	exactly ever feel different someone start wrong right side touch allowed possible`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
