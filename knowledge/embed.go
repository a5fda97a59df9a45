// Package knowledge is what the binary ships with: articles, safety topics,
// synonyms, and the questions that the shipped articles are tested with.
//
// It is data inside the binary, so that the program answers without a network,
// a database or a file beside it. The files are read-only: each function
// returns a view or a fresh copy, and all are safe for concurrent use.
//
// No clinician has reviewed any of it. The package imports nothing of ours.
package knowledge

import (
	"embed"
	"io/fs"
)

//go:embed articles/*.md safety/*.yaml safety/set.jsonl
var folders embed.FS

//go:embed synonyms.yaml
var synonyms string

//go:embed questions.jsonl
var questions string

// Articles returns the shipped articles: Markdown files with front matter, all
// at the root of the file system.
func Articles() fs.FS { return folder("articles") }

// Safety returns the shipped safety data, all at the root of the file system:
// the rules as YAML files, and set.jsonl, messages of the project's own wording
// with the level that they call for.
func Safety() fs.FS { return folder("safety") }

// Synonyms returns synonyms.yaml: under "groups", lists of words and phrases,
// all lower-case, that mean the same to someone who asks about health.
func Synonyms() []byte { return []byte(synonyms) }

// Questions returns questions.jsonl: one JSON object a line with the members id,
// question, answers, section, kind and, where the front matter answers, meta.
// Each answer is a span of the article's canonical text or, with meta
// "author_bio", of that field. Without answers and without meta the only right
// reply is to abstain.
func Questions() []byte { return []byte(questions) }

func folder(name string) fs.FS {
	f, err := fs.Sub(folders, name)
	if err != nil {
		panic(err) // only for a name that no file system allows, and both are constants
	}
	return f
}
