package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"verbatim/internal/store/storetest"
)

func TestLibpqAddress(t *testing.T) {
	for database, want := range map[string]string{
		"postgres://bot@db.example/verbatim":                                           "postgres://bot@db.example/verbatim",
		"postgresql://bot:p%40ss@db.example:5433/verbatim?sslmode=require":             "postgresql://bot@db.example:5433/verbatim?sslmode=require",
		"postgres:///verbatim?host=/run/pg&user=bot&password=hidden&sslpassword=h":     "postgres:///verbatim?host=%2Frun%2Fpg&user=bot",
		"postgres://a,b/v?pool_max_conns=4&default_query_exec_mode=exec&port=5432":     "postgres://a,b/v?port=5432",
		"postgres://db/v?statement_cache_capacity=1&min_read_buffer_size=2&sslmode=no": "postgres://db/v?sslmode=no",
		"mysql://bot:hidden@db.example/verbatim":                                       "",
		"postgres://bot:hid den@db.example/verbatim":                                   "",
	} {
		got, err := libpqAddress(database)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%s: %q, %v", database, got, err)
		}
		if err != nil && strings.Contains(err.Error(), "hid") {
			t.Errorf("the error gives the password away: %v", err)
		}
	}
}

func TestShellQuoted(t *testing.T) {
	for word, want := range map[string]string{"a b": "'a b'", "it's": `'it'\''s'`, "$(x)": "'$(x)'", "": "''"} {
		if got := shellQuoted(word); got != want {
			t.Errorf("%q: %s, want %s", word, got, want)
		}
	}
}

func TestSizeText(t *testing.T) {
	for bytes, want := range map[int64]string{1: "1 KiB", 4096: "4 KiB", 10<<20 - 1: "10240 KiB", 10 << 20: "10 MiB", 10<<20 + 1: "11 MiB"} {
		if got := sizeText(bytes); got != want {
			t.Errorf("%d: %s, want %s", bytes, got, want)
		}
	}
}

// TestPostgresLines runs the lines that backup and restore print for PostgreSQL.
func TestPostgresLines(t *testing.T) {
	database := storetest.Postgres(t)
	for _, tool := range []string{"sh", "pg_dump", "pg_restore"} {
		switch _, err := exec.LookPath(tool); {
		case err != nil && os.Getenv("VERBATIM_REQUIRE_POSTGRES") == "1":
			t.Fatal(err)
		case err != nil:
			t.Skipf("%v; set VERBATIM_REQUIRE_POSTGRES=1 to make this a failure", err)
		}
	}
	const guild = "123456789012345678"
	dir := t.TempDir()
	file := filepath.Join(dir, "it's a copy.dump")
	env := map[string]string{"VERBATIM_DATABASE": database, "VERBATIM_KEY_FILE": filepath.Join(dir, "k")}
	run := func(args ...string) string {
		t.Helper()
		p, out, errs := program("")
		p.Getenv = func(name string) string { return env[name] }
		if code := p.Run(t.Context(), append([]string{"verbatim"}, args...)); code != exitOK {
			t.Fatalf("%q: exit %d, %s", args, code, errs)
		}
		return out.String()
	}
	shell := func(line string) {
		t.Helper()
		if text, err := exec.CommandContext(t.Context(), "sh", "-c", line).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", line, err, text)
		}
	}
	run("settings", "set", "--guild", guild, "retention-days", "90")
	shell(run("backup", file))
	run("settings", "set", "--guild", guild, "retention-days", "30")
	shell(run("restore", file))
	if got := run("settings", "get", "--guild", guild, "retention-days"); got != "90\n" {
		t.Errorf("after the restore: %q", got)
	}
	run("settings", "set", "--guild", guild, "retention-days", "31") // the tables are all there

	env["VERBATIM_DATABASE"] = storetest.EmptyPostgres(t) // a new machine
	shell(run("restore", file))
	if got := run("settings", "get", "--guild", guild, "retention-days"); got != "90\n" {
		t.Errorf("on a new machine: %q", got)
	}
}

func TestKeyFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the paths are those of Unix")
	}
	home := t.TempDir()
	for name, tc := range map[string]struct {
		env  map[string]string
		want string
	}{
		"named":              {map[string]string{"VERBATIM_KEY_FILE": "/k", "HOME": home}, "/k"},
		"beside SQLite":      {map[string]string{"VERBATIM_DATABASE": "sqlite:/data/my.db", "HOME": home}, "/data/verbatim.key"},
		"beside the default": {map[string]string{"HOME": home}, home + "/.local/share/verbatim/verbatim.key"},
		"with PostgreSQL":    {map[string]string{"VERBATIM_DATABASE": "postgres://db/v", "XDG_DATA_HOME": "/x"}, "/x/verbatim/verbatim.key"},
		"nowhere":            {map[string]string{"VERBATIM_DATABASE": "postgres://db/v"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, _, _ := program("")
			p.Getenv = func(name string) string { return tc.env[name] }
			got, err := p.keyFile()
			if got != tc.want || (err != nil) != (tc.want == "") {
				t.Errorf("%q, %v; want %q", got, err, tc.want)
			}
		})
	}
}

func TestOpenKeyring(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "k")
	p, _, _ := program("")
	p.Getenv = func(name string) string { return map[string]string{"VERBATIM_KEY_FILE": path}[name] }
	first, err := p.openKeyring()
	if err != nil {
		t.Fatal(err)
	}
	again, err := p.openKeyring()
	if err != nil || first.MAC("member") != again.MAC("member") || first.Keys()[0].Created.String() != "2026-12-01" {
		t.Errorf("opened again: %v", err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
