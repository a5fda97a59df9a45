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
	da wut wuts dis dat
	lol lmao lmfao tbh ngl fr frfr rn pls plz please thx ty thanks thank hi hey hello yo sup ok okay k kk yeah yep yup nah nope no yes
	not so too also just really rly actually even still then than though tho like maybe kinda kind sorta sort bit lot
	tf wtf omg bro bruh dude man guys guy ppl people folks n r y b c w ik idk idc imo imho btw asap acc abt bc bcs bcuz becuz cuz coz cos rlly srsly gimme lemme dunno
	ofc ikr smh nvm ig alr istg omfg cud shud wud dnt sth
	article articles page piece text post read reading says say said saying tell told know knows explain mean means meaning
	describe please question questions ask asking answer answers wondering curious wonder
	matter matters supposed honestly basically probably definitely actual called call calls case scenario
	and or but if of to in on at by for from with about as into the a an out up down off over under again`)

// lightWords say a little: they help to rank and hardly count when they are missing.
var lightWords = wordSet(`
	thing things stuff way ways use used using uses make makes made making take takes taking get gets getting go goes going
	help helps helping helped come comes coming give gives giving put puts happen happens happening work works try trying good bad best better
	big main part first next last time many much long new old every ever never always only more less most
	exactly ever feel different someone start wrong right side touch allowed possible`)

// commonWords are everyday words that hardly tell what a question is about when
// no passage has them. One that a passage has counts as any other word.
var commonWords = wordSet(`
	able above absolutely accept across act actual add advice afraid after again against age ago agree ahead allow almost alone along already
	although amazing among amount angry anniversary another anymore anyway anywhere apart apparently around ask asked away awesome awful awkward
	back basic beautiful because become before began begin beginner begins behind believe below beside besides beyond bigger blog bother bought
	boy boyfriend break brief bring brother brought buddy buy bye came car care careful cautious certain chance change cheap check choose clear
	clearly close closer come comfortable coming common complete completely concerned condition confused consider correct correctly cost couple
	course crazy curious current currently cut daily date day days deal dear decide definitely depend depends difference difficult direct
	directly drive during each early easier easily easy eat effect either else embarrassed embarrassing end enjoy enough entire especially etc
	evening eventually everyday everything everywhere evidence exact example except excited expect experience extra extremely eye face fact
	fair family far fast favorite few field figure final finally fine finish follow food forever forget form forward free friend friends front
	full fully fun funny future game general generally gf girl girlfriend glad great group guess habit half hand hands happen happy hardly hate
	head hear heard help helps here home honest hope hour hours house huge husband idea imagine important impossible incredible indeed inside
	instead interested interesting issue job join joke just keep key kid kids late lately later learn leave left less level life little live lol
	look looking lose loud love lovely low luck lucky mad main major mate maybe meet mention message mind minute minutes miss moment money month
	months morning mostly mother move name near nearly necessary never next nice night nobody none normal normally note nothing notice now number
	obvious obviously odd okay older online open opinion option order original ought outside overall own page parent part particular partner
	party past pay people perfect perhaps period person personal phone pick picture place plan play pleasant point positive possible possibly
	practice prefer prepare present pretty prevent probably problem process proper properly public pull purpose push quick quickly quiet quite
	random rarely rather ready real reason reasonable recent recently regular regularly remember reply rest result ridiculous risky rough roughly
	round rule run sad same save saw scared scary second see seem seems seen sense serious seriously several shame share shit short shot show
	shy side sign silly similar simple simply since single sister sit situation slightly slip small smart sometime sometimes son soon sorry
	sound sounds space special specific spend spot stand start started stay step steps still stop story strange stuck stupid such sudden
	suddenly suggest super suppose sure surprise talk talking terrible test thank therefore think thinking thought through throughout time times
	tired today together tomorrow tonight tools top total totally touching toward trouble true truly truth turn twice type typical typically
	ugly unless until unusual upset useful usual usually various version video view visit wait walk wanted watch wear week weeks weird welcome
	whatever whenever wherever whether while whole wife wild willing wing wish within without woman word words world worried worry worse worst
	worth yeah year years yesterday young younger`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
