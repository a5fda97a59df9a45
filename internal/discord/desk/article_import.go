package desk

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// importFile takes an article, or a whole library, from a file.
func (d *Desk) importFile(ctx context.Context, u Use) (Reply, error) {
	if u.File == nil {
		return say("Attach the file: /kb import file: with a .md, .markdown or .txt file, or a .zip that /kb export made."), nil
	}
	if strings.EqualFold(path.Ext(u.File.Name), ".zip") {
		return d.importArchive(ctx, u)
	}
	source, err := u.articleFile(ctx)
	if err != nil {
		return Reply{}, err
	}
	return d.previewed(ctx, u, bench.Submission{Source: source, File: u.File.Name}), nil
}

// articleFile downloads a file with an article. It is checked by its name and by its
// declared size first, then by what arrives.
func (u Use) articleFile(ctx context.Context) (source string, err error) {
	if !isText(u.File.Name) {
		return "", fmt.Errorf("%w: this file cannot be read yet: %s. Give a .md, .markdown or .txt file, or give /kb import a .zip that /kb export made. "+
			"PDF, Word and web pages come later: until then, copy the text into a .txt file", article.ErrInvalid, cut(u.File.Name, 80))
	}
	data, err := u.fetch(ctx, library.MaxArticleSource, "split the article into several, or take out what is no text")
	if err != nil {
		return "", err
	}
	source, err = article.DecodeText(u.File.Name, data)
	if err != nil {
		return "", fmt.Errorf("%w: the file %s is no plain text. %s Most editors offer UTF-8 under “Save as”, at “Encoding”", article.ErrInvalid, cut(u.File.Name, 80), faults(err)[0])
	}
	return source, nil
}

// fetch downloads the attachment, of at most limit bytes.
func (u Use) fetch(ctx context.Context, limit int64, advice string) ([]byte, error) {
	tooLarge := func(size string) error {
		return fmt.Errorf("%w: the file %s is too large%s; the limit is %s. To go on, %s", article.ErrTooLarge, cut(u.File.Name, 80), size, sizeOf(limit), advice)
	}
	if u.File.Size > limit {
		return nil, tooLarge(", at " + sizeOf(u.File.Size))
	}
	data, err := u.Fetch(ctx, *u.File, limit)
	switch {
	case errors.Is(err, article.ErrTooLarge):
		return nil, tooLarge("")
	case err != nil:
		return nil, fmt.Errorf("attachment: %w", err)
	}
	return data, nil
}

// isText reports whether a file is one of those that articles are read from.
func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".txt":
		return true
	}
	return false
}

// sizeOf is a number of bytes for people, rounded up.
func sizeOf(n int64) string {
	in := func(unit float64) string {
		return strings.TrimSuffix(fmt.Sprintf("%.1f", math.Ceil(float64(n)/unit*10)/10), ".0")
	}
	switch {
	case n >= 1<<20:
		return in(1<<20) + " MiB"
	case n >= 1<<10:
		return in(1<<10) + " KiB"
	}
	return counted(int(n), "byte", "bytes")
}
