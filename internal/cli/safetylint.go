package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/safety"
	"verbatim/knowledge"
)

func (p *Program) safetyLintCommand() *cli.Command {
	return &cli.Command{
		Name: "lint", Usage: "checks a folder of safety data, the shipped by default", ArgsUsage: "[DIR]",
		Description: "Reads every *.yaml of the folder as the program would and prints each fault\n" +
			"with file and line. Exit code 1 when there are any.\n\n" +
			example("verbatim safety lint", "verbatim safety lint knowledge/safety"),
		Action: p.safetyLint,
	}
}

func (p *Program) safetyLint(_ context.Context, c *cli.Command) error {
	if c.Args().Len() > 1 {
		return usageError{"name one folder"}
	}
	folder, data, err := safetyData(c.Args().First())
	if err != nil {
		return err
	}
	rules, err := safety.Load(data)
	if err == nil {
		fmt.Fprintf(p.Out, "%s: no faults in %s\n", folder, counted(len(rules.Topics()), "topic"))
		return nil
	}
	for _, fault := range separate(err) {
		fmt.Fprintln(p.Out, printable(faultAt(folder, fault)))
	}
	return exitCode(exitError)
}

// safetyData opens the folder at path, or the shipped data when path is empty,
// and returns the name to show for it.
func safetyData(path string) (string, fs.FS, error) {
	if path == "" {
		return shippedFolder, knowledge.Safety(), nil
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return "", nil, fmt.Errorf("%w: there is no folder %s", article.ErrNotFound, path)
	}
	return path, os.DirFS(path), nil
}

// separate returns the errors that were joined, at any depth.
func separate(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var out []error
	for _, e := range joined.Unwrap() {
		out = append(out, separate(e)...)
	}
	return out
}

// faultAt renders an error with the folder before the name of its file.
func faultAt(folder string, err error) string {
	var fault *safety.Fault
	if !errors.As(err, &fault) || fault.File == "" {
		return folder + ": " + err.Error()
	}
	placed := *fault
	placed.File = filepath.Join(folder, fault.File)
	return placed.Error()
}
