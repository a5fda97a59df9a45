package eval

import (
	"bytes"
	"slices"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/search"
)

// lesson is a small training set: articles of a few sentences, and questions.
func lesson(t *testing.T, name, topic string, texts map[string]string, questions []Question) TrainingSet {
	t.Helper()
	set := TrainingSet{Name: name, Topic: topic, Members: true, Questions: questions}
	for _, title := range slices.Sorted(func(yield func(string) bool) {
		for title := range texts {
			if !yield(title) {
				return
			}
		}
	}) {
		a, err := article.Parse([]byte("---\ntitle: "+title+"\nauthor: A\nupdated: 2020-01-01\n---\n\n"+texts[title]), article.Options{})
		if err != nil {
			t.Fatal(err)
		}
		set.Articles = append(set.Articles, Named{Name: title, Article: a})
	}
	return set
}

func lessons(t *testing.T) []TrainingSet {
	t.Helper()
	return []TrainingSet{
		lesson(t, "garden", "garden", map[string]string{
			"Ferns": "A fern grows from spores. Water a fern twice a week.\n\nDirect sun burns the fronds.",
			"Moss":  "Moss has no roots. It drinks through its leaves.\n\nMoss grows on stones in the shade.",
		}, []Question{
			{ID: "g1", Text: "how often do I water a fern", Answers: []string{"twice a week"}, Article: "Ferns"},
			{ID: "g2", Text: "what burns the fronds", Answers: []string{"Direct sun"}, Article: "Ferns"},
			{ID: "g3", Text: "where does moss grow", Answers: []string{"on stones"}, Article: "Moss"},
			{ID: "g4", Text: "does moss have roots", Answers: []string{"no roots"}, Article: "Moss"},
			{ID: "g5", Text: "how much does moss cost"},
		}),
		lesson(t, "kitchen", "kitchen", map[string]string{
			"Bread": "Knead the dough for ten minutes. Let it rise in a warm place.\n\nBake the loaf in a hot oven.",
			"Tea":   "Black tea steeps for four minutes. Green tea wants cooler water.",
		}, []Question{
			{ID: "k1", Text: "how long do I knead the dough", Answers: []string{"ten minutes"}, Article: "Bread"},
			{ID: "k2", Text: "where should dough rise", Answers: []string{"warm place"}, Article: "Bread"},
			{ID: "k3", Text: "how long does black tea steep", Answers: []string{"four minutes"}, Article: "Tea"},
			{ID: "k4", Text: "who invented bread"},
		}),
	}
}

// TestTrainIsReproducible makes the same bytes twice, with other numbers of workers.
func TestTrainIsReproducible(t *testing.T) {
	var files [][]byte
	for _, workers := range []int{1, 3} {
		trainer := Trainer{Sets: lessons(t), Workers: workers, Precision: .8}
		w, report, err := trainer.Train(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if w.Threshold <= 0 || w.Threshold > 1 {
			t.Errorf("threshold %v", w.Threshold)
		}
		if len(report.Sets) != 2 || report.Sets[0].Rows != 4 || report.Sets[0].Fitted < .5 {
			t.Errorf("report %+v", report.Sets)
		}
		if len(report.Confidence) == 0 || report.Confidence[0].Fitted < .5 {
			t.Errorf("confidence %+v", report.Confidence)
		}
		if _, err := search.ParseWeights(w.JSON()); err != nil {
			t.Errorf("what was trained cannot be read: %v", err)
		}
		files = append(files, w.JSON())
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Errorf("two trainings differ:\n%s\n%s", files[0], files[1])
	}
}

// TestThreshold takes the lowest confidence at which enough of what is shown is right.
func TestThreshold(t *testing.T) {
	var shown []judged
	for i, right := range []bool{true, true, false, true, false, false} {
		shown = append(shown, judged{float64(6-i) / 10, right})
	}
	if got := lowestPrecise(shown, .75); got != .3 {
		t.Errorf("threshold %v, want .3: three of four shown are right there", got)
	}
	if got := lowestPrecise(shown[4:], .5); got != 1 {
		t.Errorf("threshold %v where nothing is right", got)
	}
}
