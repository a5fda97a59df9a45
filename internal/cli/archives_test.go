package cli

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

// giving is how an archive arrives.
func giving(data []byte) func(context.Context) ([]byte, error) {
	return func(context.Context) ([]byte, error) { return data, nil }
}

// TestUploadedArchives are imported once somebody says so, without the trail and the
// settings that they bring, and the trail of the server names who did that.
func TestUploadedArchives(t *testing.T) {
	m := newMoment()
	from := tempStore(t, m)
	by := func(who string) library.Act { return library.Act{Actor: who} }
	if err := errors.Join(from.Bank().Put(t.Context(), movedGuild, "b", library.BankQuestion{Question: "?"}, by("223456789012345679")),
		from.SetSetting(t.Context(), movedGuild, "language", "de", by("223456789012345679"))); err != nil {
		t.Fatal(err)
	}
	data := exportBytes(t, from)
	s := tempStore(t, m)
	a := newArchives(s)
	held, o, err := a.Look(t.Context(), movedGuild, giving(data))
	if err != nil || o.Added["bank"] != 1 {
		t.Fatalf("%+v, %v", o, err)
	}
	if c, err := library.Contents(t.Context(), s, movedGuild); err != nil || c.Rows() != 0 {
		t.Errorf("looking changed %v, %v", c.Tables, err)
	}
	j, err := a.Import(t.Context(), movedGuild, held, by("223456789012345678"))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := a.Import(t.Context(), movedGuild, held, by("223456789012345678")); err != nil || again.ID != j.ID {
		t.Errorf("pressed twice: %+v, %v", again, err)
	}
	if err := a.Drop(t.Context(), movedGuild, held); !errors.Is(err, article.ErrConflict) {
		t.Errorf("dropped under way: %v", err)
	}
	if ended := runJobs(t, s, m, movedGuild); len(ended) != 1 || ended[0].State != jobs.Done {
		t.Fatalf("%+v", ended)
	}
	trail, err := s.Audit(t.Context(), movedGuild, 0, 10)
	if err != nil || len(trail) != 1 || trail[0].Actor != "223456789012345678" || trail[0].Action != library.ImportAction {
		t.Errorf("the trail is %+v, %v", trail, err)
	}
	set, err := s.Settings(t.Context(), movedGuild)
	if all, err2 := s.Bank().List(t.Context(), movedGuild); len(all) != 1 || len(set) != 0 || errors.Join(err, err2) != nil {
		t.Errorf("%d questions, settings %v, %v", len(all), set, errors.Join(err, err2))
	}
	nothingKept(t, s)
	if _, err := a.Import(t.Context(), movedGuild, held, by("223456789012345678")); !errors.Is(err, article.ErrNotFound) || !strings.Contains(err.Error(), "/kb import") {
		t.Errorf("imported from what is gone: %v", err)
	}
}

func TestArchivesThatAreLeftAreNotKept(t *testing.T) {
	m := newMoment()
	s := tempStore(t, m)
	a := newArchives(s)
	held, _, err := a.Look(t.Context(), movedGuild, giving(archiveOf(t, m)))
	if err != nil {
		t.Fatal(err)
	}
	h, err := readHeld(held)
	if err != nil || len(h.Pages) == 0 {
		t.Fatalf("%+v, %v", h, err)
	}
	if err := a.Drop(t.Context(), movedGuild, held); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Page(t.Context(), movedGuild, h.Pages[0]); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("it is kept: %v", err)
	}
	for _, wrong := range []string{"", "{}", `{"pages":[],"hash":"x"}`} {
		if err := a.Drop(t.Context(), movedGuild, wrong); !errors.Is(err, article.ErrNotFound) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

// TestOneArchiveIsReadAtATime, of all servers; who comes meanwhile is told so at once,
// and has a turn once the other has ended, also in failure.
func TestOneArchiveIsReadAtATime(t *testing.T) {
	a := newArchives(tempStore(t, newMoment()))
	_, _, err := a.Look(t.Context(), movedGuild, func(ctx context.Context) ([]byte, error) {
		_, _, err := a.Look(ctx, "another", func(context.Context) ([]byte, error) {
			t.Error("another archive is downloaded")
			return nil, nil
		})
		if !errors.Is(err, article.ErrConflict) || !strings.Contains(err.Error(), "nother library is being read just now. Try again in a minute") {
			t.Error(err)
		}
		return []byte("no zip"), nil
	})
	if !errors.Is(err, article.ErrInvalid) {
		t.Error(err)
	}
	if _, _, err := a.Look(t.Context(), "another", giving(bytes.Repeat([]byte("x"), 9))); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("the next one: %v", err)
	}
}

// TestCancellingIsEntered into the trail once, and only where it changes something.
func TestCancellingIsEntered(t *testing.T) {
	s := tempStore(t, newMoment())
	if _, _, err := s.Queue().Enqueue(t.Context(), movedGuild, jobs.Job{ID: "j1", Kind: importJob, Key: "k"}); err != nil {
		t.Fatal(err)
	}
	d := deskJobs{s.Queue(), s}
	for range 2 {
		if err := d.Cancel(t.Context(), movedGuild, "j1", library.Act{Actor: "223456789012345678"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Cancel(t.Context(), movedGuild, "none", library.Act{Actor: "223456789012345678"}); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("what is not there: %v", err)
	}
	wantNote(t, s, library.Entry{Action: "job.cancel", Subject: "library.import j1", Actor: "223456789012345678"})
	j, err := s.Queue().Job(t.Context(), movedGuild, "j1")
	if err != nil || j.State != jobs.Cancelled {
		t.Errorf("%+v, %v", j, err)
	}
}

// wantNote wants a trail of one entry.
func wantNote(t *testing.T, s *store.Store, want library.Entry) {
	t.Helper()
	trail, err := s.Audit(t.Context(), movedGuild, 0, 10)
	if err != nil || len(trail) != 1 || trail[0].Action != want.Action || trail[0].Subject != want.Subject || trail[0].Actor != want.Actor {
		t.Errorf("the trail is %+v, %v", trail, err)
	}
}
