package render

// style is how a tier looks and what it forbids beside its cards.
type style struct {
	color     int  // 0xRRGGBB
	cardsOnly bool // nothing is shown but the cards
	private   bool // for the asker alone, where Discord can
}

// Colours of what is not a tier.
const (
	quoting = 0x1565C0
	Neutral = 0x607D8B
)

// styleOf returns the style of a tier by its name. The name of an unknown tier
// gets the style of no tier, as the cards are shown whatever the tier.
func styleOf(tier string) style {
	switch tier {
	case "crisis":
		return style{color: 0x7B1FA2, cardsOnly: true, private: true}
	case "emergency":
		return style{color: 0xD32F2F, cardsOnly: true}
	case "urgent":
		return style{color: 0xEF6C00}
	case "safety":
		return style{color: 0xF9A825}
	}
	return style{color: quoting}
}
