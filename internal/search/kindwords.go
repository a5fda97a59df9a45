package search

// leadIns may stand before a question without being part of it: greetings, chat,
// "can you tell me", and prepositions, as in "in what year".
var leadIns = wordSet(`
	and or but so ok okay k also then well um uh hmm hey hi hello yo lol lmao bro dude man guys girls yall please plz pls tbh ngl fr btw like
	wait yeah yep yes no nah thanks thx ty alright right good evening morning afternoon day now just actually really exactly
	do does can could would you i we me us want wanna know tell explain say find out figure wonder wondering wondered curious
	idk ik dunno unsure sure ask asking question anyone anybody someone somebody any1 help need to im have got
	in on at by for from of to with about under into since until through during according`)

// emphasis is left out when a question is read: "is it even safe" asks "is it safe".
var emphasis = wordSet(`even actually really rlly literally honestly exactly ever just also fuck fucking fuckin freaking frickin hell heck tf damn lowkey`)

// trailers may stand after a question without being part of it.
var trailers = wordSet(`
	tho though then exactly lol lmao pls plz please bro dude man thanks thx ty again now here there is it its this that these those at to in
	anyway anyways tbh fr rn ngl actually really ok okay are was in from by of do did does you he she they we`)

// questionVerbs end the search for the noun after "what".
var questionVerbs = wordSet(`
	is are was were be been do does did can could will would shall should may might must has have had
	happens happened happen causes caused makes made i you he she it they we there`)

// shortForms are spelled out, so that a phrase needs to be listed once.
var shortForms = map[string]string{
	"whats": "what is", "whos": "who is", "wheres": "where is", "whens": "when is", "hows": "how is", "whys": "why is",
	"whatre": "what are", "whatd": "what did", "howd": "how did", "whod": "who did", "whered": "where did", "whend": "when did",
	"whatll": "what will", "wat": "what", "wut": "what", "wht": "what", "whut": "what", "wats": "what is", "y": "why", "hw": "how",
	"u": "you", "ur": "your", "r": "are", "n": "and", "b4": "before", "ppl": "people", "smth": "something", "sth": "something",
	"doc": "doctor", "docs": "doctors", "isnt": "is not", "arent": "are not", "aint": "is not", "thats": "that is",
	"theres": "there is", "theyre": "they are", "gotta": "have to", "hafta": "have to", "gonna": "going to", "wanna": "want to",
	"shouldnt": "should not", "cant": "can not", "wont": "will not", "doesnt": "does not", "didnt": "did not", "dont": "do not",
	"wtf": "what", "wth": "what", "wdym": "what do you mean", "def": "definition", "abt": "about", "meds": "medicine",
	"shoulda": "should have", "sux": "sucks", "diff": "difference", "cuz": "because", "coz": "because", "bc": "because",
	"im": "i am", "imma": "i am going to", "pics": "pictures", "vs": "versus",
}
