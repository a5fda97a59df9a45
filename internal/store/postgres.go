package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"verbatim/internal/article"
)

const (
	postgresConns   = 8
	connIdle        = 5 * time.Minute
	postgresChannel = "verbatim" // of NOTIFY
)

// postgres is a database that several processes share.
type postgres struct {
	config *pgx.ConnConfig
	conns  int
}

func newPostgres(cfg Config) (*postgres, error) {
	config, err := pgx.ParseConfig(cfg.URL)
	if err != nil {
		// What pgx says quotes the address with its password.
		return nil, fmt.Errorf("%w: the address of the PostgreSQL database cannot be read: its form is postgres://user@host/name", article.ErrInvalid)
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "verbatim"
	}
	config.ConnectTimeout = cmp.Or(config.ConnectTimeout, 5*time.Second)
	config.DialFunc = dialer().DialContext
	return &postgres{config: config, conns: cmp.Or(cfg.Conns, postgresConns)}, nil
}

// silence is how long a connection may lie dead before it is given up.
const silence = 15 * time.Second

// dialer makes connections that notice when the other side is gone.
func dialer() *net.Dialer {
	return &net.Dialer{
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: silence / 3, Interval: silence / 3, Count: 2},
		Control:         giveUpSilent,
	}
}

func (*postgres) name() string { return "postgres" }
func (d *postgres) describe() string {
	return fmt.Sprintf("PostgreSQL database %s at %s", d.config.Database, d.config.Host)
}
func (*postgres) readOnly() bool { return false }
func (*postgres) clock() string {
	return "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"
}

func (*postgres) snapshot() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

// notify wakes whoever listens once the transaction commits.
func (*postgres) notify(ctx context.Context, t *sql.Tx) error {
	_, err := t.ExecContext(ctx, "SELECT pg_notify($1, '')", postgresChannel)
	return err
}

// linger lifts what impatient says from one transaction: who packs an archive may
// be busy with a page of it for a while, and keeps no row from anybody.
func (*postgres) linger(ctx context.Context, t *sql.Tx) error {
	_, err := t.ExecContext(ctx, "SET LOCAL idle_in_transaction_session_timeout = '1h'")
	return err
}

func (d *postgres) open(ctx context.Context) (writes, reads *sql.DB, err error) {
	db := stdlib.OpenDB(*d.config, stdlib.OptionAfterConnect(impatient))
	db.SetMaxOpenConns(d.conns)
	db.SetMaxIdleConns(d.conns)
	db.SetConnMaxIdleTime(connIdle)
	if err := db.PingContext(ctx); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, db, nil
}

// impatient makes the server end a transaction whose process does nothing, because
// it was stopped for a while: the rows that it locked are waited for by others. It
// is said after connecting, since poolers refuse it as a parameter of the start.
func impatient(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "SET idle_in_transaction_session_timeout = '10s'")
	return err
}

// temporary reports whether the transaction lost against another one.
func (*postgres) temporary(err error) bool {
	code := postgresCode(err)
	return code == "40001" || code == "40P01"
}

// postgresCode returns the SQLSTATE of an error, "" for any other error.
func postgresCode(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}

// classify turns a driver's error into one of ours.
// Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
func (*postgres) classify(err error) error {
	code := postgresCode(err)
	switch {
	case code == "" && isOffline(err):
		return asFault(err, faultUnreachable, "the database cannot be reached: check that its server runs")
	case code == "":
		return commonClass(err)
	case code == "23505":
		return asConflict(err)
	case code == "53100":
		return asFrozen(err, faultFull, "the disk with the database is full: make room on it")
	case code == "25006":
		return asFault(err, faultReadOnly, "the database takes no writes: check the server")
	case code == "57014": // by a limit of the server: who asked has not ended it
		return asFault(err, faultBusy, "the database server stopped the query: try again")
	case code == "25P03":
		return asFault(err, faultUnreachable, "the connection to the database was closed: try again")
	case code == "40001", code == "40P01", code == "55P03":
		return asFault(err, faultBusy, "others keep the database busy: try again")
	case code == "22021", code == "22P05":
		return fmt.Errorf("%w: a text that is not UTF-8, or that holds a NUL, cannot be kept", article.ErrInvalid)
	case code == "54000":
		return asTooLarge(err)
	case code == "28P01", code == "28000", code == "3D000", code == "42501":
		return asFault(err, faultUnreachable, "the database refuses this user: check user, password and name in VERBATIM_DATABASE")
	case strings.HasPrefix(code, "08"), strings.HasPrefix(code, "57P"), strings.HasPrefix(code, "53"):
		return asFault(err, faultUnreachable, "the database cannot be reached: check that its server runs")
	}
	return commonClass(err)
}

// isOffline reports whether there is no server to talk to.
func isOffline(err error) bool {
	if _, refused := errors.AsType[*pgconn.ConnectError](err); refused {
		return true
	}
	if pgconn.SafeToRetry(err) {
		return true // nothing could be sent any more
	}
	network, ok := errors.AsType[net.Error](err)
	return ok && !errors.Is(network, context.DeadlineExceeded) || errors.Is(err, io.ErrUnexpectedEOF)
}
