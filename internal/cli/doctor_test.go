package cli

import (
	"context"
	"errors"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/search"
	"verbatim/internal/store"
)

// blind is a library that has articles and finds nothing in them.
type blind struct {
	failing
	articles []*article.Article
}

func (b blind) Articles() []*article.Article { return b.articles }
func (blind) Find(context.Context, search.Query) (search.Result, error) {
	return search.Result{}, nil
}

// broken is one whose index is gone.
type broken struct{ blind }

func (broken) Find(context.Context, search.Query) (search.Result, error) {
	return search.Result{}, errGone
}

func TestSearchable(t *testing.T) {
	e := open(t)
	if err := searchable(t.Context(), e.index); err != nil {
		t.Error(err)
	}
	shipped := blind{articles: e.index.Articles()}
	if err := searchable(t.Context(), broken{shipped}); !errors.Is(err, errGone) {
		t.Errorf("a broken index: %v", err)
	}
	if err := searchable(t.Context(), shipped); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("an index that finds nothing: %v", err)
	}
	if err := searchable(t.Context(), blind{articles: []*article.Article{{}}}); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("an article without a passage: %v", err)
	}
}

func TestDoctorFindings(t *testing.T) {
	database := func(p *Program) finding { return checkDatabase(p.lookAtDatabase(t.Context())) }
	for _, tc := range []struct {
		env   map[string]string
		check func(*Program) finding
		level level
		want  string
	}{
		{map[string]string{"HOME": "/no/such/home"}, database, bad, "home folder /no/such/home does not exist"},
		{map[string]string{"HOME": "/no/such/home", "VERBATIM_DATABASE": "sqlite:" + t.TempDir() + "/new/a.db"}, database, good, "not there yet, and can be made"},
		{map[string]string{"VERBATIM_DISCORD_API": "ftp://x"}, (*Program).checkConfiguration, bad, "must begin with https://"},
		{map[string]string{"VERBATIM_SHARDS": "many"}, (*Program).checkConfiguration, bad, "VERBATIM_SHARDS"},
		{map[string]string{"VERBATIM_LEASE_TTL": "30"}, (*Program).checkConfiguration, bad, "such as 30s"},
		{map[string]string{"VERBATIM_INDEX_MEMORY": "-1"}, (*Program).checkConfiguration, bad, "such as 256MB"},
		{map[string]string{"VERBATIM_METRICS": "9464"}, (*Program).checkConfiguration, bad, "VERBATIM_METRICS: \"9464\" is not an address of the form host:port"},
		{map[string]string{"VERBATIM_METRICS": ":9464", "VERBATIM_SHARDS": "4"}, (*Program).checkConfiguration, good, "defaults"},
		{map[string]string{"VERBATIM_DISCORD_API": "ftp://x"}, func(p *Program) finding { return p.checkReach(t.Context(), "a.b.c") }, warn, "not tried"},
	} {
		p := &Program{Getenv: func(key string) string { return tc.env[key] }}
		if got := tc.check(p); got.level != tc.level || !strings.Contains(got.detail, tc.want) {
			t.Errorf("%v: %+v, want %s %q", tc.env, got, tc.level, tc.want)
		}
	}
}

func TestExamined(t *testing.T) {
	e := store.Examination{Name: "PostgreSQL database v at h", Engine: "PostgreSQL 15.4", Known: 3}
	pending, frozen, sound := e, e, e
	pending.Version, frozen.Version, sound.Version = 2, 3, 3
	frozen.Frozen = "the disk is full"
	for name, tc := range map[string]struct {
		store.Examination
		level level
		want  string
	}{
		"new":     {e, good, "PostgreSQL database v at h, PostgreSQL 15.4: nothing is kept there yet"},
		"pending": {pending, warn, "verbatim serve will bring it to version 3: make a backup before"},
		"frozen":  {frozen, warn, "nothing new can be kept: the disk is full"},
		"sound":   {sound, good, "PostgreSQL database v at h, PostgreSQL 15.4: version 3, 0 servers, 0 articles, 0 posted answers"},
	} {
		if got := examined("database", tc.Examination); got.level != tc.level || !strings.HasSuffix(got.detail, tc.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
