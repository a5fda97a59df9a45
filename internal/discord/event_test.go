package discord

import (
	"encoding/json"
	"testing"
)

// anInteraction is a use of a modal of the newer kind and of the older one at once,
// with fields and components that nobody knows yet.
const anInteraction = `{"id":"1","token":"t","type":5,"guild_id":"2","channel":{"id":"3","type":99,"new":{}},"member":{"user":{"id":"4"},"permissions":"8"},
	"locale":"de","message":{"id":"5","flags":64,"components":[{"type":99,"components":7}],"embeds":[{"new":[]}]},
	"data":{"custom_id":"x","components":[{"type":18,"component":{"type":4,"custom_id":"reason","value":"because"}},
	{"type":1,"components":[{"type":4,"custom_id":"older","value":"so"}]},{"type":99,"custom_id":"newer","values":[1]}]}}`

func TestReadInteraction(t *testing.T) {
	t.Parallel()
	var i interactionEvent
	if err := json.Unmarshal([]byte(anInteraction), &i); err != nil {
		t.Fatal(err)
	}
	if i.user() != "4" || i.Data.input("reason") != "because" || i.Data.input("older") != "so" || i.Data.input("none") != "" || i.Message.Flags != flagEphemeral {
		t.Errorf("read %+v", i)
	}
}

func TestReadOptions(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		options     string
		text        string
		yes         bool
		sub         string
		name, typed string
	}{
		"plain":             {options: `[{"name":"text","type":3,"value":"a"},{"name":"yes","type":5,"value":true}]`, text: "a", yes: true},
		"of a subcommand":   {options: `[{"name":"show","type":1,"options":[{"name":"text","value":"a"}]}]`, text: "a", sub: "show"},
		"a subcommand":      {options: `[{"name":"show","type":1}]`, sub: "show"},
		"nothing":           {options: `[]`},
		"of another type":   {options: `[{"name":"text","value":7},{"name":"yes","value":"true"}]`},
		"being typed":       {options: `[{"name":"text","value":"a","focused":true}]`, text: "a", name: "text", typed: "a"},
		"typing nothing":    {options: `[{"name":"text","value":"","focused":true}]`, name: "text"},
		"typing a number":   {options: `[{"name":"text","value":7,"focused":true}]`, name: "text"},
		"typing in another": {options: `[{"name":"yes","value":true},{"name":"text","value":"a","focused":true}]`, text: "a", yes: true, name: "text", typed: "a"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var d interactionData
			if err := json.Unmarshal([]byte(`{"options":`+test.options+`}`), &d); err != nil {
				t.Fatal(err)
			}
			sub, _ := d.subcommand()
			focused, text := d.focused()
			yes := d.yes("yes")
			if d.text("text") != test.text || (yes != nil && *yes) != test.yes || sub.Name != test.sub || focused != test.name || text != test.typed {
				t.Errorf("text %q, yes %v, subcommand %q, typing %q into %q", d.text("text"), yes, sub.Name, text, focused)
			}
		})
	}
}

// FuzzReadInteraction reads any data that Discord might send without a panic.
func FuzzReadInteraction(f *testing.F) {
	f.Add(anInteraction)
	f.Add(`{"data":{"options":[{"name":"","value":null,"focused":true,"options":[{}]}],"resolved":{"messages":{"":{}}},"components":[{"component":{}}]}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var i interactionEvent
		if json.Unmarshal([]byte(text), &i) != nil {
			t.Skip("not an interaction")
		}
		i.user()
		i.Data.text(optionQuestion)
		i.Data.yes(optionPrivate)
		i.Data.focused()
		i.Data.input(inputReason)
	})
}
