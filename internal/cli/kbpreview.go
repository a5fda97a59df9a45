package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library/bench"
)

func (p *Program) kbPreviewCommand() *cli.Command {
	return &cli.Command{
		Name: "preview", Usage: "shows what publishing an article would do", ArgsUsage: "[FILE]",
		Description: submissionHelp + "\n" +
			"It shows what the article is, what to look at, and which golden questions,\n" +
			"suggested questions and posted answers it changes. Nothing is published.\n\n" + guildHelp + "\n" +
			example(kbExample("preview", " ponds.md"), kbExample("preview", " --markdown notes.txt")),
		Flags:  append(submissionFlags(), &cli.BoolFlag{Name: "markdown", Usage: "print only the Markdown that would be kept"}),
		Action: p.kbPreview,
	}
}

func (p *Program) kbPreview(ctx context.Context, c *cli.Command) error {
	s, err := p.submissionOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		s, err := withDraft(ctx, c, b, guild, s)
		if err != nil {
			return err
		}
		return p.preview(ctx, c, b, guild, s)
	})
}

// preview prints what a submission is and would do.
func (p *Program) preview(ctx context.Context, c *cli.Command, b *bench.Bench, guild string, s bench.Submission) error {
	v, err := b.Preview(ctx, guild, s)
	switch {
	case err != nil:
		return err
	case c.Bool("json"):
		return writeJSON(p.Out, previewJSON(v))
	case c.Bool("markdown"):
		_, err = io.WriteString(p.Out, v.Markdown)
		return err
	}
	return p.terminal().writePreview(v)
}

func (t terminal) writePreview(v bench.Preview) error {
	var b strings.Builder
	t.paragraph(&b, bold, "", "", intent(v))
	if !v.Same {
		t.facts(&b, v.Key, v.Article)
		t.sentences(&b, "Sections", sections(v.Article))
		t.sentences(&b, "Look at these before you publish", v.Warnings)
		t.sentences(&b, "Left out of your text", v.Dropped)
		t.diff(&b, "What others changed meanwhile", v.Theirs)
		t.diff(&b, "What changes in the text", v.Diff)
		t.impact(&b, v.Impact)
	}
	_, err := io.WriteString(t.out, b.String())
	return err
}

// intent says what publishing would be.
func intent(v bench.Preview) string {
	switch {
	case v.Same:
		return "This is what " + v.Key + " says already, word for word. There is nothing to publish."
	case v.Conflict != nil && v.Conflict.Base == "":
		return fmt.Sprintf("There is an article %s already, at revision %.12s. It is changed with --base or --replace.", v.Key, v.Conflict.Current)
	case v.Conflict != nil:
		return fmt.Sprintf("Somebody changed %s meanwhile: it is at revision %.12s, and you started from %.12s.", v.Key, v.Conflict.Current, v.Conflict.Base)
	case v.Impact.Breaks():
		return "This would break golden questions, and is published only with --override."
	case v.New:
		return "This is a new article. Nothing is published yet."
	}
	return "This changes the article " + v.Key + ". Nothing is published yet."
}

// facts writes what the front matter of an article says.
func (t terminal) facts(b *strings.Builder, key string, a *article.Article) {
	m := a.Meta
	b.WriteByte('\n')
	for _, fact := range [][2]string{
		{"Slug", key},
		{"Title", m.Title},
		{"Author", m.Author},
		{"About", m.AuthorBio},
		{"Updated", m.Updated.String()},
		{"Published", m.Published.String()},
		{"For", audience(m.Audience)},
		{"Language", m.Language},
		{"License", cmp.Or(m.License, "none given")},
		{"Reviewed", articleReview(m.Reviewed)},
		{"Source", m.SourceURL},
	} {
		if fact[1] != "" {
			t.labelled(b, "", fact[0], fact[1])
		}
	}
}

func audience(a article.Audience) string {
	if a == article.AgeRestricted {
		return "age-restricted channels only"
	}
	return "everyone"
}

func articleReview(r *article.Review) string {
	if r == nil {
		return "not yet"
	}
	text := "on " + r.On.String()
	if r.By != "" {
		text += " by " + r.By
	}
	if !r.Next.IsZero() {
		text += ", next on " + r.Next.String()
	}
	return text
}

// sections are those of an article, with how long each is.
func sections(a *article.Article) []string {
	var list []string
	for _, s := range a.Sections {
		words := len(strings.Fields(a.Canonical[s.Start:s.End]))
		list = append(list, fmt.Sprintf("%s: %s", cmp.Or(s.Heading, "(before the first heading)"), counted(words, "word")))
	}
	return list
}

// sentences writes them under a heading, or nothing for none.
func (t terminal) sentences(b *strings.Builder, heading string, items []string) {
	if len(items) == 0 {
		return
	}
	b.WriteByte('\n')
	t.paragraph(b, bold, "", "", heading)
	for _, item := range items {
		t.paragraph(b, "", "- ", "  ", item)
	}
}

// diff writes a unified diff under a heading, or nothing for none.
func (t terminal) diff(b *strings.Builder, heading, diff string) {
	if diff == "" {
		return
	}
	b.WriteByte('\n')
	t.paragraph(b, bold, "", "", heading)
	b.WriteString(t.diffText(diff))
}

// jsonPreview is what kb preview --json prints; keys are added, never renamed.
type jsonPreview struct {
	Slug      string        `json:"slug"`
	New       bool          `json:"new"`
	Same      bool          `json:"same"` // it is published already
	Title     string        `json:"title"`
	Author    string        `json:"author"`
	AuthorBio string        `json:"author_bio,omitempty"`
	Updated   string        `json:"updated"`
	Published string        `json:"published,omitempty"`
	Audience  string        `json:"audience"`
	Language  string        `json:"language,omitempty"`
	License   string        `json:"license,omitempty"`
	Sections  []jsonSection `json:"sections"`
	Warnings  []string      `json:"warnings"`
	Dropped   []string      `json:"dropped"`
	Markdown  string        `json:"markdown"`
	Diff      string        `json:"diff"`
	Conflict  *jsonConflict `json:"conflict,omitempty"`
	Impact    jsonImpact    `json:"impact"`
}

type jsonSection struct {
	Heading string `json:"heading"`
	Words   int    `json:"words"`
}

// jsonConflict says that the article is at another revision than the submission
// started from.
type jsonConflict struct {
	Base    string `json:"base"`
	Current string `json:"current"`
	Theirs  string `json:"theirs"` // what others changed since
}

func previewJSON(v bench.Preview) jsonPreview {
	m := v.Article.Meta
	out := jsonPreview{
		Slug: v.Key, New: v.New, Same: v.Same, Title: m.Title, Author: m.Author, AuthorBio: m.AuthorBio,
		Updated: m.Updated.String(), Published: m.Published.String(), Audience: string(m.Audience), Language: m.Language, License: m.License,
		Sections: []jsonSection{}, Warnings: texts(v.Warnings), Dropped: texts(v.Dropped), Markdown: v.Markdown, Diff: v.Diff,
		Impact: impactJSON(v.Impact),
	}
	for _, s := range v.Article.Sections {
		out.Sections = append(out.Sections, jsonSection{s.Heading, len(strings.Fields(v.Article.Canonical[s.Start:s.End]))})
	}
	if v.Conflict != nil {
		out.Conflict = &jsonConflict{v.Conflict.Base, v.Conflict.Current, v.Theirs}
	}
	return out
}
