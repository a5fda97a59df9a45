package desk

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/library"
)

// What components and forms about articles do. On is the name of a kept submission
// where nothing else is said.
const (
	actAdd      Action = 'A' // the form of /kb add; On is empty, or what was typed before
	actRetype   Action = 'B' // opens that form with what was typed
	actCompare  Action = 'C' // with the revision that is current by now
	actDiscard  Action = 'D'
	actSection  Action = 'E' // the form of one section; Page is its number
	actJob      Action = 'F' // looks at a job; On is its id
	actStopJob  Action = 'G' // On is the job's id
	actHistory  Action = 'H' // On is a key's digest, Page a page
	actState    Action = 'I' // withdraws, hides or restores
	actList     Action = 'J' // Page is a page
	actPick     Action = 'K' // a menu of articles; the value is a key's digest
	actDrafts   Action = 'L' // lists the drafts
	actDraft    Action = 'M' // a menu of drafts
	actDrop     Action = 'N' // On is a draft's id
	actOverride Action = 'O' // opens the form for the reason, and is the form
	actPublish  Action = 'P' // Page is how many posted answers change
	actPreview  Action = 'Q'
	actReviewed Action = 'R' // On is a key's digest, Page months till the next review, 0 for none
	actSave     Action = 'S'
	actRevision Action = 'T' // a menu of revisions; On is a key's digest
	actRetry    Action = 'U' // opens the form of a section with what was typed; Page is its number
	actRevert   Action = 'V' // On is a key's digest; Page tells which revision, from the oldest
	actChanges  Action = 'W' // as actRevert: what changed since that revision
	actDue      Action = 'X' // a menu of articles to be reviewed
	actImport   Action = 'Y' // imports an archive that was looked at

	actLeaveImport Action = 'Z' // forgets it
)

// Names of the options that the commands about articles share.
const (
	optArticle  = "article"
	optFile     = "file"
	optSection  = "section"
	optRevision = "revision"
	optFrom     = "from"
	optTo       = "to"
	optReason   = "reason"
	optNext     = "next"
)

// articleScreens takes the commands and components that are about articles.
func (d *Desk) articleScreens() {
	for name, handle := range map[string]handler{
		"add": d.addArticle, "import": d.importFile, "edit": d.editArticle,
		"list": d.listArticles, "show": d.showArticle, "history": d.showHistory, "diff": d.showDiff,
		"revert": d.revertArticle, "export": d.export, "drafts": d.listDrafts, "review": d.review,
		"withdraw": d.askState, "hide": d.askState, "restore": d.askState,
	} {
		d.commands[CommandKB+" "+name] = handle
	}
	maps.Copy(d.actions, map[Action]handler{
		actAdd: d.addArticle, actRetype: d.retype, actSection: d.submitSection, actRetry: d.retrySection,
		actPreview: d.openPreview, actPublish: d.publish, actOverride: d.override, actCompare: d.compare,
		actSave: d.saveDraft, actDiscard: d.discard,
		actDrafts: d.listDrafts, actDraft: d.openDraft, actDrop: d.dropDraft,
		actList: d.listArticles, actPick: d.pickArticle, actHistory: d.showHistory, actRevision: d.pickRevision,
		actRevert: d.revertTo, actChanges: d.changesSince, actState: d.setState,
		actReviewed: d.recordReview, actDue: d.pickDue, actJob: d.watchJob, actStopJob: d.stopJob,
		actImport: d.importNow, actLeaveImport: d.leaveImport,
	})
	d.articleTyping()
}

// keyDigest stands for an article's key where a whole one has no room.
func keyDigest(key string) string { return library.HashOf(key)[:32] }

// publicationOf finds an article by its key or by its digest. ErrNotFound says where to
// find one.
func (d *Desk) publicationOf(ctx context.Context, guild, name string) (library.Publication, error) {
	all, err := d.Articles.List(ctx, guild)
	if err != nil {
		return library.Publication{}, err
	}
	name = strings.TrimSpace(name)
	for _, p := range all {
		if p.Article == name || keyDigest(p.Article) == name {
			return p, nil
		}
	}
	for _, p := range all {
		if strings.EqualFold(p.Article, name) || strings.EqualFold(p.Title, name) {
			return p, nil
		}
	}
	return library.Publication{}, fmt.Errorf("%w: there is no article %q here; choose one that is offered while you type, or look at /kb list", article.ErrNotFound, cut(name, 80))
}

// today is the date in UTC.
func (d *Desk) today() article.Date { return article.DateOf(d.Now().UTC()) }

// short is as much of a hash as people are shown.
func short(hash string) string { return hash[:min(len(hash), 8)] }

// failed is a reply to something that went wrong halfway, which keeps what there was:
// the error's sentence, and whatever m has below it. What is nobody's fault is logged.
func (d *Desk) failed(ctx context.Context, title string, err error, paragraphs ...string) api.Message {
	if odd := unexpected(err); odd != nil {
		d.Log.ErrorContext(ctx, "a moderator's command failed", "at", title, "error", odd)
	}
	return panel(title, append([]string{bulleted(faults(err))}, paragraphs...)...)
}

// maxFaults is how much room the faults of a document take.
const maxFaults = 2500

// bulleted are texts as a list of Markdown, as many as have room.
func bulleted(texts []string) string {
	if len(texts) == 1 {
		return plain(texts[0], maxFaults/2)
	}
	for n := len(texts); n > 0; n-- {
		shown := make([]string, len(texts))
		for i := range shown {
			shown[i] = plain(texts[i], 300)
		}
		if text := list(shown, n); units(text) <= maxFaults {
			return text
		}
	}
	return ""
}

// faults are what is wrong with a document, a sentence each, with its place; of another
// error its sentence.
func faults(err error) []string {
	if unexpected(err) != nil {
		return []string{sentence(err)}
	}
	var lines []string
	for _, p := range problems(err) {
		text := p.Message
		if p.Fix != "" {
			text += "; " + p.Fix
		}
		if p.Line > 0 {
			text = fmt.Sprintf("line %d, column %d: %s", p.Line, max(p.Column, 1), text)
		}
		lines = append(lines, ended(upperFirst(text)))
	}
	if len(lines) == 0 {
		lines = append(lines, sentence(err))
	}
	return lines
}

// ended is a sentence with its full stop.
func ended(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}

// problems are those of an error that may have joined several.
func problems(err error) []*article.Problem {
	if p, ok := err.(*article.Problem); ok { //nolint:errorlint // the tree is walked here, one error at a time
		return []*article.Problem{p}
	}
	var found []*article.Problem
	switch e := err.(type) { //nolint:errorlint // as above
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			found = append(found, problems(inner)...)
		}
	case interface{ Unwrap() error }:
		if inner := errors.Unwrap(err); inner != nil {
			found = problems(inner)
		}
	}
	return found
}
