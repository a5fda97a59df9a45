package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"verbatim/internal/store"
)

// errNoPostgres says why there is no cluster on this machine.
var errNoPostgres = errors.New("PostgreSQL cannot be started here")

// requirePostgres is the variable that turns a missing PostgreSQL into a failure.
const requirePostgres = "VERBATIM_REQUIRE_POSTGRES"

// Option changes how the cluster of this test process runs.
type Option func(*options)

type options struct{ fsync bool }

// Fsync makes the cluster wait for the disk as a real one does, for benchmarks.
func Fsync() Option { return func(o *options) { o.fsync = true } }

// shared is the cluster of this test process. It is a variable of the package since
// a cluster takes a second to make, and tests have nothing in common through which
// one could be handed on: TestMain is given no value that reaches them.
var shared server

// server is a cluster that is started at its first use.
type server struct {
	mu      sync.Mutex
	options options
	started bool
	cluster *cluster // nil when it could not be started
	err     error    // why
	admin   *sql.DB
	made    int // databases so far
}

// Run runs a package's tests, for its TestMain, and then stops the cluster if a test
// started one. A package that uses [Postgres] without it is only told nothing of
// options: the cluster ends with the process in any case.
func Run(m *testing.M, opts ...Option) int {
	for _, o := range opts {
		o(&shared.options)
	}
	defer shared.stop()
	return m.Run()
}

// Postgres returns the address of a new PostgreSQL database with up-to-date tables,
// which is dropped at the end of the test. The address also works in child processes.
func Postgres(t testing.TB) string {
	t.Helper()
	return shared.database(t, templateName)
}

// EmptyPostgres is [Postgres] for a database without tables.
func EmptyPostgres(t testing.TB) string {
	t.Helper()
	return shared.database(t, "template1")
}

// database makes a copy of a database.
func (s *server) database(t testing.TB, template string) string {
	t.Helper()
	name, err := s.copyOf(t.Context(), template)
	if errors.Is(err, errNoPostgres) && os.Getenv(requirePostgres) != "1" {
		t.Skipf("%v; set %s=1 to make this a failure", err, requirePostgres)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The test's context has ended by now.
		if err := s.exec(context.WithoutCancel(t.Context()), `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	return s.cluster.url(name)
}

func (s *server) copyOf(ctx context.Context, template string) (name string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(ctx); err != nil {
		return "", err
	}
	s.made++
	name = fmt.Sprintf("test%d", s.made)
	return name, s.exec(ctx, `CREATE DATABASE `+name+` TEMPLATE `+template)
}

// exec runs a statement of the cluster's administrator. It is given up after a
// minute: nothing that tests do takes that long.
func (s *server) exec(ctx context.Context, statement string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if _, err := s.admin.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// templateName is the database that others are copied from.
const templateName = "verbatim_template"

// start starts the cluster unless it runs, and makes the template.
func (s *server) start(ctx context.Context) error {
	if s.started {
		return s.err
	}
	s.started = true
	if s.cluster, s.err = startCluster(ctx, s.options); s.err != nil {
		return s.err
	}
	s.err = s.prepare(ctx)
	return s.err
}

func (s *server) prepare(ctx context.Context) (err error) {
	if s.admin, err = sql.Open("pgx", s.cluster.url("postgres")); err != nil {
		return err
	}
	s.admin.SetMaxOpenConns(1)
	if err := s.exec(ctx, `CREATE DATABASE `+templateName); err != nil {
		return err
	}
	template, err := store.Open(ctx, store.Config{URL: s.cluster.url(templateName), Now: func() time.Time { return time.UnixMilli(0) }})
	if err != nil {
		return err
	}
	return template.Close()
}

// stop stops the cluster, if there is one.
func (s *server) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.admin != nil {
		_ = s.admin.Close()
	}
	if s.cluster != nil {
		s.cluster.stop()
	}
}

// clusterUser is the administrator of the cluster.
const clusterUser = "verbatim"

// urlIn is the address of a database by the Unix socket in a folder.
func urlIn(folder, database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(clusterUser), Path: "/" + database}
	u.RawQuery = url.Values{"host": {folder}, "sslmode": {"disable"}}.Encode()
	return u.String()
}
