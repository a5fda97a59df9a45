package api

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Diff returns a line for each difference between the commands that are registered
// and those that are wanted, none when there is nothing to do. What Discord adds by
// itself is no difference: ids and versions, defaults, and the contexts of a command
// for which none are wanted.
func Diff(registered, wanted []Command) []string {
	var d diff
	before := byKey(registered)
	for _, w := range wanted {
		k := keyOf(w)
		if r, ok := before[k]; ok {
			d.command(k.String(), r, w)
		} else {
			d.add(k.String(), "is new")
		}
		delete(before, k)
	}
	for _, k := range slices.SortedFunc(maps.Keys(before), commandKey.compare) {
		d.add(k.String(), "is no longer offered")
	}
	return d.lines
}

// commandKey is what Discord tells commands apart by.
type commandKey struct {
	kind int
	name string
}

func keyOf(c Command) commandKey { return commandKey{cmp.Or(c.Type, ChatCommand), c.Name} }

func (k commandKey) compare(other commandKey) int {
	return cmp.Or(cmp.Compare(k.kind, other.kind), cmp.Compare(k.name, other.name))
}

// String is the command as members see it.
func (k commandKey) String() string {
	if k.kind == ChatCommand {
		return "/" + k.name
	}
	return fmt.Sprintf("%q", k.name)
}

func byKey(commands []Command) map[commandKey]Command {
	found := make(map[commandKey]Command)
	for _, c := range commands {
		found[keyOf(c)] = c
	}
	return found
}

// diff collects differences.
type diff struct{ lines []string }

func (d *diff) add(at, what string) { d.lines = append(d.lines, at+" "+what) }

// differ notes that a value is not the wanted one.
func differ[T comparable](d *diff, at, what string, is, wanted T) {
	if is != wanted {
		d.add(at, fmt.Sprintf("has %s %#v, wanted %#v", what, is, wanted))
	}
}

func (d *diff) command(at string, is, wanted Command) {
	differ(d, at, "the description", is.Description, wanted.Description)
	differ(d, at, "the permissions", is.Permissions, wanted.Permissions)
	differ(d, at, "age restriction", is.NSFW, wanted.NSFW)
	d.words(at, "name", is.Names, wanted.Names)
	d.words(at, "description", is.Descriptions, wanted.Descriptions)
	d.set(at, "contexts", is.Contexts, wanted.Contexts)
	d.set(at, "integrations", is.Integrations, wanted.Integrations)
	d.options(at, is.Options, wanted.Options)
}

// options compares options by their place, as members see them in that order.
func (d *diff) options(at string, is, wanted []CommandOption) {
	for i := range max(len(is), len(wanted)) {
		switch {
		case i >= len(is):
			d.add(at+" "+wanted[i].Name, "is new")
		case i >= len(wanted):
			d.add(at+" "+is[i].Name, "is no longer offered")
		default:
			d.option(at+" "+wanted[i].Name, is[i], wanted[i])
		}
	}
}

func (d *diff) option(at string, is, wanted CommandOption) {
	differ(d, at, "the name", is.Name, wanted.Name)
	differ(d, at, "type", is.Type, wanted.Type)
	differ(d, at, "the description", is.Description, wanted.Description)
	differ(d, at, "required", is.Required, wanted.Required)
	differ(d, at, "completion", is.Autocomplete, wanted.Autocomplete)
	differ(d, at, "the least length", is.MinLength, wanted.MinLength)
	differ(d, at, "the greatest length", is.MaxLength, wanted.MaxLength)
	d.words(at, "name", is.Names, wanted.Names)
	d.words(at, "description", is.Descriptions, wanted.Descriptions)
	d.choices(at, is.Choices, wanted.Choices)
	d.options(at, is.Options, wanted.Options)
}

func (d *diff) choices(at string, is, wanted []Choice) {
	differ(d, at, "a number of choices", len(is), len(wanted))
	for i := range min(len(is), len(wanted)) {
		differ(d, at, "a choice named", is[i].Name, wanted[i].Name)
		differ(d, at, "a choice of value", is[i].Value, wanted[i].Value)
		d.words(at, "choice "+wanted[i].Value, is[i].Names, wanted[i].Names)
	}
}

// words compares translations.
func (d *diff) words(at, what string, is, wanted map[string]string) {
	locales := maps.Clone(is)
	if locales == nil {
		locales = make(map[string]string)
	}
	maps.Copy(locales, wanted)
	for _, locale := range slices.Sorted(maps.Keys(locales)) {
		differ(d, at, "the "+what+" in "+locale, is[locale], wanted[locale])
	}
}

// set compares values whose order is of no meaning. None wanted is any.
func (d *diff) set(at, what string, is, wanted []int) {
	if len(wanted) == 0 {
		return
	}
	is, wanted = slices.Sorted(slices.Values(is)), slices.Sorted(slices.Values(wanted))
	if !slices.Equal(is, wanted) {
		d.add(at, fmt.Sprintf("has %s %v, wanted %v", what, is, wanted))
	}
}
