package store_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
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

// TestPostgresLetsAnExportTakeItsTime: an archive is packed between two looks at the
// library, which for large articles takes longer than an idle transaction may.
func TestPostgresLetsAnExportTakeItsTime(t *testing.T) {
	s := open(t, storetest.Postgres(t))
	limits := store.Lingering(s)
	if _, err := library.Export(t.Context(), s, fromGuild, io.Discard); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(*limits, []string{"1h"}) {
		t.Errorf("a transaction that reads for an export may be idle for %q", *limits)
	}
	if limit, err := store.IdleLimit(t.Context(), s); err != nil || limit != "10s" {
		t.Errorf("afterwards idle transactions end after %q, %v", limit, err)
	}
}

// TestPostgresStopsAQuery: a query that the server gives up is a fault, and nobody
// takes it for the end of their own context.
func TestPostgresStopsAQuery(t *testing.T) {
	url := storetest.Postgres(t)
	impatient := url + "?statement_timeout=50"
	if strings.Contains(url, "?") {
		impatient = url + "&statement_timeout=50"
	}
	s := open(t, impatient)
	other, err := storetest.Raw(t, url).BeginTx(t.Context(), nil)
	must(t, err)
	defer func() { _ = other.Rollback() }()
	_, err = other.ExecContext(t.Context(), `UPDATE clock SET seq = seq`)
	must(t, err)
	err = s.OptIn(t.Context(), fromGuild, "mac")
	if !errors.Is(err, article.ErrUnavailable) || errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want ErrUnavailable", err)
	}
}
