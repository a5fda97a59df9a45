package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/discord/api"
	"verbatim/internal/library"
)

// maxChoices is how many completions Discord shows.
const maxChoices = 25

// articleTyping completes what is typed into the options of the commands about articles.
func (d *Desk) articleTyping() {
	every := func(library.Publication) bool { return true }
	own := func(p library.Publication) bool { return p.Own }
	inUse := func(p library.Publication) bool { return p.State == library.Published }
	for name, fits := range map[string]func(library.Publication) bool{
		"show": every, "history": every, "diff": every, "export": every, "edit": own, "revert": own, "review": inUse,
		"withdraw": func(p library.Publication) bool { return p.Own && inUse(p) },
		"hide":     func(p library.Publication) bool { return !p.Own && inUse(p) },
		"restore":  func(p library.Publication) bool { return !inUse(p) },
	} {
		d.typing[CommandKB+" "+name+" "+optArticle] = d.offerArticles(fits)
	}
	d.typing[CommandKB+" edit "+optSection] = d.offerSections
	d.typing[CommandKB+" review "+optNext] = d.offerNext
	for _, name := range []string{"show " + optRevision, "diff " + optFrom, "diff " + optTo} {
		d.typing[CommandKB+" "+name] = d.offerRevisions(false)
	}
	d.typing[CommandKB+" revert "+optRevision] = d.offerRevisions(true)
}

// offered are the choices whose names hold every word that was typed: those that begin
// with it first.
func offered(choices []api.Choice, typed string) Reply {
	words := strings.Fields(strings.ToLower(typed))
	var first, rest []api.Choice
	for _, c := range choices {
		name := strings.ToLower(c.Name + " " + c.Value)
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(name, w) }) {
			continue
		}
		c.Name = inMenu(c.Name)
		if strings.HasPrefix(name, strings.ToLower(strings.TrimSpace(typed))) {
			first = append(first, c)
		} else {
			rest = append(rest, c)
		}
	}
	all := slices.Concat(first, rest)
	return Reply{Choices: all[:min(len(all), maxChoices)]}
}

func (d *Desk) offerArticles(fits func(library.Publication) bool) handler {
	return func(ctx context.Context, u Use) (Reply, error) {
		all, err := d.Articles.List(ctx, u.Guild)
		if err != nil {
			return Reply{}, err
		}
		var choices []api.Choice
		for _, p := range all {
			if fits(p) {
				choices = append(choices, api.Choice{Name: cut(strings.Join(strings.Fields(titleOf(p)), " "), 60) + " · " + stateOf(p), Value: p.Article})
			}
		}
		return offered(choices, u.Texts[u.Focused]), nil
	}
}

// offerSections offers the sections of the article that was chosen.
func (d *Desk) offerSections(ctx context.Context, u Use) (Reply, error) {
	p, err := d.publicationOf(ctx, u.Guild, u.Texts[optArticle])
	if err != nil {
		return Reply{}, err
	}
	r, err := d.Articles.Show(ctx, u.Guild, p.Article, "")
	if err != nil {
		return Reply{}, err
	}
	parts, err := partsIn(r)
	if err != nil {
		return Reply{}, err
	}
	choices := make([]api.Choice, len(parts))
	for i, one := range parts {
		name := cut(one.label(), 70)
		if n := units(one.text(r.Source)); n > maxField {
			name += " (too long for a form)"
		}
		choices[i] = api.Choice{Name: name, Value: fmt.Sprintf("#%d", i+1)}
	}
	return offered(choices, u.Texts[u.Focused]), nil
}

// offerRevisions offers the revisions of the article that was chosen, the newest first.
func (d *Desk) offerRevisions(withoutCurrent bool) handler {
	return func(ctx context.Context, u Use) (Reply, error) {
		_, all, err := d.versions(ctx, u)
		if err != nil {
			return Reply{}, err
		}
		var choices []api.Choice
		for _, v := range all {
			if !v.Current || !withoutCurrent {
				choices = append(choices, api.Choice{Name: revisionLabel(v), Value: v.Hash[:min(len(v.Hash), 16)]})
			}
		}
		return offered(choices, u.Texts[u.Focused]), nil
	}
}

// offerNext offers when an article could be reviewed next.
func (d *Desk) offerNext(_ context.Context, u Use) (Reply, error) {
	var choices []api.Choice
	for _, when := range []string{"3 months", "6 months", "1 year", "2 years"} {
		if next, ok := d.fromNow(when); ok {
			choices = append(choices, api.Choice{Name: "In " + when + ": " + next.Long(), Value: next.String()})
		}
	}
	choices = append(choices, api.Choice{Name: "No next review", Value: "none"})
	typed := strings.TrimSpace(u.Texts[u.Focused])
	if next, err := d.nextReview(typed); err == nil && !next.IsZero() {
		return Reply{Choices: []api.Choice{{Name: next.Long(), Value: next.String()}}}, nil
	}
	return offered(choices, typed), nil
}
