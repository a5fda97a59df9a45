package eval

// TrainReport says how good the weights are on the rows that they were fitted on,
// and how good those of a fit on the other half of the rows are: answer-in-excerpt
// at 1 for sets of questions, nDCG@10 for collections, AUROC for the confidence.
type TrainReport struct {
	Origin     string             `json:"origin"`
	Sets       []TrainFits        `json:"sets"`
	Confidence []FitsOfConfidence `json:"confidence"`
}

// TrainFits is one set's figures.
type TrainFits struct {
	Name      string  `json:"name"`
	Metric    string  `json:"metric"`
	Rows      int     `json:"rows"`
	Fitted    float64 `json:"fitted"`
	CrossFold float64 `json:"cross_validated"`
}

// FitsOfConfidence are areas under the ROC curve of a set's answerable questions
// against others.
type FitsOfConfidence struct {
	Name      string  `json:"name"`
	Against   string  `json:"against"`
	Rows      int     `json:"rows"`
	Fitted    float64 `json:"fitted"`
	CrossFold float64 `json:"cross_validated"`
}

func (t Trainer) report(whole *fitted, folds [2]*fitted) *TrainReport {
	r := &TrainReport{Origin: whole.weights.Origin}
	for i, set := range t.Sets {
		f := TrainFits{Name: set.Name, Metric: "answer in excerpt", Rows: len(whole.rankings[i])}
		if set.Collection != nil {
			f.Metric = "nDCG@10"
		}
		for j, l := range whole.rankings[i] {
			other := folds[fold2(l.id)]
			f.Fitted += l.quality(whole.weights.Ranking) / float64(f.Rows)
			f.CrossFold += other.rankings[i][j].quality(other.weights.Ranking) / float64(f.Rows)
		}
		r.Sets = append(r.Sets, f)
	}
	r.Confidence = separations(whole, folds)
	return r
}

// sides are the confidences of one sort of question of one set.
type sides struct{ fitted, crossed []float64 }

func separations(whole *fitted, folds [2]*fitted) []FitsOfConfidence {
	by := map[string]map[sort]*sides{}
	var order []string
	for i, d := range whole.doubts {
		if by[d.set] == nil {
			by[d.set] = map[sort]*sides{}
			order = append(order, d.set)
		}
		if by[d.set][d.sort] == nil {
			by[d.set][d.sort] = &sides{}
		}
		other := folds[fold2(d.id)]
		s := by[d.set][d.sort]
		s.fitted = append(s.fitted, d.confidence(whole.weights.Confidence, whole.weights.Bias))
		s.crossed = append(s.crossed, other.doubts[i].confidence(other.weights.Confidence, other.weights.Bias))
	}
	var out []FitsOfConfidence
	for _, set := range order {
		for _, against := range []sort{sortOwn, sortRemoved, sortOffTopic} {
			if s, a := by[set][against], by[set][sortAnswerable]; s != nil && a != nil {
				out = append(out, FitsOfConfidence{
					Name: set, Against: string(against), Rows: len(s.fitted),
					Fitted: AUROC(a.fitted, s.fitted), CrossFold: AUROC(a.crossed, s.crossed),
				})
			}
		}
	}
	return out
}
