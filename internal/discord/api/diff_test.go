package api

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func chat(change func(*Command)) Command {
	c := Command{
		Name: "ask", Names: map[string]string{"de": "fragen"}, Type: ChatCommand, Description: "Ask", Descriptions: map[string]string{"de": "Fragen"},
		Options: []CommandOption{{Type: OptionString, Name: "question", Description: "What", Required: true, MaxLength: 100, Choices: []Choice{{Name: "A", Value: "a"}}}},
	}
	if change != nil {
		change(&c)
	}
	return c
}

func option(change func(*CommandOption)) Command {
	return chat(func(c *Command) { change(&c.Options[0]) })
}

func TestDiff(t *testing.T) {
	tests := map[string]struct {
		is, wanted []Command
		want       []string
	}{
		"nothing":              {},
		"same":                 {is: []Command{chat(nil)}, wanted: []Command{chat(nil)}},
		"new":                  {wanted: []Command{chat(nil)}, want: []string{"/ask is new"}},
		"old":                  {is: []Command{chat(nil)}, want: []string{"/ask is no longer offered"}},
		"another type":         {is: []Command{{Name: "ask", Type: MessageCommand}}, wanted: []Command{chat(nil)}, want: []string{"/ask is new", `"ask" is no longer offered`}},
		"no type":              {is: []Command{chat(nil)}, wanted: []Command{chat(func(c *Command) { c.Type = 0 })}},
		"other order":          {is: []Command{{Name: "b", Type: 1}, chat(nil)}, wanted: []Command{chat(nil), {Name: "b", Type: 1}}},
		"empty for none":       {is: []Command{{Name: "b", Type: 1, Names: map[string]string{}, Options: []CommandOption{}}}, wanted: []Command{{Name: "b"}}},
		"description":          {is: []Command{chat(nil)}, wanted: []Command{chat(func(c *Command) { c.Description = "Say" })}, want: []string{`/ask has the description "Ask", wanted "Say"`}},
		"permissions":          {is: []Command{chat(nil)}, wanted: []Command{chat(func(c *Command) { c.Permissions = "0" })}, want: []string{`/ask has the permissions "", wanted "0"`}},
		"age restriction":      {is: []Command{chat(nil)}, wanted: []Command{chat(func(c *Command) { c.NSFW = true })}, want: []string{`/ask has age restriction false, wanted true`}},
		"a translation":        {is: []Command{chat(nil)}, wanted: []Command{chat(func(c *Command) { c.Names = map[string]string{"fr": "demander"} })}, want: []string{`/ask has the name in de "fragen", wanted ""`, `/ask has the name in fr "", wanted "demander"`}},
		"described otherwise":  {is: []Command{chat(nil)}, wanted: []Command{chat(func(c *Command) { c.Descriptions = nil })}, want: []string{`/ask has the description in de "Fragen", wanted ""`}},
		"contexts":             {is: []Command{chat(func(c *Command) { c.Contexts = []int{0, 1, 2} })}, wanted: []Command{chat(func(c *Command) { c.Contexts = []int{1, 0} })}, want: []string{`/ask has contexts [0 1 2], wanted [0 1]`}},
		"contexts in disorder": {is: []Command{chat(func(c *Command) { c.Contexts = []int{0, 1} })}, wanted: []Command{chat(func(c *Command) { c.Contexts = []int{1, 0} })}},
		"contexts of Discord":  {is: []Command{chat(func(c *Command) { c.Contexts, c.Integrations = []int{0, 1, 2}, []int{0} })}, wanted: []Command{chat(nil)}},
		"integrations":         {is: []Command{chat(func(c *Command) { c.Integrations = []int{0} })}, wanted: []Command{chat(func(c *Command) { c.Integrations = []int{0, 1} })}, want: []string{`/ask has integrations [0], wanted [0 1]`}},
		"option gone":          {is: []Command{chat(nil)}, wanted: []Command{chat(func(c *Command) { c.Options = nil })}, want: []string{"/ask question is no longer offered"}},
		"option new":           {is: []Command{chat(func(c *Command) { c.Options = nil })}, wanted: []Command{chat(nil)}, want: []string{"/ask question is new"}},
		"option":               {is: []Command{chat(nil)}, wanted: []Command{option(func(o *CommandOption) { o.Required, o.Autocomplete, o.MinLength = false, true, 1 })}, want: []string{"/ask question has required true, wanted false", "/ask question has completion false, wanted true", "/ask question has the least length 0, wanted 1"}},
		"choice":               {is: []Command{chat(nil)}, wanted: []Command{option(func(o *CommandOption) { o.Choices = []Choice{{Name: "B", Value: "a"}} })}, want: []string{`/ask question has a choice named "A", wanted "B"`}},
		"more choices":         {is: []Command{chat(nil)}, wanted: []Command{option(func(o *CommandOption) { o.Choices = append(o.Choices, Choice{Name: "B", Value: "b"}) })}, want: []string{`/ask question has a number of choices 1, wanted 2`}},
		"inner option":         {is: []Command{chat(nil)}, wanted: []Command{option(func(o *CommandOption) { o.Options = []CommandOption{{Name: "x"}} })}, want: []string{"/ask question x is new"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Diff(test.is, test.wanted); !slices.Equal(got, test.want) {
				t.Errorf("%q\nwant %q", got, test.want)
			}
		})
	}
}

// TestDiffOfWhatDiscordAdds reads a command in Discord's own words, with all that it
// adds, and one of another program.
func TestDiffOfWhatDiscordAdds(t *testing.T) {
	const registered = `[{"id":"1","application_id":"2","version":"3","default_member_permissions":null,"type":1,"name":"ask","name_localizations":{"de":"fragen"},
		"description":"Ask","description_localizations":{"de":"Fragen"},"dm_permission":true,"contexts":null,"integration_types":[0],"nsfw":false,"handler":null,
		"options":[{"type":3,"name":"question","name_localizations":null,"description":"What","description_localizations":null,"required":true,"max_length":100,"choices":[{"name":"A","name_localizations":null,"value":"a"}]}]}]`
	var is []Command
	if err := json.Unmarshal([]byte(registered), &is); err != nil {
		t.Fatal(err)
	}
	if got := Diff(is, []Command{chat(nil)}); len(got) > 0 {
		t.Errorf("%q", got)
	}
	const foreign = `[{"type":1,"name":"roll","description":"x","options":[{"type":4,"name":"sides","description":"x","min_value":1,"choices":[{"name":"six","value":6},{"name":"many","value":1e2}]}]}]`
	is = nil
	if err := json.Unmarshal([]byte(foreign), &is); err != nil || is[0].Options[0].Choices[0].Value != "6" {
		t.Errorf("%v, %+v", err, is)
	}
}

// TestDiffProperties: nothing differs from itself, in whatever order, nor after a way
// over the wire; and what was added is named.
func TestDiffProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-z]{1,8}`)
		words := rapid.MapOfN(rapid.SampledFrom([]string{"de", "fr", "es-ES"}), name, 0, 3)
		command := rapid.Custom(func(t *rapid.T) Command {
			return Command{
				Name: name.Draw(t, "name"), Type: rapid.IntRange(1, 3).Draw(t, "type"), Description: name.Draw(t, "description"),
				Names: words.Draw(t, "names"), Permissions: rapid.SampledFrom([]string{"", "0", "32"}).Draw(t, "permissions"),
				Options: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) CommandOption {
					return CommandOption{Type: 3, Name: name.Draw(t, "option"), Names: words.Draw(t, "option names"), Required: rapid.Bool().Draw(t, "required")}
				}), 0, 3).Draw(t, "options"),
			}
		})
		all := rapid.SliceOfNDistinct(command, 0, 5, keyOf).Draw(t, "commands")
		raw, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		var back []Command
		if err := json.Unmarshal(raw, &back); err != nil {
			t.Fatal(err)
		}
		slices.Reverse(back)
		if lines := Diff(back, all); len(lines) > 0 {
			t.Fatalf("%q", lines)
		}
		added := append(slices.Clone(all), Command{Name: "UPPER", Type: ChatCommand})
		if lines := Diff(back, added); len(lines) != 1 || !strings.Contains(lines[0], "/UPPER") {
			t.Fatalf("%q", lines)
		}
	})
}
