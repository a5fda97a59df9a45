// Package storetest holds what tests need of databases: temporary ones of both
// engines ([SQLite], [Postgres]), and the contract that every store keeps ([Suite]).
//
// PostgreSQL is started by the tests themselves: one cluster a test process, at the
// first use, which ends with the process however that ends. Where PostgreSQL is not
// installed, tests that need it are skipped, or fail when
// VERBATIM_REQUIRE_POSTGRES=1 is set, as it is in CI.
package storetest
