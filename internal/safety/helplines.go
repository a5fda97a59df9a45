package safety

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of a community's own helplines: two, so that the general ones keep their
// place on the card, each short enough to be read at a glance.
const (
	maxHelplines     = 2
	maxHelplineRunes = 120
)

// WithHelplines returns the same rules with a community's own helplines first on
// every crisis card, at most two, each one line of at most 120 characters. The
// card keeps four bullets; its last ones give way. Where somebody writes is no
// sign of where they are, so the general lines stay. Other input is ErrInvalid.
func (r *Rules) WithHelplines(lines []string) (*Rules, error) {
	if len(lines) > maxHelplines {
		return nil, fmt.Errorf("%w: %d helplines, and a card has room for %d", ErrInvalid, len(lines), maxHelplines)
	}
	for _, line := range lines {
		if strings.TrimSpace(line) == "" || strings.ContainsAny(line, "\r\n") || utf8.RuneCountInString(line) > maxHelplineRunes {
			return nil, fmt.Errorf("%w: helpline %q must be one line of 1 to %d characters", ErrInvalid, line, maxHelplineRunes)
		}
	}
	with := *r
	with.helplines = slices.Clone(lines)
	return &with, nil
}

// withHelplines puts the helplines in front of a crisis card's own bullets.
func (r *Rules) withHelplines(cards []Card) []Card {
	for i := range cards {
		bullets := slices.Concat(r.helplines, cards[i].Bullets)
		cards[i].Bullets = bullets[:min(maxBullets, len(bullets))]
	}
	return cards
}
