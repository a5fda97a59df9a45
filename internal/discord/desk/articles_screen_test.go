package desk

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/library"
)

// screen drives a desk as a moderator does, and holds every reply against Discord's limits.
type screen struct {
	t      testing.TB
	desk   *Desk
	books  *books
	log    *bytes.Buffer
	files  map[string]string // what can be downloaded, by address
	last   Reply
	err    error
	member string
	set    library.Settings
}

func newScreen(t testing.TB) *screen {
	t.Helper()
	b := newBooks(t)
	s := &screen{t: t, books: b, log: &bytes.Buffer{}, files: map[string]string{}, member: alice, set: library.DefaultSettings()}
	s.desk = New(Config{
		Bench: b, Articles: b, Archives: b, Jobs: fakeJobs{b}, Reader: fakeReader{b}, Now: noon,
		Log: slog.New(slog.NewTextHandler(s.log, nil)),
	})
	return s
}

// seal makes a custom id that can be read again.
func (s *screen) seal(a Action, on string, page int) string {
	if len(on) > MaxOn || page < 0 || page > 1<<16-1 {
		s.t.Errorf("action %q holds %d bytes, page %d", a, len(on), page)
		return ""
	}
	return fmt.Sprintf("%c%05d%s", a, page, hex.EncodeToString([]byte(on)))
}

func (s *screen) use() Use {
	return Use{Guild: pondGuild, Channel: "1", Member: s.member, Settings: s.set, Seal: s.seal, Fetch: func(_ context.Context, a Attachment, limit int64) ([]byte, error) {
		if int64(len(s.files[a.URL])) > limit {
			return nil, fmt.Errorf("%w: more than %d bytes", article.ErrTooLarge, limit)
		}
		text, ok := s.files[a.URL]
		if !ok {
			return nil, errors.New("no such file")
		}
		return []byte(text), nil
	}}
}

func (s *screen) run(u Use) *screen {
	s.t.Helper()
	s.last, s.err = s.desk.Run(s.t.Context(), u)
	for _, wrong := range limits(s.last) {
		s.t.Errorf("beyond Discord's limits: %s", wrong)
	}
	if s.last.Show == nil && s.last.Form == nil {
		s.t.Fatalf("nothing is shown: %v", s.err)
	}
	return s
}

// kb uses a subcommand, with its options in pairs of name and value.
func (s *screen) kb(sub string, options ...string) *screen {
	s.t.Helper()
	u := s.use()
	u.Command, u.Sub, u.Texts = CommandKB, sub, map[string]string{}
	for i := 0; i+1 < len(options); i += 2 {
		if options[i] == optFile {
			name, text, _ := strings.Cut(options[i+1], "=")
			s.files["https://files/"+name] = text
			u.File = &Attachment{Name: name, URL: "https://files/" + name, Size: int64(len(text))}
			continue
		}
		u.Texts[options[i]] = options[i+1]
	}
	return s.run(u)
}

// opened is the use that a custom id stands for.
func (s *screen) opened(id string) Use {
	s.t.Helper()
	u := s.use()
	on, err := hex.DecodeString(id[6:])
	if err != nil {
		s.t.Fatal(err)
	}
	u.Action, u.On = Action(id[0]), string(on)
	if _, err := fmt.Sscanf(id[1:6], "%d", &u.Page); err != nil {
		s.t.Fatal(err)
	}
	return u
}

// press presses the button with that label.
func (s *screen) press(label string) *screen {
	s.t.Helper()
	for _, row := range s.shown().Rows {
		for _, b := range row.Buttons {
			if b.Label == label {
				return s.run(s.opened(b.ID))
			}
		}
	}
	s.t.Fatalf("there is no button %q in\n%s", label, drawn(s.last))
	return s
}

// choose chooses the entry of the menu whose label begins like that.
func (s *screen) choose(label string) *screen {
	s.t.Helper()
	for _, row := range s.shown().Rows {
		if row.Menu == nil {
			continue
		}
		for _, e := range row.Menu.Entries {
			if strings.HasPrefix(e.Label, label) {
				u := s.opened(row.Menu.ID)
				u.Values = []string{e.Value}
				return s.run(u)
			}
		}
	}
	s.t.Fatalf("there is no entry %q in\n%s", label, drawn(s.last))
	return s
}

// fill fills in the form that is shown, with pairs of input and text, and sends it.
func (s *screen) fill(inputs ...string) *screen {
	s.t.Helper()
	if s.last.Form == nil {
		s.t.Fatalf("there is no form:\n%s", drawn(s.last))
	}
	u := s.opened(s.last.Form.ID)
	u.Form, u.Inputs = true, map[string]string{}
	for _, in := range s.last.Form.Inputs {
		u.Inputs[in.ID] = in.Value
	}
	for i := 0; i+1 < len(inputs); i += 2 {
		u.Inputs[inputs[i]] = inputs[i+1]
	}
	return s.run(u)
}

func (s *screen) shown() api.Message {
	s.t.Helper()
	if s.last.Show == nil {
		s.t.Fatalf("no message is shown:\n%s", drawn(s.last))
	}
	return *s.last.Show
}

// says checks that the last reply shows each of the texts.
func (s *screen) says(texts ...string) *screen {
	s.t.Helper()
	got := drawn(s.last)
	for _, text := range texts {
		if !strings.Contains(got, text) {
			s.t.Errorf("%q is missing in\n%s", text, got)
		}
	}
	return s
}

// without checks that the last reply shows none of the texts.
func (s *screen) without(texts ...string) *screen {
	s.t.Helper()
	got := drawn(s.last)
	for _, text := range texts {
		if strings.Contains(got, text) {
			s.t.Errorf("%q is shown in\n%s", text, got)
		}
	}
	return s
}

// file returns an attached file.
func (s *screen) file(name string) string {
	s.t.Helper()
	for _, f := range s.shown().Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	s.t.Fatalf("no file %q in\n%s", name, drawn(s.last))
	return ""
}
