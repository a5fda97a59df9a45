package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// jsonGolden is one line of kb golden list --json; keys are added, never renamed.
type jsonGolden struct {
	ID       string `json:"id"`
	Question string `json:"question"`
	Expect   string `json:"expect"`
	Article  string `json:"article,omitempty"`
	Revision string `json:"revision,omitempty"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Tier     string `json:"tier,omitempty"`
	By       string `json:"by"`
	At       string `json:"at"`
}

func (p *Program) kbListGolden(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		all, err := b.Golden.List(ctx, guild)
		if err != nil {
			return fmt.Errorf("golden questions: %w", err)
		}
		return printRecords(p, c, "ID\tWANTS\tBY\tQUESTION", all, func(r library.Record[library.Golden]) record {
			g := r.Value
			return record{
				jsonGolden{r.ID, g.Question, string(g.Expect), g.Article, string(g.Revision), g.Start, g.End, g.Tier, g.By, stamp(g.At)},
				[]string{r.ID, cell(wants(g)), g.By, cell(g.Question)},
			}
		})
	})
}

// wants says what a golden question wants.
func wants(g library.Golden) string {
	switch g.Expect {
	case library.ExpectAbstain:
		return "no quote"
	case library.ExpectTier:
		return "tier " + g.Tier
	case library.ExpectQuote:
	}
	return placeText(library.Place{Article: g.Article, Revision: g.Revision, Start: g.Start, End: g.End})
}

func (p *Program) kbDropGolden(ctx context.Context, c *cli.Command) error {
	id, err := idOf(c, "golden question", "golden list")
	if err != nil {
		return err
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		err := b.DropGolden(ctx, guild, id, act)
		if errors.Is(err, article.ErrNotFound) {
			return fmt.Errorf("%w: there is no golden question %.40q; verbatim kb golden list --guild %s lists them", article.ErrNotFound, id, guild)
		}
		if err != nil {
			return err
		}
		return p.say(true, "dropped", id, "")
	})
}
