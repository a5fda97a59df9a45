package store

import (
	"context"
	"encoding/base64"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// KeepPage implements library.Pages. Keeping a page again makes it new: see Sweep.
func (s *Store) KeepPage(ctx context.Context, guild string, body []byte) (hash string, err error) {
	if len(body) > library.MaxPage {
		return "", fmt.Errorf("%w: a page of %d bytes where %d are allowed", article.ErrTooLarge, len(body), library.MaxPage)
	}
	hash = library.HashOf(string(body))
	text := base64.StdEncoding.EncodeToString(body)
	err = s.add(ctx, guild, func(t *tx) error {
		return t.exec(`INSERT INTO pages (guild, hash, body, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (guild, hash) DO UPDATE SET at = excluded.at`, guild, hash, text, millis(t.at))
	})
	if err != nil {
		return "", err
	}
	return hash, nil
}

// Page implements library.Pages.
func (s *Store) Page(ctx context.Context, guild, hash string) (body []byte, err error) {
	if err := checkTexts(maxKey, hash); err != nil {
		return nil, err
	}
	var text string
	err = s.read(ctx, guild, func(t *tx) error {
		err := t.row(`SELECT body FROM pages WHERE guild = $1 AND hash = $2`, guild, hash).Scan(&text)
		return missing(err, "page", hash)
	})
	if err != nil {
		return nil, err
	}
	if body, err = base64.StdEncoding.DecodeString(text); err != nil {
		return nil, asFault(err, faultDamaged, "a page in the database is damaged: restore a backup")
	}
	return body, nil
}
