package safety

import "fmt"

// tierNames holds the names of the tiers as the data, the command line and JSON
// write them, indexed by Tier.
var tierNames = [...]string{"none", "safety", "urgent", "emergency", "crisis"}

// String returns the name of the tier, such as "urgent".
func (t Tier) String() string {
	if int(t) < len(tierNames) {
		return tierNames[t]
	}
	return fmt.Sprintf("tier(%d)", uint8(t))
}

// ParseTier returns the tier with the given name. Its error wraps [ErrInvalid].
func ParseTier(name string) (Tier, error) {
	for i, n := range tierNames {
		if n == name {
			return Tier(i), nil
		}
	}
	return TierNone, fmt.Errorf("%w: tier %q; use none, safety, urgent, emergency or crisis", ErrInvalid, name)
}

// MarshalText implements [encoding.TextMarshaler].
func (t Tier) MarshalText() ([]byte, error) {
	if int(t) >= len(tierNames) {
		return nil, fmt.Errorf("%w: %s", ErrInvalid, t)
	}
	return []byte(tierNames[t]), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]. Its error wraps [ErrInvalid].
func (t *Tier) UnmarshalText(text []byte) error {
	parsed, err := ParseTier(string(text))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}
