package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/telemetry"
)

// The environment of serve, beside what its own commands read.
const (
	envIndexMemory = "VERBATIM_INDEX_MEMORY"
	envShards      = "VERBATIM_SHARDS"
	envLeaseTTL    = "VERBATIM_LEASE_TTL"
	envMetrics     = "VERBATIM_METRICS"
	envContent     = "VERBATIM_MESSAGE_CONTENT"
)

// minLeaseTTL leaves a process that is slow for a moment its leases.
const minLeaseTTL = 2 * time.Second

// indexMemory is how many bytes the indexes of servers with articles of their own
// may take together; 0 for the default.
func (p *Program) indexMemory() (int64, error) {
	text := strings.TrimSpace(p.Getenv(envIndexMemory))
	if text == "" {
		return 0, nil
	}
	number, unit := text, int64(1)
	for suffix, size := range map[string]int64{"KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30} {
		if rest, ok := strings.CutSuffix(strings.ToUpper(text), suffix); ok {
			number, unit = strings.TrimSpace(rest), size
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 || n > (1<<50)/unit {
		return 0, fmt.Errorf("%w: %s is %q and must be a size such as 256MB", article.ErrInvalid, envIndexMemory, text)
	}
	return n * unit, nil
}

// shards is into how many parts the gateway is divided; 0 for as many as Discord
// recommends.
func (p *Program) shards() (int, error) {
	text := strings.TrimSpace(p.Getenv(envShards))
	if text == "" || text == "auto" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxShards {
		return 0, fmt.Errorf("%w: %s is %q and must be auto or a number from 1 to %d", article.ErrInvalid, envShards, text, maxShards)
	}
	return n, nil
}

const maxShards = 4096

// leaseTTL is how long a process that says nothing keeps its shards; 0 for the default.
func (p *Program) leaseTTL() (time.Duration, error) {
	text := p.Getenv(envLeaseTTL)
	if text == "" {
		return 0, nil
	}
	ttl, err := time.ParseDuration(text)
	if err != nil || ttl < minLeaseTTL || ttl > time.Hour {
		return 0, fmt.Errorf("%w: %s is %q and must be a time from %s to 1h, such as 30s", article.ErrInvalid, envLeaseTTL, text, minLeaseTTL)
	}
	return ttl, nil
}

// metricsAddress is where metrics are offered; empty for nowhere.
func (p *Program) metricsAddress() (string, error) {
	text := strings.TrimSpace(p.Getenv(envMetrics))
	if text == "" {
		return "", nil
	}
	address, err := telemetry.Address(text)
	if err != nil {
		return "", fmt.Errorf("%w: %s: %w", article.ErrInvalid, envMetrics, err)
	}
	return address, nil
}

// messageContent reports whether the application has the message content intent.
func (p *Program) messageContent() (bool, error) {
	switch text := strings.ToLower(strings.TrimSpace(p.Getenv(envContent))); text {
	case "", "off", "no", "false", "0":
		return false, nil
	case "on", "yes", "true", "1":
		return true, nil
	default:
		return false, fmt.Errorf("%w: %s is %q and must be on or off", article.ErrInvalid, envContent, text)
	}
}
