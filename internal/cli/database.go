package cli

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// databaseFile is the name of the default SQLite file.
const databaseFile = "verbatim.db"

// checkDatabase looks at where VERBATIM_DATABASE points, without creating it.
func (p *Program) checkDatabase() finding {
	const name = "database"
	setting := p.Getenv("VERBATIM_DATABASE")
	switch {
	case strings.HasPrefix(setting, "postgres://"), strings.HasPrefix(setting, "postgresql://"):
		u, err := url.Parse(setting)
		if err != nil || u.Host == "" {
			return finding{bad, name, "VERBATIM_DATABASE is not a PostgreSQL address of the form postgres://user@host/name"}
		}
		return finding{good, name, "PostgreSQL at " + u.Host + "; this version keeps nothing there yet"}
	case setting != "" && !strings.HasPrefix(setting, "sqlite:"):
		return finding{bad, name, "VERBATIM_DATABASE must be sqlite:PATH or postgres://..."}
	}
	path := strings.TrimPrefix(setting, "sqlite:")
	if path == "" {
		path = p.defaultDatabase()
		if home := p.Getenv("HOME"); home != "" && strings.HasPrefix(path, home) && !isFolder(home) {
			return finding{bad, name, "the home folder " + home + " does not exist: set VERBATIM_DATABASE=sqlite:PATH"}
		}
	}
	if path == "" {
		return finding{bad, name, "there is no home folder to put it in: set VERBATIM_DATABASE=sqlite:PATH"}
	}
	return checkFolder(name, path)
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

// checkFolder reports whether the nearest existing folder above path takes files.
func checkFolder(name, path string) finding {
	dir := filepath.Dir(path)
	for {
		info, err := os.Stat(dir)
		if err == nil && info.IsDir() {
			break
		}
		parent := filepath.Dir(dir)
		if err == nil || parent == dir {
			return finding{bad, name, dir + " is not a folder: set VERBATIM_DATABASE=sqlite:PATH to another place"}
		}
		dir = parent
	}
	probe, err := os.CreateTemp(dir, ".verbatim-doctor-*")
	if err != nil {
		return finding{bad, name, dir + " cannot be written: change its permissions or set VERBATIM_DATABASE=sqlite:PATH"}
	}
	_ = probe.Close()
	_ = os.Remove(probe.Name())
	return finding{good, name, path + " can be written; this version keeps nothing there yet"}
}
