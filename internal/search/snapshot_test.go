package search

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"verbatim/internal/article"
)

var publishing = flag.Int("publishing", 50, "how many questions each goroutine asks while articles are published")

// TestPublishingNeverFailsAQuestion asks from several goroutines while another
// publishes one edition after the other. Every answer must be of one edition, and
// of none that was out of date when the question was asked.
func TestPublishingNeverFailsAQuestion(t *testing.T) {
	edition := func(n int) (*Index, error) {
		a := parse(t, strings.ReplaceAll(tea, "four minutes", fmt.Sprintf("%d minutes", n)))
		return Build(context.Background(), []*article.Article{a}, Synonyms{})
	}
	first, err := edition(0)
	if err != nil {
		t.Fatal(err)
	}
	snapshot := NewSnapshot(first)
	var published atomic.Int64
	var done atomic.Bool
	var askers, publisher sync.WaitGroup
	publisher.Go(func() {
		for n := 1; !done.Load(); n++ {
			x, err := edition(n)
			if err != nil {
				t.Error(err)
				return
			}
			snapshot.Store(x)
			published.Store(int64(n))
		}
	})
	for range 4 {
		askers.Go(func() {
			for n := 0; n < *publishing || published.Load() == 0 && !t.Failed(); n++ {
				oldest := published.Load()
				x := snapshot.Load()
				r, err := x.Find(context.Background(), Query{Text: "how long does black tea steep"})
				if err != nil || len(r.Candidates) == 0 {
					t.Errorf("found %+v, %v", r, err)
					return
				}
				var got int64
				_, err = fmt.Sscanf(r.Candidates[0].Text(), "Black tea steeps for %d minutes.", &got)
				if err != nil || got < oldest || r.Candidates[0].Article != x.Articles()[0] {
					t.Errorf("%q, %v; edition %d was published", r.Candidates[0].Text(), err, oldest)
					return
				}
			}
		})
	}
	askers.Wait()
	done.Store(true)
	publisher.Wait()
}
