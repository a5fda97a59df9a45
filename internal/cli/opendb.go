package cli

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/store"
)

// openStore opens the database for a command that is done soon.
func (p *Program) openStore(ctx context.Context) (*store.Store, error) {
	log := slog.New(slog.NewTextHandler(p.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return p.openStoreFor(ctx, log, nil)
}

// openStoreFor opens the database of VERBATIM_DATABASE, or the one in the user's
// data folder. A SQLite file is created when there is none, with the folders above
// it, which others cannot look into. failed hears of writes that the database could
// not do; nil for nobody.
func (p *Program) openStoreFor(ctx context.Context, log *slog.Logger, failed func(reason string)) (*store.Store, error) {
	url, err := p.databaseURL()
	if err != nil {
		return nil, err
	}
	if path, ok := strings.CutPrefix(url, sqlitePrefix); ok {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("%w: the folder of the database %s cannot be made: %w; set VERBATIM_DATABASE=sqlite:PATH to another place",
				article.ErrUnavailable, path, err)
		}
	}
	return store.Open(ctx, store.Config{URL: url, Now: p.Now, Log: log, WriteFailed: failed})
}

const sqlitePrefix = "sqlite:"

// databaseURL is VERBATIM_DATABASE, with the default file where it names none.
func (p *Program) databaseURL() (string, error) {
	setting := p.Getenv("VERBATIM_DATABASE")
	if rest, ok := strings.CutPrefix(setting, sqlitePrefix+"~/"); ok && p.Getenv("HOME") != "" {
		return sqlitePrefix + filepath.Join(p.Getenv("HOME"), rest), nil
	}
	if setting != "" && setting != sqlitePrefix {
		return setting, nil
	}
	path := p.defaultDatabase()
	if path == "" {
		return "", fmt.Errorf("%w: there is no home folder to keep the database in; set VERBATIM_DATABASE=sqlite:PATH", article.ErrInvalid)
	}
	if home := p.Getenv("HOME"); home != "" && strings.HasPrefix(path, home) && !isFolder(home) {
		return "", fmt.Errorf("%w: the home folder %s does not exist; set VERBATIM_DATABASE=sqlite:PATH", article.ErrInvalid, home)
	}
	return sqlitePrefix + path, nil
}
