package search

// cues are the sorts of answer that a sentence offers, as a set of bits. They
// are read once per sentence, when it is indexed. The sorts follow the answer
// types of question answering (Li and Roth, "Learning Question Classifiers",
// 2002), and those of consumer health questions (Roberts et al., "Automatically
// Classifying Question Types for Consumer Health Questions", 2014).
type cues uint32

const (
	cueNumber       cues = 1 << iota // a count, in figures or in words; not a year
	cueMeasure                       // a length, size, weight, dose, temperature or price
	cueYear                          // a year, decade or century
	cueDate                          // a month or a day of the week
	cueMoment                        // when in relation to something else: before, during, at night
	cueDuration                      // a number of minutes, days or years
	cueFrequency                     // daily, twice, per week
	cueShare                         // a percentage, fraction or rate
	cueName                          // a capitalised word inside the sentence
	cueRole                          // a profession or what a person is to another
	cueOrganisation                  // a university, hospital, company, journal
	cuePlaceName                     // a name after a preposition of place
	cueLocation                      // where in relation to something else: behind, at the base of
	cueReason                        // because, due to, caused by
	cuePurpose                       // used for, in order to, to relieve
	cueStep                          // an instruction
	cueHarm                          // damage, pain, infection, danger
	cueSafety                        // a verdict: safe, unsafe, as long as
	cueEvidence                      // proven, a study showed, effective
	cueAdvice                        // should, recommended, see a doctor
	cueDefinition                    // is a, refers to, known as
	cueBenefit                       // helps, improves, relieves
	cueDenial                        // not, no, never, without
	cueComparison                    // more, most, largest, than
	cueList                          // several things in a row
	cueSymptom                       // signs of a disease
	cueTreatment                     // drugs, surgery, therapy
	cueTest                          // how a disease is recognised
	cuePrevention                    // vaccines, lowering a risk
	cueOutlook                       // how a disease goes on
	cueHeredity                      // genes and inheritance
	cueAffected                      // who and how many have it
)

// cuesOf returns what a sentence offers. It is read once, word by word, with no
// regular expression, since this is done for every sentence of an index.
func cuesOf(sentence string) cues { return cuesBeyond(sentence, nil) }

// cuesBeyond is cuesOf for what the sentence adds to a question: names, roles and
// numbers that are among its words, in lower case, do not count.
func cuesBeyond(sentence string, asked []string) cues {
	r := cueReader{lower: make([]byte, 0, len(sentence)+8), asked: asked, opening: true}
	r.read(sentence)
	return r.have
}
