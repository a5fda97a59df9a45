package search

import "strings"

// trait is what a word or a phrase tells of its sentence: the cues that it gives
// by itself, and in the bits above them what it is in grammar.
type trait uint64

const (
	traitOpens        trait = 1 << (iota + 32) // begins a longer phrase of the list
	traitNumeral                               // two, hundred
	traitVague                                 // several, a few
	traitTimeUnit                              // hour
	traitWeakUnit                              // a unit beside a number only: feet
	traitEach                                  // every, per
	traitDeterminer                            // a, the
	traitIndefinite                            // a, an
	traitCopula                                // is, were
	traitPointing                              // there, what: "there is a" defines nothing
	traitPlacing                               // in, near: a preposition of place
	traitDirection                             // northern
	traitJoining                               // and, or
	traitIntroducing                           // while, after: a main clause follows
	traitVerb                                  // one that instructions are given with
	traitAdverb                                // may stand before an instruction
	traitGerund                                // ends in -ing
	traitUnnamed                               // written with a capital letter, yet no name
	traitAbbreviation                          // does not end a sentence with its dot
	traitUnit         = traitTimeUnit | traitWeakUnit
)

// sentenceTraits holds the words of sentenceWords and sentencePhrases. It is not
// changed once made.
var sentenceTraits = makeTraits()

func makeTraits() map[string]trait {
	traits := map[string]trait{}
	for _, l := range sentenceWords() {
		for w := range strings.FieldsSeq(l.words) {
			traits[w] |= l.trait
		}
	}
	for _, l := range sentencePhrases() {
		for phrase := range strings.SplitSeq(l.words, ",") {
			words := strings.Fields(phrase)
			for i := 1; i < len(words); i++ {
				traits[strings.Join(words[:i], " ")] |= traitOpens
			}
			traits[strings.Join(words, " ")] |= l.trait
		}
	}
	return traits
}

// suffixTrait judges a word that is in no list by its ending.
func suffixTrait(word []byte) trait {
	n := len(word)
	switch string(word[n-3:]) {
	case "ist", "sts":
		if endsIn(word, "ologist") || endsIn(word, "ologists") || endsIn(word, "iatrist") || endsIn(word, "iatrists") {
			return trait(cueRole)
		}
	case "ian", "ans":
		if endsIn(word, "ician") || endsIn(word, "icians") {
			return trait(cueRole)
		}
	case "est":
		return trait(cueComparison)
	case "omy", "apy", "sty":
		return trait(cueTreatment)
	case "opy", "phy", "psy":
		return trait(cueTest)
	case "ing":
		return traitGerund
	}
	if word[n-1] == 'y' && word[n-2] == 'l' {
		return traitAdverb
	}
	return 0
}

func endsIn(word []byte, suffix string) bool {
	return len(word) >= len(suffix) && string(word[len(word)-len(suffix):]) == suffix
}

// traitList is words or phrases that tell the same.
type traitList struct {
	trait trait
	words string
}

// sentenceWords are lower-case words without apostrophes.
func sentenceWords() []traitList {
	return append(grammarWords(), []traitList{
		{trait(cueYear), "century centuries decade decades"},
		{trait(cueDate) | traitUnnamed, "january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays"},
		{trait(cueDate), "spring summer autumn winter"},
		{trait(cueMoment), "before after during until till immediately afterwards beforehand night morning evening noon midnight am pm oclock prior ago whenever"},
		{trait(cueFrequency), "daily weekly monthly yearly annually annual hourly nightly once twice thrice times often regularly frequently rarely seldom occasionally frequent every"},
		{trait(cueShare), "percent percentage proportion fraction majority minority half third quarter thirds quarters rate rates prevalence incidence per"},
		{trait(cueMeasure), "inch inches centimeter centimeters centimetre centimetres millimeter millimeters millimetre millimetres kilometer kilometers kilometre kilometres metre metres meters mile miles sized size diameter mph kph cm mm km mg mcg kg ml acres hectares"},
		{trait(cueRole), roleWords},
		{trait(cueOrganisation), "university hospital hospitals clinic center centre institute institution college school academy department ministry office agency bureau company corporation journal association society foundation organization organisation laboratory committee council board union party commission parliament congress army church government cdc fda nih nhs group team authors survey"},
		{trait(cueLocation), "located situated found behind below beneath above under underneath beside between inside outside near nearby adjacent surrounding surrounds surrounded enveloping toward towards base upper lower front rear right opposite along headquarters site based north south east west northern southern eastern western northeast northwest southeast southwest border bordered"},
		{trait(cueReason), "because cause causes caused causing due since therefore hence thus consequently reason reasons result results resulted resulting leads led thereby why owing attributed triggered triggers stems despite blamed"},
		{trait(cuePurpose), "purpose purposes aim aims aimed goal goals intended designed allow allows allowing enables enabled enabling helps serve serves function functions role used useful"},
		{trait(cueStep), "step steps firstly ensure procedure technique using via"},
		{trait(cueHarm), harmWords},
		{trait(cueSafety), "safe safely safety unsafe harmless avoid contraindicated tolerated precaution precautions gently caution careful carefully hazardous toxic danger dangerous risk risks"},
		{trait(cueEvidence), "proven unproven proof evidence study studies trial trials research researchers efficacy effective ineffective effectiveness effect effects showed shows shown demonstrated suggests suggested suggest findings finding found confirmed failed fail failure claims claim unsuccessful successful fails failed works worked improved significant significantly"},
		{trait(cueAdvice), "should recommend recommends recommended recommendation recommendations advise advised advises ought consult contact must necessary required advisable important ask ensure"},
		{trait(cueDefinition), "called termed named means refers denotes describes defined definition term known consists comprises characterized characterised refer referred meaning"},
		{trait(cueBenefit), "benefit benefits beneficial improve improves improved improving relieve relieves relief reduce reduces helps helpful help advantage advantages protect protects pleasure promote promotes enhance enhances ease eases soothe heal heals aids success"},
		{trait(cueDenial), "no not never none nor neither without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt couldnt hasnt havent hadnt unable lack lacks lacking absence failed fails nothing nobody unproven unlikely"},
		{trait(cueComparison), "more most less least better best worse worst larger smaller higher lower greater fewer than compared versus similar main chief primary primarily largely mainly key major rather prefer preferred"},
		{trait(cueList), "include includes including included following various types several namely consist consists comprise comprises comprising categories kinds forms"},
		{trait(cueSymptom), "symptom symptoms sign signs pain painful ache aches fever swelling swollen rash itching itchy cough nausea vomiting fatigue tiredness weakness headache headaches dizziness bleeding diarrhea constipation numbness features abnormalities characterized feel feels feeling manifestations seizures burning discharge loss appear appears appearance looks difficulty discomfort"},
		{trait(cueTreatment), "treatment treatments treat treats treated treating therapy therapies therapeutic surgery surgical drug drugs medicine medicines medication medications antibiotic antibiotics cure cures cured remedy remedies manage management managed transplant transplantation dose doses radiation chemotherapy prescribed injection injections relieve supplements antiviral steroids prescribe rehabilitation"},
		{trait(cueTest), "test tests tested testing diagnose diagnosed diagnosis diagnoses diagnostic exam examination detect detected detection screening scan scans imaging ultrasound xray xrays mri biopsy blood urine history identified confirmed examine measured sample samples pcr elisa"},
		{trait(cuePrevention), "prevent prevents prevented preventing prevention vaccine vaccines vaccination vaccinated immunization protect protects protection avoid avoiding reduce reducing hygiene wash washing screening"},
		{trait(cueOutlook), "outlook prognosis survival survive outcome outcomes recover recovers recovery recovered expectancy progress progresses progressive mortality fatality fatal death deaths died lifelong longterm chronic worsen worsens remission recur recurrence improve untreated"},
		{trait(cueHeredity), "gene genes genetic genetics inherited inherit inheritance hereditary mutation mutations chromosome chromosomes dominant recessive autosomal parent parents dna carriers carrier xlinked familial deletion"},
		{trait(cueAffected), "affected affects affect prevalence incidence estimated common uncommon rare worldwide occurs people population men women children newborns births infants individuals patients adults cases males females"},
	}...)
}

func grammarWords() []traitList {
	return []traitList{
		{traitDeterminer, "a an the"},
		{traitIndefinite, "a an half"},
		{traitNumeral, "one"},
		{traitNumeral | trait(cueNumber), "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions dozen dozens"},
		{traitVague, "several few couple many some"},
		{traitTimeUnit, "second seconds minute minutes hour hours day days week weeks month months year years decade decades century centuries night nights sec secs min mins hr hrs yr yrs"},
		{traitWeakUnit, "feet foot ft yard yards pound pounds lb lbs ounce ounces oz gram grams g l m litre litres liter liters degrees degree dollars pence pints cups cup teaspoon teaspoons tablespoon tons tonnes units kb mb gb gbps mbps bytes bits inch inches cm mm km mg kg ml mph mile miles barrels"},
		{traitEach, "every each per"},
		{traitCopula, "is are was were be being been become becomes became remains"},
		{traitPointing, "there what who which that this"},
		{traitPlacing, "in at near from into to toward towards through outside inside around across throughout"},
		{traitDirection, "north south east west northern southern eastern western northeastern northwestern southeastern southwestern central upper lower modern present nearby city town river"},
		{traitJoining, "and or then"},
		{traitIntroducing, "while when if after before once to for using with as then next first in by during finally"},
		{traitVerb, imperativeVerbs},
		{traitAdverb, "then and or please also first next always never do not dont just now only gently slowly carefully firmly finally instead"},
		{traitUnnamed, "i may im ive french german english british dutch spanish italian chinese japanese russian american americans european europeans african asian indian indians mongol mongols turkish greek roman romans arab arabs latin christian christians catholic catholics protestant protestants muslim muslims jewish jews scottish irish welsh norman normans western eastern northern southern"},
		{traitAbbreviation, "dr mr mrs ms prof st rev vs etc eg ie approx fig no jr sr gen col"},
		{traitGerund, "testing use treatment treating using retrieval example"},
	}
}

const (
	roleWords = `doctor doctors physician physicians nurse nurses surgeon surgeons urologist specialist specialists therapist therapists
		dentist midwife pharmacist psychologist professional professionals practitioner practitioners provider providers expert experts
		scientist scientists researcher researchers professor author authors editor journalist producer writer engineer engineers
		partner partners parent parents mother father son daughter wife husband brother sister nephew uncle friend grandfather
		king queen emperor prince duke earl count lord president minister leader leaders commander general governor bishop pope
		priest chief soldiers settlers merchants officer officers member members ruler poet philosopher historian theologian
		lawyer teacher trained licensed certified people person men women someone anyone patient patients recipient giver
		nobles colonists refugees tribes troops`
	harmWords = `harm harms harmful harmed damage damages damaged damaging injury injuries injure injured tear tears torn tearing infection infections
		infected danger dangers dangerous risk risks risky hurt hurts pain painful bleeding bleed rupture complication complications
		severe serious seriously fatal death deaths adverse toxic toxicity allergic allergy poisoning overdose swelling worsen worse
		unpleasant problem problems concern concerns irritation inflammation burn burns spread sepsis abscess vigorous destroyed loss
		discomfort failure warning hazard hazards`
	imperativeVerbs = `add aim allow apply ask avoid bake bend boil bring brush call change check choose clean clear close combine come consider consult
		continue contact cook cool cover cut dip discard do draw drink drop dry eat empty ensure enter exercise feel fill find flush fold follow
		get gently give go grip hold hook insert keep lay learn leave let lie lift limit listen look lower lubricate make massage measure mix
		move open place pour practice prepare press pull push put raise read relax remember remove repeat report rest return rinse rub run seek
		select set shake sit slide soak spread squeeze stand start stay stir stop store stretch stroke switch take talk tell test tie touch try
		turn use wait walk warm wash watch wear wipe work wrap write`
)

// sentencePhrases are phrases of two or three words, with commas between.
func sentencePhrases() []traitList {
	return []traitList{
		{trait(cueMoment), "as soon as,at night,prior to,in the morning,per day,at the end,at the start"},
		{trait(cueDuration), "as long as,long term,short term,for life,for years,for hours,for days,for weeks,for months"},
		{trait(cueFrequency), "per day,per week,per month,per year,a day,a week,a month,a year,at least once,on a regular,how often"},
		{trait(cueShare), "out of,in every,one in,of all,per cent,percent of,half of,most of,part of,of the total,in 10,in 100,in 1000,estimated at"},
		{trait(cueMeasure), "in length,in size,the size of,in diameter,square miles,square km,as big as,as large as,degrees celsius"},
		{trait(cueRole), "health care,care provider,by a,by an"},
		{trait(cueOrganisation), "according to,published in,reported by"},
		{trait(cueLocation), "at the base,in front of,next to,close to,part of the,home of,just below,just above,into the,through the,on the side,at the back"},
		{trait(cueReason), "due to,because of,result of,as a result,so that,leads to,led to,lead to,results in,resulted in,in response to,in order to,on account of,brought about,responsible for,the reason,thanks to,contribute to,contributes to"},
		{trait(cuePurpose), "used to,used for,in order to,in order,so that,so as,to relieve,to reduce,to treat,to prevent,to retrieve,to help,to protect,to allow,to obtain,to provide,to avoid,to ensure,to improve,to support,to establish,to encourage,to create,to keep,to promote,to increase,to determine,to extend,to make,to facilitate,for the purpose,for example to,serve to,serves to,meant to,intended to,responsible for,role in,done for,done primarily"},
		{trait(cueStep), "make sure,be sure,should be,try to,start by,begin by,begin with,you can,you should,you will,it is best,by using"},
		{trait(cueHarm), "side effect,side effects,go wrong,at risk,not safe,can cause,may cause,can tear,be damaged"},
		{trait(cueSafety), "as long as,is safe,are safe,not safe,should not,must not,do not,be safe,side effect,side effects,when done,at risk,low risk,well tolerated,not recommended,no risk,risk of,only if"},
		{trait(cueEvidence), "no benefit,no evidence,study showed,studies show,studies have,been shown,has been,evidence that,not been,clinical trial,clinical trials,found that,showed that,effective in,effect of,did not,does not"},
		{trait(cueAdvice), "make sure,see a doctor,see your,talk to,talk with,ask your,seek medical,tell your,health care,call your,need to,needs to,should be,should not,do not,be sure,it is best,good idea,only if,not recommended"},
		{trait(cueDefinition), "refers to,known as,also called,also known,defined as,referred to,is when,stands for,a type of,type of,a kind of,kind of,a form of,form of,a group of,used to describe,is one,term for,part of,a rare,an inherited,a disorder,a condition,is any"},
		{trait(cueDenial), "no longer,rather than,instead of,in vain"},
		{trait(cueComparison), "as much,as many,one of,the first,the only"},
		{trait(cueList), "such as,as follows,types of,kinds of,for example,as well as,forms of,number of"},
		{trait(cueSymptom), "signs and,signs of,symptoms of,characterized by,symptoms include"},
		{trait(cueTreatment), "treated with,treatment of,used to treat,no cure,no treatment,no specific treatment"},
		{trait(cueTest), "medical history,physical exam,blood test,blood tests,family history"},
		{trait(cuePrevention), "reduce the risk,lower the risk,reduce your risk,lower your risk,risk of"},
		{trait(cueOutlook), "go away,goes away,over time,life expectancy,get worse,gets worse,long term,get better,gets better,full recovery"},
		{trait(cueHeredity), "runs in,run in,passed down,passed from,each cell,copy of,copies of,family history"},
		{trait(cueAffected), "at risk,more common,most common,in the united,per 100,newborns worldwide"},
	}
}
