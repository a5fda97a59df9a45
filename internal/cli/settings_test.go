package cli

import (
	"strings"
	"testing"

	"verbatim/internal/library"
)

const pondGuild = "123456789012345678"

// atDatabase returns a program with a database of its own.
func atDatabase(t *testing.T) (p *Program, out, errs interface{ String() string }) {
	t.Helper()
	path := t.TempDir() + "/verbatim.db"
	p, o, e := program("")
	p.Getenv = func(key string) string {
		if key == "VERBATIM_DATABASE" {
			return sqlitePrefix + path
		}
		return ""
	}
	return p, o, e
}

// TestSettings_broken has a value in the database that this version cannot read, as
// after a step back to an older one.
func TestSettings_broken(t *testing.T) {
	p, out, errs := atDatabase(t)
	s, err := p.openStore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"language": "tlh", "stale-days": "never", "paused": "on"} {
		if err := s.SetSetting(t.Context(), pondGuild, name, value, library.Act{Actor: library.Host}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if code := p.Run(t.Context(), []string{"verbatim", "settings", "get", "--guild", pondGuild}); code != exitOK {
		t.Fatalf("exit %d, %s", code, errs)
	}
	want := []string{
		`verbatim: note: stale-days: "never" will not do; write a whole number from 0 to 36500; until then the default holds`,
		`verbatim: note: language: there is no "tlh"; write en, de, es, fr or pt-BR; until then the default holds`,
	}
	if got := strings.TrimSpace(errs.String()); got != strings.Join(want, "\n") {
		t.Errorf("notes:\n%s", got)
	}
	for _, line := range []string{"language         set      en\n", "stale-days       set      1825\n", "paused           set      on\n"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("no line %q in\n%s", line, out)
		}
	}
}

func TestDatabaseURL(t *testing.T) {
	home := t.TempDir()
	for name, tc := range map[string]struct {
		env        map[string]string
		want, says string
	}{
		"given":        {map[string]string{"VERBATIM_DATABASE": "postgres://a@b/c"}, "postgres://a@b/c", ""},
		"home":         {map[string]string{"HOME": home}, "sqlite:" + home + "/.local/share/verbatim/verbatim.db", ""},
		"no path":      {map[string]string{"HOME": home, "VERBATIM_DATABASE": "sqlite:"}, "sqlite:" + home + "/.local/share/verbatim/verbatim.db", ""},
		"data folder":  {map[string]string{"HOME": "/no/such", "XDG_DATA_HOME": home}, "sqlite:" + home + "/verbatim/verbatim.db", ""},
		"tilde":        {map[string]string{"HOME": home, "VERBATIM_DATABASE": "sqlite:~/x.db"}, "sqlite:" + home + "/x.db", ""},
		"no such home": {map[string]string{"HOME": "/no/such"}, "", "the home folder /no/such does not exist"},
		"no home":      {nil, "", "there is no home folder"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &Program{Getenv: func(key string) string { return tc.env[key] }}
			got, err := p.databaseURL()
			if got != tc.want || (err != nil) != (tc.says != "") || err != nil && !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}
