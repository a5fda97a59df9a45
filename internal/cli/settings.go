package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library"
	"verbatim/internal/store"
)

func (p *Program) settingsCommand() *cli.Command {
	return &cli.Command{
		Name:  "settings",
		Usage: "shows and changes what a server decided about the bot",
		Description: guildHelp + "\n" + example("verbatim settings list", "verbatim settings get --guild 123456789012345678",
			"verbatim settings set --guild 123456789012345678 private on"),
		Commands: []*cli.Command{
			{
				Name: "list", Usage: "lists the settings: what they take, and defaults",
				Description: example("verbatim settings list"),
				Flags:       []cli.Flag{jsonLinesFlag()}, Action: p.listSettings,
			},
			{
				Name: "get", Usage: "prints a server's settings, or the value of one", ArgsUsage: "[NAME]",
				Description: guildHelp + "\n" + example("verbatim settings get --guild 123456789012345678 retention-days"),
				Flags:       []cli.Flag{guildFlag(), jsonLinesFlag()}, Action: p.getSettings,
			},
			{
				Name: "set", Usage: "changes a setting of a server", ArgsUsage: "NAME VALUE...",
				Description: "The value \"default\" resets a setting. verbatim settings list says what each\n" +
					"one takes.\n\n" + guildHelp + "\n" +
					example("verbatim settings set --guild 123456789012345678 retention-days 90",
						"verbatim settings set --guild 123456789012345678 helplines \"Call 0800 1111\""),
				Flags: append([]cli.Flag{guildFlag()}, actFlags()...), Action: p.setSetting,
			},
		},
		Action: needsSubcommand,
	}
}

// jsonSettingHelp is one line of settings list --json; keys are added, never renamed.
type jsonSettingHelp struct {
	Name    string `json:"name"`
	Help    string `json:"help"`
	Takes   string `json:"takes"`
	Default string `json:"default"`
}

// hears reports whether a setting counts only where the bot hears of all messages.
func hears(setting string) bool { return setting == "auto-channels" || setting == "forum-channels" }

// needsContent says what such a setting needs.
const needsContent = "Needs " + envContent + "=on where serve runs."

func (p *Program) listSettings(_ context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return usageError{"settings list takes no argument"}
	}
	t := p.terminal()
	var b strings.Builder
	for i, name := range library.SettingNames() {
		help, err := library.SettingHelp(name)
		if err != nil {
			return err
		}
		if c.Bool("json") {
			if err := writeJSON(p.Out, jsonSettingHelp{help.Name, help.Help, help.Takes, help.Default}); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		t.paragraph(&b, bold, "", "", help.Name)
		t.paragraph(&b, "", "  ", "  ", help.Help)
		t.paragraph(&b, "", "  ", "  ", fmt.Sprintf("Takes %s. Default: %s.", help.Takes, orNone(help.Default)))
		if hears(name) {
			t.paragraph(&b, "", "  ", "  ", needsContent)
		}
	}
	_, err := io.WriteString(p.Out, b.String())
	return err
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// jsonSetting is one line of settings get --json; keys are added, never renamed.
type jsonSetting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Set   bool   `json:"set"` // false when the default holds
}

func (p *Program) getSettings(ctx context.Context, c *cli.Command) error {
	names := c.Args().Slice()
	if len(names) > 1 {
		return usageError{"name one setting, or none for all of them"}
	}
	for _, name := range names {
		if _, err := library.SettingHelp(name); err != nil {
			return err
		}
	}
	return p.atStore(ctx, c, func(s *store.Store, guild string) error {
		settings, set, err := p.settingsDesk(s).Settings(ctx, guild)
		if set == nil && err != nil {
			return err
		}
		p.noteFaults(err)
		if len(names) == 0 {
			return p.printSettings(c, library.SettingNames(), settings.Texts(), set)
		}
		if c.Bool("json") {
			return p.printSettings(c, names, settings.Texts(), set)
		}
		_, err = fmt.Fprintln(p.Out, settings.Texts()[names[0]])
		return err
	})
}

// settingsDesk is a desk without articles, which settings have no need of.
func (p *Program) settingsDesk(s *store.Store) *library.Desk {
	return library.NewDesk(s, s, s, nil, p.Now)
}

// noteFaults says which stored values could not be read, and that their defaults hold.
func (p *Program) noteFaults(err error) {
	if err == nil {
		return
	}
	faults := []error{err}
	if joined, ok := errors.AsType[interface {
		error
		Unwrap() []error
	}](err); ok {
		faults = joined.Unwrap()
	}
	for _, fault := range faults {
		fmt.Fprintf(p.Err, "verbatim: note: %s; until then the default holds\n", plainError(fault))
	}
}

func (p *Program) printSettings(c *cli.Command, names []string, values, set map[string]string) error {
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	if !c.Bool("json") {
		fmt.Fprintln(w, "NAME\tFROM\tVALUE")
	}
	for _, name := range names {
		_, isSet := set[name]
		if c.Bool("json") {
			if err := writeJSON(p.Out, jsonSetting{name, values[name], isSet}); err != nil {
				return err
			}
			continue
		}
		from := "default"
		if isSet {
			from = "set"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", name, from, cell(values[name]))
	}
	return w.Flush()
}

// cell is a text for one field of a table.
func cell(text string) string {
	if text = strings.Join(strings.Fields(printable(text)), " "); text == "" {
		return "-"
	}
	return text
}

func (p *Program) setSetting(ctx context.Context, c *cli.Command) error {
	args := c.Args().Slice()
	if len(args) < 2 {
		return usageError{`give the name of a setting and a value, or "default"; see verbatim settings list`}
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	name, value := args[0], strings.Join(args[1:], " ")
	if _, err := library.NormalizeSetting(name, value); err != nil {
		return err // before a database is made for it
	}
	return p.atStore(ctx, c, func(s *store.Store, guild string) error {
		now, err := p.settingsDesk(s).Set(ctx, guild, name, value, act)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.Out, "%s = %s\n", name, printable(now))
		return err
	})
}
