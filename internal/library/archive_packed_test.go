package library

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

// packed is an archive as its files, in order.
type packed struct {
	t       testing.TB
	names   []string
	content map[string]string
}

// unpack takes an archive apart.
func unpack(t testing.TB, data []byte) *packed {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	p := &packed{t: t, content: map[string]string{}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		put(f.Name, string(text))(p)
	}
	return p
}

// pack puts it together again.
func (p *packed) pack() []byte {
	p.t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range p.names {
		text, there := p.content[name]
		if !there {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			p.t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			p.t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		p.t.Fatal(err)
	}
	return b.Bytes()
}

// find is the name of a file in a folder that holds a text.
func (p *packed) find(folder, text string) string {
	p.t.Helper()
	for _, name := range p.names {
		if strings.HasPrefix(name, folder) && strings.Contains(p.content[name], text) {
			return name
		}
	}
	p.t.Fatalf("no file of %s holds %q", folder, text)
	return ""
}

// Changes of an archive.

// put adds a file.
func put(name, text string) func(*packed) {
	return func(p *packed) {
		p.names = append(p.names, name)
		p.content[name] = text
	}
}

// fill gives a file another content.
func fill(name, text string) func(*packed) {
	return func(p *packed) { p.content[name] = text }
}

// drop takes a file out.
func drop(name string) func(*packed) {
	return func(p *packed) { delete(p.content, name) }
}

// dropHolding takes the file of a folder out that holds a text.
func dropHolding(folder, holding string) func(*packed) {
	return func(p *packed) { drop(p.find(folder, holding))(p) }
}

// edit changes a piece of a file that must be there.
func edit(name, old, text string) func(*packed) {
	return func(p *packed) {
		if !strings.Contains(p.content[name], old) {
			p.t.Fatalf("%s does not hold %q", name, old)
		}
		p.content[name] = strings.Replace(p.content[name], old, text, 1)
	}
}

// editHolding is edit for the file of a folder that holds a text.
func editHolding(folder, holding, old, text string) func(*packed) {
	return func(p *packed) { edit(p.find(folder, holding), old, text)(p) }
}
