package discord

import (
	"context"
	"fmt"
	"time"

	"verbatim/internal/article"
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
	timing := cfg.Timing.withDefaults()
	timing.Request = min(timing.Request, reachTimeout)
	client := newRESTClient(base, "", timing)
	defer client.close()
	var gateway struct {
		URL string `json:"url"`
	}
	if err := client.do(ctx, request{method: "GET", path: "/gateway", route: "/gateway", into: &gateway}); err != nil {
		return err
	}
	if gateway.URL == "" {
		return fmt.Errorf("%w: %s answers, but not as Discord does; check VERBATIM_DISCORD_API", article.ErrUnavailable, base.Host)
	}
	return nil
}
