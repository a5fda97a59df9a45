package main

import (
	"flag"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

const suiteInteractions = 2_000

var interactions = flag.Int("interactions", suiteInteractions, "after how many interactions the program's memory is compared with that after a tenth of them")

// TestSpentInteractions gives the program one interaction after the other, each with
// a token and so a rate limit of its own that is empty at once, and wants its memory
// to stay as it was after a tenth of them.
func TestSpentInteractions(t *testing.T) {
	c := newCrowd(t, 100, 5000, discordtest.Keep(20_000), discordtest.WithoutSchema())
	c.Limit(callbackRoute, 1, time.Second)
	c.warm()
	mixed := []func(*crowd, *town) use{
		asks("/ask answered", askSize, "walnut"),
		asks("/ask safety", askSafety, "Not medical advice."),
		asks("/ask abstained", "how do i repot a cactus?", "do not answer that"),
		asks("/ask crisis", "i want to kill myself", "Crisis"),
		clicks("Cite", "Verbatim contributors. ("),
		clicks("Helpful", "That is noted"),
	}
	const atOnce = 16
	var under []use
	var looks []vitals
	began := time.Now()
	for n := range *interactions {
		w := c.towns[n/len(mixed)%len(c.towns)]
		if under = append(under, c.does(mixed[n%len(mixed)], w)); len(under) == atOnce {
			c.spent(under[0])
			under = under[1:]
		}
		if (n+1)%max(1, *interactions/100) == 0 {
			looks = append(looks, c.look(began))
		}
	}
	for _, u := range under {
		c.spent(u)
	}
	t.Logf("%d interactions in %v\n%s", *interactions, time.Since(began).Round(time.Second), vitalsTable(looks))
	signs := vitalSigns()
	if *interactions <= suiteInteractions {
		signs = shortSigns()
	}
	flat(t, signs, looks[5:15], looks[90:])
	c.leave()
}

// spent wants the right reply to an interaction.
func (c *crowd) spent(u use) {
	c.t.Helper()
	if _, err := c.outcome(u); err != nil {
		c.t.Fatalf("%s: %v", u.kind, err)
	}
}
