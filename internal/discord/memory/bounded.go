package memory

// bounded is a map that holds so many entries: a new one takes the place of the one
// that was put first. It is not safe for concurrent use.
type bounded[V any] struct {
	all  map[string]placed[V]
	ring []string // keys in the order of arrival, next being the oldest
	next int
}

type placed[V any] struct {
	value V
	at    int // in ring
}

func newBounded[V any](size int) *bounded[V] {
	return &bounded[V]{all: make(map[string]placed[V]), ring: make([]string, size)}
}

func (b *bounded[V]) get(key string) (V, bool) {
	found, ok := b.all[key]
	return found.value, ok
}

func (b *bounded[V]) put(key string, value V) {
	if known, ok := b.all[key]; ok {
		b.all[key] = placed[V]{value, known.at}
		return
	}
	if oldest := b.ring[b.next]; b.all[oldest].at == b.next {
		delete(b.all, oldest)
	}
	b.ring[b.next], b.all[key] = key, placed[V]{value, b.next}
	b.next = (b.next + 1) % len(b.ring)
}

func (b *bounded[V]) drop(key string) { delete(b.all, key) }
