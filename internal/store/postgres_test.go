package store_test

import (
	"testing"

	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// TestPostgresEndsIdleTransactions: a process that is stopped amid a transaction
// must not keep the rows of its leases from the others.
func TestPostgresEndsIdleTransactions(t *testing.T) {
	s := open(t, storetest.Postgres(t))
	if limit, err := store.IdleLimit(t.Context(), s); err != nil || limit != "10s" {
		t.Errorf("idle transactions end after %q, %v", limit, err)
	}
}
