package discordtest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Options are the options of a command as a member fills them in, by name: strings,
// booleans and numbers, and for what is chosen from a list a *Member, *Role, *Channel
// or an Attachment.
type Options map[string]any

// used is a command that a member uses: with its subcommand, when it has some.
type used struct {
	command *Command
	path    []CommandOption // the group and the subcommand
	takes   []CommandOption
}

// find returns the command that a member means by "/ask" or "/article list".
func (s *Server) find(by *Member, in *Channel, text string) (used, error) {
	words := strings.Fields(strings.TrimPrefix(text, "/"))
	if len(words) == 0 {
		return used{}, errors.New("no command is named")
	}
	command, err := s.findNamed(by, in, commandChat, words[0])
	if err != nil {
		return used{}, err
	}
	u := used{command: command, takes: command.Options}
	for _, word := range words[1:] {
		at := slices.IndexFunc(u.takes, func(o CommandOption) bool { return o.Name == word && o.Type <= optionGroup })
		if at < 0 {
			return used{}, fmt.Errorf("there is no subcommand %s", word)
		}
		u.path, u.takes = append(u.path, u.takes[at]), u.takes[at].Options
	}
	if len(u.takes) > 0 && u.takes[0].Type <= optionGroup {
		return used{}, errors.New("a subcommand has to be chosen")
	}
	return u, nil
}

// findNamed returns the registered command of a type and name, if the member may use it.
func (s *Server) findNamed(by *Member, in *Channel, kind int, name string) (*Command, error) {
	for _, scope := range slices.Compact([]string{"", in.guildID()}) {
		for i := range s.commands[scope] {
			if c := &s.commands[scope][i]; c.Name == name && c.kind() == kind {
				if s.offersAll {
					return c, nil
				}
				return c, c.usable(by, in)
			}
		}
	}
	return nil, errors.New("no such command is registered")
}

// OfferAll lets members use commands that are not offered to them where they are: as an
// administrator may offer them to anybody in the settings of integrations, and as a bot
// must expect of a client that is not Discord's own.
func (s *Server) OfferAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offersAll = true
}

// usable is the error where Discord's client does not offer a command.
func (c *Command) usable(by *Member, in *Channel) error {
	const inGuild, inBotDM = 0, 1
	if in.guild == nil {
		if c.InDM != nil && !*c.InDM || c.Contexts != nil && !slices.Contains(c.Contexts, inBotDM) {
			return errors.New("it is not for direct messages")
		}
		return nil
	}
	if c.Contexts != nil && !slices.Contains(c.Contexts, inGuild) {
		return errors.New("it is not for guilds")
	}
	if c.Permissions == nil {
		return nil
	}
	need, err := strconv.ParseUint(*c.Permissions, 10, 64)
	if err != nil || by.mayIn(in.guild)&need != need || need == 0 {
		return errors.New("the permission for it is missing")
	}
	return nil
}

// data is the data of an interaction with the command. Subcommands nest the options.
func (u used) data(filled []any) map[string]any {
	for _, o := range slices.Backward(u.path) {
		filled = []any{map[string]any{"type": o.Type, "name": o.Name, "options": filled}}
	}
	w := map[string]any{"id": u.command.ID, "name": u.command.Name, "type": u.command.kind(), "options": filled}
	if u.command.GuildID != "" {
		w["guild_id"] = u.command.GuildID
	}
	return w
}

// fill checks options as Discord's client does and returns them as it sends them, with
// what their ids stand for. The caller holds s.mu.
func (u used) fill(s *Server, by *Member, in *Channel, options Options) ([]any, resolved, error) {
	sent, found := []any{}, make(resolved)
	left := len(options)
	for _, o := range u.takes {
		value, given := options[o.Name]
		if !given {
			if o.Required {
				return nil, nil, fmt.Errorf("the option %s is required", o.Name)
			}
			continue
		}
		var err error
		if o.Type >= optionUser && o.Type != optionNumber {
			value, err = o.pick(s, by, in, value, found)
		} else {
			err = o.accept(value)
		}
		if err != nil {
			return nil, nil, err
		}
		sent = append(sent, map[string]any{"type": o.Type, "name": o.Name, "value": value})
		left--
	}
	if left > 0 {
		return nil, nil, fmt.Errorf("an option in %v does not exist", options)
	}
	return sent, found, nil
}

func (o CommandOption) accept(value any) error {
	ok := false
	switch v := value.(type) {
	case string:
		n := units(v)
		ok = o.Type == optionString && n <= orElse(o.MaxLength, 6000) && n >= orElse(o.MinLength, 0)
	case bool:
		ok = o.Type == optionBoolean
	case int:
		ok = (o.Type == optionInteger || o.Type == optionNumber) && o.inRange(float64(v))
	case float64:
		ok = o.Type == optionNumber && o.inRange(v)
	}
	if len(o.Choices) > 0 {
		ok = ok && slices.ContainsFunc(o.Choices, func(c Choice) bool { return fmt.Sprint(c.Value) == fmt.Sprint(value) })
	}
	if !ok {
		return fmt.Errorf("the option %s does not take %v", o.Name, value)
	}
	return nil
}

func (o CommandOption) inRange(v float64) bool {
	return (o.MinValue == nil || v >= *o.MinValue) && (o.MaxValue == nil || v <= *o.MaxValue)
}
