package search

import (
	"maps"
	"strings"
)

// judgement says which quality a word speaks of, and on which side it stands.
type judgement struct {
	topic   string
	against bool
}

// judgements are words that affirm or deny the same quality.
var judgements = judgementWords(map[string][2]string{
	"=safe": {
		"safe safely safety harmless innocuous", "unsafe unsafely dangerous hazardous harmful risky",
	},
	"=effective": {
		"effective effectively works work working worked", "ineffective useless pointless worthless",
	},
	provenTopic: {"=proven proven proved", "unproven unproved disproven disproved unsupported unsubstantiated debunked"},
	"=healthy":  {"healthy wholesome", "unhealthy unwholesome"},
	"=needed":   {"necessary needed essential", "unnecessary needless"},
	"=possible": {"possible", "impossible"},
	"=normal":   {"normal", "abnormal"},
	"=common":   {"common frequent", "uncommon infrequent rare"},
	"=allowed": {
		"allowed permitted legal lawful", "forbidden prohibited banned illegal unlawful",
	},
	"=advised":   {"advised advisable recommended", "inadvisable discouraged"},
	"=increase":  {"increase increases increased increasing raise raises raised raising", "decrease decreases decreased decreasing reduce reduces reduced reducing lower lowers lowered lowering"},
	"=poisonous": {"poisonous toxic", "nontoxic"},
	"=edible":    {"edible", "inedible"},
})

func judgementWords(sides map[string][2]string) map[string]judgement {
	all := map[string]judgement{}
	for topic, words := range sides {
		for side, list := range words {
			for word := range wordSet(list) {
				all[word] = judgement{topic, side == 1}
			}
		}
	}
	return all
}

var (
	// negatingWords turn a clause into its opposite.
	negatingWords = wordSet("not no never neither none nobody nothing avoid avoids avoided avoiding refrain")
	// hedgingWords make a clause neither a plain yes nor a plain no.
	hedgingWords = wordSet(`sometimes occasionally rarely seldom hardly barely scarcely possibly perhaps maybe partly partially
		some certain several claim claims claimed claiming believe believes believed supposed supposedly alleged allegedly rumoured rumored
		whether unclear uncertain unknown debated disputed depends depend depending would if unless`)
	// partlyWords limit a negation: what is not always so is so at times.
	partlyWords = wordSet(`always entirely completely fully totally wholly necessarily all every everyone everybody everything each usually
		quite very exactly alone automatically also generally equally both much many enough yet directly solely by`)
	// comparingWords measure one thing by another.
	comparingWords = wordSet("more less most least than too enough better worse as safer safest")
	modalWords     = wordSet("may might can could")
	// limitingWords words narrow a claim to some people or some cases.
	limitingWords = wordSet(`if when whenever unless until except only without during before after while once provided
		child children baby babies infant infants toddler toddlers teenager teenagers adolescent adolescents adult adults elderly senior seniors
		woman women man men girl girls boy boys pregnant pregnancy breastfeeding nursing diabetic diabetics athlete athletes
		patient patients beginner beginners young old older younger healthy chronic acute severe mild raw cooked
		first second third last next daily weekly monthly yearly hourly day week month year hour night`)
	// bindingWords bind the word behind them to the one before.
	bindingWords = wordSet(`in on at of for with without during after before among under over by to from into onto through between against
		about near inside outside within behind below above around across towards toward`)
	// neutralWords words say the same of everything.
	neutralWords = wordSet(`is are was were be been being am do does did done doing have has had having will shall should must ought
		it its this that these those they them their there here he she his her we our you your i who whom whose which what how
		and or nor but so then thus therefore however because since although though even just still really simply actually indeed
		article articles author authors text expert experts doctor doctors physician physicians scientist scientists researcher researchers
		study studies trial trials research evidence review reviews people person persons someone anyone one ones thing things way
		say says said show shows shown showed find finds found suggest suggests suggested report reports reported know known
		call called consider considered think thought agree agrees agreed recommend recommends mean means
		generally normally typically mostly mainly perfectly clearly certainly today now
		make makes made measure measures measured weigh weighs total usual average need needs want wants get gets like
		us me my a an the any other another such own same per let lets`)
	// countedPeople are the members of a study: another study has others.
	countedPeople = wordSet(`people person men man women woman patient participant subject volunteer adult child children case study trial
		group survey respondent user member author article page chapter section table figure step reference time`)
)

// emptyWords stand for no topic.
var emptyWords = union(bindingWords, neutralWords, negatingWords, hedgingWords, partlyWords, comparingWords, modalWords)

func union(sets ...map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, set := range sets {
		maps.Copy(all, set)
	}
	return all
}

// tellsApart reports whether a stem turns what a text says, so that two texts
// that differ in it are not the same.
func tellsApart(stem string) bool {
	return turningStems[stem] || strings.ContainsAny(stem, "0123456789")
}

var turningStems = stemsOf(negatingWords, hedgingWords, partlyWords, comparingWords, limitingWords, keysOf(judgements), keysOf(numberWords))

func stemsOf(sets ...map[string]bool) map[string]bool {
	stems := map[string]bool{}
	for _, set := range sets {
		for word := range set {
			stems[stem(word)] = true
		}
	}
	return stems
}

func keysOf[V any](m map[string]V) map[string]bool {
	set := map[string]bool{}
	for word := range m {
		set[word] = true
	}
	return set
}
