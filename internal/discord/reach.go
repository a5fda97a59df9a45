package discord

import (
	"context"
	"fmt"
	"time"

	"verbatim/internal/discord/api"
)

// reachTimeout bounds Reach.
const reachTimeout = 3 * time.Second

// Reach reports whether the API answers and names a gateway. It needs no token
// and sends none.
func Reach(ctx context.Context, cfg Config) error {
	base, err := apiBase(cfg.API)
	if err != nil {
		return err
	}
	limit := min(cfg.Timing.withDefaults().Request, reachTimeout)
	client := api.New(base, "", api.Options{Request: limit})
	defer client.Close()
	if _, err := client.Gateway(ctx); err != nil {
		return fmt.Errorf("%s does not answer as Discord does; check VERBATIM_DISCORD_API: %w", base.Host, err)
	}
	return nil
}
