//go:build !unix

package storetest

import (
	"context"
	"fmt"
)

// cluster is never there on this system.
type cluster struct{}

func startCluster(context.Context, options) (*cluster, error) {
	return nil, fmt.Errorf("%w: tests start it on Unix systems only", errNoPostgres)
}

func (*cluster) stop() {}

func (*cluster) url(database string) string { return urlIn("", database) }
