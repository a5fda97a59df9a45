package cli

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// placeForm is how a passage is named: bytes of the canonical text of an article, at
// the current revision unless another one is named.
var placeForm = regexp.MustCompile(`^([^@:]+)(?:@([0-9a-f]+))?:([0-9]{1,9})-([0-9]{1,9})$`)

// placeText names a passage as placeOf reads it.
func placeText(p library.Place) string {
	return fmt.Sprintf("%s@%.12s:%d-%d", p.Article, p.Revision, p.Start, p.End)
}

// placeOf reads the name of a passage of what the guild is answered from.
func placeOf(ctx context.Context, b *bench.Bench, guild, text string) (library.Place, error) {
	found := placeForm.FindStringSubmatch(text)
	if found == nil {
		return library.Place{}, usageError{fmt.Sprintf("%.80q is no passage; write ARTICLE:START-END, as verbatim kb search prints it", text)}
	}
	start, err := strconv.Atoi(found[3])
	if err != nil {
		return library.Place{}, usageError{fmt.Sprintf("%q is no number of bytes", found[3])}
	}
	end, err := strconv.Atoi(found[4])
	if err != nil {
		return library.Place{}, usageError{fmt.Sprintf("%q is no number of bytes", found[4])}
	}
	all, err := b.Shelves.Articles(ctx, guild)
	if err != nil {
		return library.Place{}, fmt.Errorf("reading the articles: %w", err)
	}
	for _, a := range all {
		switch {
		case a.Slug != found[1]:
		case !strings.HasPrefix(string(a.Revision), found[2]):
			return library.Place{}, fmt.Errorf("%w: %q has changed since you looked at it; look for the passage again with verbatim kb search", article.ErrConflict, a.Slug)
		default:
			return library.Place{Article: a.Slug, Revision: a.Revision, Start: start, End: end}, nil
		}
	}
	return library.Place{}, fmt.Errorf("%w: the server is not answered from an article %q; verbatim kb list --guild %s lists them", article.ErrNotFound, found[1], guild)
}
