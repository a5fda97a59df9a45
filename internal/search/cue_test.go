package search

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCues(t *testing.T) {
	for sentence, tc := range map[string]struct{ has, not cues }{
		"Black tea steeps for four minutes.":                {cueDuration | cueNumber, cueYear | cueMeasure | cueName},
		"The jug holds 18,000 litres.":                      {cueNumber | cueMeasure, cueYear},
		"The society met in 1834.":                          {cueYear, cueNumber},
		"It closed in the 1980s.":                           {cueYear, cueNumber},
		"The kettle weighs 2000 grams in total.":            {cueMeasure, cueDuration},
		"Push it about an inch in.":                         {cueMeasure | cueStep, cueDuration},
		"A walnut-sized bead rolls out.":                    {cueMeasure, cueDuration},
		"Give 10mg with food.":                              {cueNumber | cueMeasure | cueStep, 0},
		"A 10-year lease is usual.":                         {cueDuration, cueYear},
		"It costs $5.50 a barrel.":                          {cueMeasure, cueYear},
		"About 12% of the leaves are lost.":                 {cueShare, cueYear},
		"Take it twice a day.":                              {cueFrequency | cueStep, cueDuration},
		"Water the plants every week.":                      {cueFrequency, cueDuration},
		"It came out in April.":                             {cueDate, cueName | cuePlaceName},
		"The fair may open soon.":                           {0, cueDate | cueName},
		"The shop opens at 9am.":                            {cueMoment, cueMeasure},
		"The first tin was made by Ada Lovell.":             {cueName, cueYear},
		"Porcelain came later.":                             {0, cueName | cuePlaceName},
		"They moved the works to Bristol.":                  {cuePlaceName, cueName},
		"He held the post for the French.":                  {0, cueName | cuePlaceName},
		"A trained nurse should be present.":                {cueRole | cueAdvice, cueName},
		"Ask a herbologist first.":                          {cueRole | cueStep, 0},
		"The study was done at a university.":               {cueOrganisation | cueEvidence, cueName},
		"The valve is located behind the boiler.":           {cueLocation, cueReason},
		"Keep it dark, because light fades the taste.":      {cueReason | cueStep, cueDefinition},
		"The strainer is used for catching leaves.":         {cuePurpose, cueHarm},
		"While holding the lid, slowly pour the water.":     {cueStep, cueDenial},
		"The guests pour and stir, then talk.":              {0, cueStep},
		"Boiling water can cause serious burns.":            {cueHarm, cueBenefit},
		"As long as the pot is earthed, it is safe.":        {cueSafety, cueYear},
		"A trial showed no benefit of the extract.":         {cueEvidence | cueDenial | cueBenefit, cueNumber},
		"See a doctor when it does not stop.":               {cueAdvice | cueDenial, cueName},
		"A samovar is a heated metal urn.":                  {cueDefinition, cueDenial},
		"There is a shop on the corner.":                    {0, cueDefinition},
		"Matcha, also known as powdered tea, is green.":     {cueDefinition, 0},
		"Green tea is milder than black tea.":               {cueComparison, cueName},
		"It comes in tins, boxes, bags and jars.":           {cueList, cueNumber},
		"Signs of scurvy are fatigue and bleeding gums.":    {cueSymptom, cueHeredity},
		"Scurvy is treated with vitamin C.":                 {cueTreatment, cueHeredity},
		"A blood test confirms it.":                         {cueTest, cueHeredity},
		"Fresh fruit prevents scurvy.":                      {cuePrevention, cueHeredity},
		"Most people recover fully within weeks.":           {cueOutlook, cueHeredity},
		"A mutation in one gene is passed from the mother.": {cueHeredity, cueTreatment},
		"It affects about 1 in 4,000 newborns.":             {cueAffected | cueShare | cueNumber, cueYear},
		"":                                                  {0, ^cues(0)},
		"— “…” •":                                           {0, ^cues(0)},
		"Dr. Lovell invented it.":                           {cueName, 0},
		"It faded. Later it came back.":                     {0, cueName},
		"The extract had been studied before [14].":         {cueMoment, cueNumber},
	} {
		got := cuesOf(sentence)
		if got&tc.has != tc.has || got&tc.not != 0 {
			t.Errorf("%q: cues %032b, lacks %032b, has wrongly %032b", sentence, got, tc.has&^got, got&tc.not)
		}
	}
}

func TestCuesBeyondTheQuestion(t *testing.T) {
	sentence := "The queen sent Lovell abroad with 40 chests."
	if got := cuesBeyond(sentence, []string{"lovell", "40", "queen"}); got&(cueName|cueNumber|cueRole) != 0 {
		t.Errorf("words of the question count: %b", got)
	}
	if got := cuesBeyond(sentence, []string{"chests"}); got&(cueName|cueNumber|cueRole) != cueName|cueNumber|cueRole {
		t.Errorf("words beyond the question do not count: %b", got)
	}
}

// TestCuesOfAnyText also holds that what a sentence offers does not depend on
// white space around it.
func TestCuesOfAnyText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.OneOf(rapid.String(), mixedText()).Draw(rt, "text")
		if got, want := cuesOf(" "+text+" "), cuesOf(text); got != want {
			rt.Errorf("%q: %b with space around it, %b without", text, got, want)
		}
	})
}

// mixedText strings together what the readers treat in their own way.
func mixedText() *rapid.Generator[string] {
	parts := []string{
		"The", "which", "what is", "how", "4", "1999", "12th", "3.5", ",", ".", "? ", " ", "’", "'", "-", "—", "\n", "%", "$", "[", "É", "ß", "日本",
		"\x00", "\xff", "\xe2\x80", "people", "or", "in", "River", "an", "inch", "wtf", "tf", "!!", "😳", "is", "are", "(", "İ",
	}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOf(rapid.SampledFrom(parts)).Draw(t, "parts"), rapid.SampledFrom([]string{"", " "}).Draw(t, "gap"))
	})
}

func BenchmarkCues(b *testing.B) {
	sentence := "Black tea should be steeped for about four minutes, because longer steeping makes it bitter, although some people in northern China prefer it strong."
	b.ReportAllocs()
	for b.Loop() {
		cuesOf(sentence)
	}
}
