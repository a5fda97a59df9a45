package api_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
)

// TestDownload fetches attachments: whole or not at all, and from Discord alone.
func TestDownload(t *testing.T) {
	t.Parallel()
	var authorised bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		authorised = authorised || r.Header.Get("Authorization") != ""
		if strings.HasSuffix(r.URL.Path, "gone") {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		fmt.Fprint(w, "0123456789")
	}))
	defer server.Close()
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := api.New(base, "a.b.c", api.Options{})
	defer client.Close()
	for name, test := range map[string]struct {
		address string
		limit   int64
		want    error
	}{
		"whole":           {server.URL + "/attachments/1/a.md", 10, nil},
		"too large":       {server.URL + "/attachments/1/a.md", 9, article.ErrTooLarge},
		"gone":            {server.URL + "/attachments/1/gone", 10, article.ErrUnavailable},
		"elsewhere":       {"https://example.org/a.md", 10, article.ErrInvalid},
		"without TLS":     {"http://cdn.discordapp.com/a.md", 10, article.ErrInvalid},
		"a lookalike":     {"https://cdn.discordapp.com.example.org/a.md", 10, article.ErrInvalid},
		"with a password": {"https://me:secret@cdn.discordapp.com/a.md", 10, article.ErrInvalid},
		"no address":      {"::", 10, article.ErrInvalid},
	} {
		data, err := client.Download(t.Context(), test.address, test.limit)
		if !errors.Is(err, test.want) || test.want == nil && string(data) != "0123456789" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	if authorised {
		t.Error("the bot's token is sent along")
	}
}
