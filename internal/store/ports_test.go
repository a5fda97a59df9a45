package store_test

import (
	"verbatim/internal/jobs"
	"verbatim/internal/lease"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

// The ports that the store implements.
var (
	_ library.Book          = (*store.Store)(nil)
	_ library.SettingsTable = (*store.Store)(nil)
	_ library.Ledger        = (*store.Store)(nil)
	_ library.Members       = (*store.Store)(nil)
	_ library.Counters      = (*store.Store)(nil)
	_ library.Gaps          = (*store.Store)(nil)
	_ library.Pages         = (*store.Store)(nil)
	_ library.OptIns        = (*store.Store)(nil)
	_ library.Trail         = (*store.Store)(nil)
	_ library.Marks         = (*store.Store)(nil)
	_ library.Guilds        = (*store.Store)(nil)
	_ library.Feed          = (*store.Store)(nil)
	_ library.Sweeper       = (*store.Store)(nil)
	_ lease.Table           = (*store.Store)(nil)
	_ jobs.Queue            = (*store.Store)(nil).Queue()
)
