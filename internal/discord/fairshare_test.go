package discord

import (
	"testing"

	"pgregory.net/rapid"
)

// TestFairShare promises that the shares add up and differ by one at most.
func TestFairShare(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		shards, processes := rapid.IntRange(1, 1000).Draw(t, "shards"), rapid.IntRange(1, 100).Draw(t, "processes")
		sum, least, most := 0, shards, 0
		for rank := range processes {
			share := fairShare(shards, processes, rank)
			sum, least, most = sum+share, min(least, share), max(most, share)
		}
		if sum != shards || most-least > 1 {
			t.Fatalf("%d shards among %d: from %d to %d, %d in all", shards, processes, least, most, sum)
		}
	})
}

func TestShardOf(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		guild       string
		count, want int
	}{
		"a guild":         {"197038439483310086", 8, 46977624770}, // id >> 22, reduced below
		"direct messages": {"", 8, 0},
		"one shard":       {"197038439483310086", 1, 0},
		"no number":       {"guild", 8, 0},
	}
	for name, test := range tests {
		if got := shardOf(test.guild, test.count); got != test.want%test.count {
			t.Errorf("%s: shard %d, want %d", name, got, test.want%test.count)
		}
	}
}
