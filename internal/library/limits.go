package library

import (
	"fmt"

	"verbatim/internal/article"
)

// Limits of what moderators keep beside articles, beside [MaxDrafts].
const (
	// MaxGolden is how many golden questions a guild may keep: all of them are asked
	// twice before each publication.
	MaxGolden = 500
	// MaxPreferences is how many preferred passages a guild may keep: each question that
	// is asked is compared with all of them.
	MaxPreferences = 1000
)

// limited is how many rows of a table a guild may keep, and what they are called; 0 for
// any number.
func limited(table string) (most int, name string) {
	switch table {
	case "drafts":
		return MaxDrafts, "drafts"
	case "golden":
		return MaxGolden, "tests"
	case "preferences":
		return MaxPreferences, "preferred passages"
	}
	return 0, ""
}

// Room is ErrTooLarge when rows that are to be put into a table, beside those that are
// there, are more than a guild may keep.
func Room(table string, there, fresh int) error {
	most, name := limited(table)
	switch {
	case most == 0 || fresh == 0 || there+fresh <= most:
		return nil
	case fresh > most:
		return fmt.Errorf("%w: the archive has %d %s that this server does not have, and the limit is %d; delete some where the archive comes from, and export it again",
			article.ErrTooLarge, fresh, name, most)
	}
	return fmt.Errorf("%w: with those of the archive this server would have %d %s, and the limit is %d; delete %d of them here first, and import it again",
		article.ErrTooLarge, there+fresh, name, most, there+fresh-most)
}
