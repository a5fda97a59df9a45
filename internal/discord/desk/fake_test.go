package desk

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
)

// What the tests of all screens share.

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares a text with testdata/NAME.golden.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what is shown now; look at it, then run with -update:\n%s", path, got)
	}
}

// limits returns what of a reply Discord would refuse.
// Source: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
func limits(r Reply) []string {
	var wrong []string
	within := func(what, text string, least, most int) {
		if n := units(text); n < least || n > most {
			wrong = append(wrong, fmt.Sprintf("%s has %d characters, not %d to %d: %.60q", what, n, least, most, text))
		}
	}
	count := func(what string, n, least, most int) {
		if n < least || n > most {
			wrong = append(wrong, fmt.Sprintf("%d %s, not %d to %d", n, what, least, most))
		}
	}
	if set := (r.Show != nil) || r.Form != nil || r.Choices != nil; !set {
		return nil
	}
	if m := r.Show; m != nil {
		within("the content", m.Content, 0, 2000)
		total := 0
		for _, e := range m.Embeds {
			within("a title", e.Title, 0, 256)
			within("a description", e.Description, 0, 4096)
			total += units(e.Title) + units(e.Description)
			if strings.TrimSpace(e.Title+e.Description) == "" {
				wrong = append(wrong, "an empty embed")
			}
		}
		count("characters in embeds", total, 0, 6000)
		count("embeds", len(m.Embeds), 0, 10)
		count("rows", len(m.Rows), 0, 5)
		count("files", len(m.Files), 0, 10)
		size := 0
		for _, f := range m.Files {
			size += len(f.Data)
			within("a file's name", f.Name, 1, 250)
		}
		count("bytes of files", size, 0, 10<<20)
		ids := map[string]bool{}
		for _, row := range m.Rows {
			wrong = append(wrong, rowLimits(row, ids)...)
		}
	}
	if f := r.Form; f != nil {
		within("a form's id", f.ID, 1, 100)
		within("a form's title", f.Title, 1, 45)
		count("inputs", len(f.Inputs), 1, 5)
		for _, in := range f.Inputs {
			within("an input's id", in.ID, 1, 100)
			within("an input's label", in.Label, 1, 45)
			within("an input's hint", in.Hint, 0, 100)
			within("an input's value", in.Value, 0, 4000)
			if in.Max != 0 && units(in.Value) > in.Max {
				wrong = append(wrong, fmt.Sprintf("the value of %s is longer than may be typed", in.ID))
			}
		}
	}
	count("choices", len(r.Choices), 0, 25)
	for _, c := range r.Choices {
		within("a choice", c.Name, 1, 100)
		within("the value of a choice", c.Value, 1, 100)
	}
	return wrong
}

func rowLimits(row render.Row, ids map[string]bool) []string {
	var wrong []string
	bad := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	id := func(id string) {
		if units(id) < 1 || units(id) > 100 || ids[id] {
			bad("a custom id is empty, too long or used twice: %q", id)
		}
		ids[id] = true
	}
	if (row.Menu == nil) == (len(row.Buttons) == 0) || len(row.Buttons) > 5 {
		bad("a row has %d buttons and a menu: %v", len(row.Buttons), row.Menu != nil)
	}
	for _, b := range row.Buttons {
		id(b.ID)
		if units(b.Label) < 1 || units(b.Label) > 80 {
			bad("a label has %d characters: %q", units(b.Label), b.Label)
		}
	}
	m := row.Menu
	if m == nil {
		return wrong
	}
	id(m.ID)
	if own := m.Kind == 0 || m.Kind == render.MenuOwn; own && (len(m.Entries) < 1 || len(m.Entries) > 25) || units(m.Hint) > 150 {
		bad("a menu has %d entries and a hint of %d characters", len(m.Entries), units(m.Hint))
	}
	values := map[string]bool{}
	for _, e := range m.Entries {
		if units(e.Label) < 1 || units(e.Label) > 100 || units(e.Value) < 1 || units(e.Value) > 100 || units(e.Detail) > 100 || values[e.Value] {
			bad("an entry is out of bounds, or there twice: %+v", e)
		}
		values[e.Value] = true
	}
	return wrong
}

// drawn is a reply as people read it, for golden files: without custom ids.
func drawn(r Reply) string {
	var b strings.Builder
	if r.Beside {
		b.WriteString("(beside the message)\n")
	}
	if m := r.Show; m != nil {
		b.WriteString(drawnMessage(*m))
	}
	if f := r.Form; f != nil {
		fmt.Fprintf(&b, "form: %s\n", f.Title)
		for _, in := range f.Inputs {
			fmt.Fprintf(&b, "  %s (%s) required %v, at most %d\n    hint: %s\n    value: %q\n", in.Label, in.ID, in.Required, in.Max, in.Hint, in.Value)
		}
	}
	for _, c := range r.Choices {
		fmt.Fprintf(&b, "choice: %s = %s\n", c.Name, c.Value)
	}
	return b.String()
}

func drawnMessage(m api.Message) string {
	var b strings.Builder
	if m.Content != "" {
		b.WriteString(m.Content + "\n")
	}
	for _, e := range m.Embeds {
		if e.Title != "" {
			fmt.Fprintf(&b, "# %s\n\n", e.Title)
		}
		b.WriteString(e.Description + "\n")
	}
	for _, f := range m.Files {
		fmt.Fprintf(&b, "file: %s, %d bytes\n", f.Name, len(f.Data))
	}
	for _, row := range m.Rows {
		for _, button := range row.Buttons {
			fmt.Fprintf(&b, "[%s] ", button.Label)
		}
		if row.Menu != nil {
			fmt.Fprintf(&b, "menu %q", row.Menu.Hint)
			for _, e := range row.Menu.Entries {
				fmt.Fprintf(&b, "\n  %s | %s", e.Label, e.Detail)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
