package search

// orderGap is how many terms apart two neighbouring words of the question may
// stand to count as in order.
const orderGap = 3

// order returns the share of neighbouring clauses of the question that stand
// near each other, in the same order, in the passage: bigrams with gaps.
func (m *meter) order() float64 {
	followed := m.window
	clear(followed)
	for i, h := range m.spots {
		for _, g := range m.spots[i+1:] {
			if g.position > h.position+orderGap {
				break
			}
			if g.clause == h.clause+1 {
				followed[h.clause] = 1
			}
		}
	}
	var sum, all float64
	for i := 0; i+1 < len(m.weight); i++ {
		w := min(m.weight[i], m.weight[i+1])
		all += w
		sum += w * followed[i]
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// windowSize is the width, in terms, of the window that proximity looks at.
const windowSize = 8

// widest returns the greatest coverage of any eight terms side by side. A window
// that ends with the same spot as the one before has nothing that it lacks.
func (m *meter) widest() float64 {
	var best float64
	end := 0
	for i, h := range m.spots {
		last := end
		for end < len(m.spots) && m.spots[end].position < h.position+windowSize {
			end++
		}
		if end == last {
			continue
		}
		clear(m.window)
		hold(m.window, m.spots[i:end])
		best = max(best, m.coverage(m.window))
	}
	return best
}
