package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/keyring"
	"verbatim/internal/store"
)

// databaseFile is the name of the default SQLite file.
const databaseFile = "verbatim.db"

// databaseTimeout bounds the look at a database on another machine.
const databaseTimeout = 3 * time.Second

// databaseLook is what was seen of the database.
type databaseLook struct {
	store.Examination
	file string // of SQLite
	err  error
}

// lookAtDatabase looks at the database as it is, and makes none.
func (p *Program) lookAtDatabase(ctx context.Context) databaseLook {
	address, err := p.databaseURL()
	if err != nil {
		return databaseLook{err: err}
	}
	file, isFile := strings.CutPrefix(address, sqlitePrefix)
	if !isFile {
		file = ""
		within, cancel := context.WithTimeout(ctx, databaseTimeout)
		defer cancel()
		ctx = within
	}
	e, err := store.Examine(ctx, store.Config{URL: address})
	return databaseLook{e, file, err}
}

func checkDatabase(look databaseLook) finding {
	const name = "database"
	switch {
	case errors.Is(look.err, context.DeadlineExceeded):
		return finding{bad, name, fmt.Sprintf("no answer within %s: check VERBATIM_DATABASE and whether the server runs", databaseTimeout)}
	case errors.Is(look.err, article.ErrNotFound) && look.file != "":
		return checkFolder(name, look.file, "VERBATIM_DATABASE=sqlite:PATH")
	case look.err != nil:
		return finding{bad, name, plainError(look.err)}
	}
	return examined(name, look.Examination)
}

// examined says how a database is that can be read.
func examined(name string, e store.Examination) finding {
	text := e.Name + ", " + e.Engine
	if e.Journal != "" {
		text += ", journal " + e.Journal
	}
	if e.Version == 0 {
		text += ": nothing is kept there yet"
	} else {
		text += fmt.Sprintf(": version %d, %s, %s, %s", e.Version,
			counted(int(e.Guilds), "server"), counted(int(e.Articles), "article"), counted(int(e.Answers), "posted answer"))
	}
	switch {
	case e.Frozen != "":
		return finding{warn, name, text + "; nothing new can be kept: " + e.Frozen}
	case e.Version != 0 && e.Version < e.Known:
		return finding{warn, name, text + fmt.Sprintf("; verbatim serve will bring it to version %d: make a backup before", e.Known)}
	}
	return finding{good, name, text}
}

// checkKeyFile looks at the key file, and makes none. inUse is the fingerprint of
// the key that the database was used with, empty when none is known.
func (p *Program) checkKeyFile(inUse string) finding {
	const name = "key file"
	path, err := p.keyFile()
	if err != nil {
		return finding{bad, name, plainError(err)}
	}
	ring, err := keyring.Load(path)
	switch {
	case errors.Is(err, article.ErrNotFound) && inUse != "":
		return finding{bad, name, path + " is missing, and the database was used with one: put the copy back, or run verbatim key rotate when it is lost"}
	case errors.Is(err, article.ErrNotFound):
		return checkFolder(name, path, "VERBATIM_KEY_FILE")
	case err != nil:
		return finding{bad, name, plainError(err)}
	case inUse != "" && !ring.Recognises(inUse):
		return finding{bad, name, path + " is not the one that the database was used with: put the copy back, or run verbatim key rotate when it is lost"}
	}
	keys := ring.Keys()
	return finding{good, name, fmt.Sprintf("%s: %s, the newest of %s", path, counted(len(keys), "key"), keys[0].Created)}
}

// defaultDatabase is in the user's data folder by the XDG base directory rules.
func (p *Program) defaultDatabase() string {
	if dir := p.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "verbatim", databaseFile)
	}
	if home := p.Getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "share", "verbatim", databaseFile)
	}
	if dir := p.Getenv("LocalAppData"); dir != "" {
		return filepath.Join(dir, "verbatim", databaseFile)
	}
	return ""
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// checkFolder reports whether a file that is not there yet can be made: whether the
// nearest existing folder above path takes files. setting moves it elsewhere.
func checkFolder(name, path, setting string) finding {
	dir := filepath.Dir(path)
	for {
		info, err := os.Stat(dir)
		if err == nil && info.IsDir() {
			break
		}
		parent := filepath.Dir(dir)
		if err == nil || parent == dir {
			return finding{bad, name, dir + " is not a folder: set " + setting + " to another place"}
		}
		dir = parent
	}
	probe, err := os.CreateTemp(dir, ".verbatim-doctor-*")
	if err != nil {
		return finding{bad, name, dir + " cannot be written: change its permissions or set " + setting}
	}
	_ = probe.Close()
	_ = os.Remove(probe.Name())
	return finding{good, name, path + " is not there yet, and can be made"}
}
