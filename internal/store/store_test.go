package store_test

import (
	"os"
	"testing"
	"time"

	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

func TestMain(m *testing.M) {
	if act, ok := acts()[os.Getenv(actVariable)]; ok {
		os.Exit(act())
	}
	os.Exit(storetest.Run(m))
}

func TestSQLite(t *testing.T) {
	storetest.Suite(t, storetest.Engine{URL: storetest.SQLite, Open: opened, Checks: 60})
}

func TestPostgres(t *testing.T) {
	storetest.Postgres(t) // skip all of it at once
	storetest.Suite(t, storetest.Engine{URL: storetest.Postgres, Open: opened, Checks: 20})
}

// opened opens a database for the contract suite.
func opened(t testing.TB, url string, now func() time.Time) storetest.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
