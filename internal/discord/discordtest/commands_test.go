package discordtest_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestCommandRules(t *testing.T) {
	tests := map[string]struct{ body, violation string }{
		"capital letter":       {`[{"name":"Ask","description":"d"}]`, "0.name"},
		"space":                {`[{"name":"a b","description":"d"}]`, "0.name"},
		"too long":             {`[{"name":"` + strings.Repeat("a", 33) + `","description":"d"}]`, "0.name"},
		"no description":       {`[{"name":"ask","description":""}]`, "0.description"},
		"long description":     {`[{"name":"ask","description":"` + strings.Repeat("a", 101) + `"}]`, "100 or fewer"},
		"twice":                {`[{"name":"ask","description":"d"},{"name":"ask","description":"d"}]`, "unique"},
		"required after":       {`[{"name":"ask","description":"d","options":[{"type":5,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}]}]`, "before non-required"},
		"max_length too large": {`[{"name":"ask","description":"d","options":[{"type":3,"name":"a","description":"d","max_length":6001}]}]`, "6000"},
		"option in a menu":     {`[{"type":3,"name":"Answer this","options":[{"type":5,"name":"a","description":"d"}]}]`, "cannot have description"},
		"described menu":       {`[{"type":3,"name":"Answer this","description":"d"}]`, "cannot have description"},
		"unknown locale":       {`[{"name":"ask","description":"d","name_localizations":{"xx":"frage"}}]`, "not a locale"},
		"bad translation":      {`[{"name":"ask","description":"d","name_localizations":{"de":"Frage"}}]`, "name_localizations.de"},
		"long translation":     {`[{"name":"ask","description":"d","description_localizations":{"de":"` + strings.Repeat("a", 101) + `"}}]`, "100 or fewer"},
		"permissions in words": {`[{"name":"ask","description":"d","default_member_permissions":"all"}]`, "not a bit set"},
		"choices and typing":   {`[{"name":"ask","description":"d","options":[{"type":3,"name":"a","description":"d","autocomplete":true,"choices":[{"name":"x","value":"x"}]}]}]`, "mutually exclusive"},
		"26 choices":           {`[{"name":"ask","description":"d","options":[{"type":3,"name":"a","description":"d","choices":[` + times(26, `{"name":"x","value":"x"}`) + `]}]}]`, "25 or fewer"},
		"typed boolean":        {`[{"name":"ask","description":"d","options":[{"type":5,"name":"a","description":"d","autocomplete":true}]}]`, "neither choices"},
		"mixed with a sub":     {`[{"name":"ask","description":"d","options":[{"type":1,"name":"a","description":"d"},{"type":5,"name":"b","description":"d"}]}]`, "cannot be mixed"},
		"too large":            {`[{"name":"ask","description":"d","options":[` + large("a") + `,` + large("b") + `]}]`, "maximum size (8000)"},
		"16 menus":             {`[` + sixteenMenus() + `]`, "Maximum number"},
		"option twice":         {`[{"name":"ask","description":"d","options":[{"type":5,"name":"a","description":"d"},{"type":5,"name":"a","description":"d"}]}]`, "already exists"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newClient(t)
			c.expect(400, "50035", "PUT", "/applications/"+c.BotID()+"/commands", test.body)
			c.violated(test.violation)
		})
	}
}

// large is an option with 5,000 characters of choices.
func large(name string) string {
	choice := `{"name":"` + strings.Repeat("n", 100) + `","value":"` + strings.Repeat("v", 100) + `"}`
	return `{"type":3,"name":"` + name + `","description":"d","choices":[` + times(25, choice) + `]}`
}

func sixteenMenus() string {
	var parts []string
	for i := range 16 {
		parts = append(parts, fmt.Sprintf(`{"type":3,"name":"Menu %d"}`, i))
	}
	return strings.Join(parts, ",")
}
