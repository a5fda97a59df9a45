package search

import (
	"bytes"
	_ "embed" // for the shipped weights
	"encoding/json"
	"fmt"
	"slices"

	"verbatim/internal/article"
)

// Weights are the numbers that were fitted: those of the linear re-ranker, of
// the choice of the sentence and of the confidence, with the threshold of the
// last. `verbatim eval train` makes them.
type Weights struct {
	Ranking    []float64 // in the order of [RankingNames]
	Sentence   []float64 // in the order of [SentenceNames]
	Confidence []float64 // in the order of [EvidenceNames]
	Bias       float64   // of the confidence
	Threshold  float64   // the confidence from which a quote is shown
	Origin     string    // what they were fitted on, for readers
}

// RankingNames names the weights of the re-ranker in their order.
func RankingNames() []string { return rankingNames() }

// SentenceNames names the weights that choose the sentence, in their order.
func SentenceNames() []string { return sentenceNames() }

// EvidenceNames names the weights of the confidence in their order.
func EvidenceNames() []string { return evidenceNames() }

//go:embed weights.json
var shippedWeights []byte

// ShippedWeights returns the weights that ship with the program.
func ShippedWeights() (Weights, error) { return ParseWeights(shippedWeights) }

// weightsFile is the JSON form, with every weight under its name.
type weightsFile struct {
	Origin     string          `json:"origin"`
	Ranking    json.RawMessage `json:"ranking"`
	Sentence   json.RawMessage `json:"sentence"`
	Confidence json.RawMessage `json:"confidence"`
	Bias       float64         `json:"bias"`
	Threshold  float64         `json:"threshold"`
}

// ParseWeights reads the JSON form. Weights that are missing, unknown or not
// numbers are ErrInvalid.
func ParseWeights(src []byte) (Weights, error) {
	var file weightsFile
	d := json.NewDecoder(bytes.NewReader(src))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return Weights{}, fmt.Errorf("%w: weights: %w", article.ErrInvalid, err)
	}
	w := Weights{Bias: file.Bias, Threshold: file.Threshold, Origin: file.Origin}
	for _, part := range []struct {
		name  string
		src   json.RawMessage
		names []string
		into  *[]float64
	}{
		{"ranking", file.Ranking, rankingNames(), &w.Ranking},
		{"sentence", file.Sentence, sentenceNames(), &w.Sentence},
		{"confidence", file.Confidence, evidenceNames(), &w.Confidence},
	} {
		values, err := parseNamed(part.src, part.names)
		if err != nil {
			return Weights{}, fmt.Errorf("%w: weights: %s: %w", article.ErrInvalid, part.name, err)
		}
		*part.into = values
	}
	return w, nil
}

func parseNamed(src []byte, names []string) ([]float64, error) {
	var byName map[string]float64
	if err := json.Unmarshal(src, &byName); err != nil {
		return nil, err
	}
	values := make([]float64, len(names))
	for i, name := range names {
		v, ok := byName[name]
		if !ok {
			return nil, fmt.Errorf("%q is missing", name)
		}
		values[i] = v
		delete(byName, name)
	}
	for name := range byName {
		return nil, fmt.Errorf("%q is not known", name)
	}
	return values, nil
}

// JSON returns the form that [ParseWeights] reads: the same weights give the
// same bytes, with four digits after the point.
func (w Weights) JSON() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\n  \"origin\": %q,\n", w.Origin)
	writeNamed(&b, "ranking", rankingNames(), w.Ranking)
	writeNamed(&b, "sentence", sentenceNames(), w.Sentence)
	writeNamed(&b, "confidence", evidenceNames(), w.Confidence)
	fmt.Fprintf(&b, "  \"bias\": %.4f,\n  \"threshold\": %.4f\n}\n", w.Bias, w.Threshold)
	return b.Bytes()
}

func writeNamed(b *bytes.Buffer, key string, names []string, values []float64) {
	fmt.Fprintf(b, "  %q: {\n", key)
	for i, name := range names {
		end := ","
		if i == len(names)-1 {
			end = ""
		}
		fmt.Fprintf(b, "    %q: %.4f%s\n", name, values[i], end)
	}
	b.WriteString("  },\n")
}

// clone returns a copy that shares nothing.
func (w Weights) clone() Weights {
	w.Ranking, w.Sentence, w.Confidence = slices.Clone(w.Ranking), slices.Clone(w.Sentence), slices.Clone(w.Confidence)
	return w
}

// linear is a weighted sum.
func linear(weights, values []float64) float64 {
	var sum float64
	for i, v := range values {
		sum += weights[i] * v
	}
	return sum
}
