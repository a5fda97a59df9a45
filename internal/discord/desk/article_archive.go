package desk

import (
	"context"
	"strings"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

// importKind is the kind of the job that imports an archive.
const importKind = "library.import"

// maxArchiveUpload is how large an archive may be that is given to /kb import: what
// Discord lets everybody attach, and no less than what /kb export gives out.
// Source: https://discord.com/developers/docs/reference#uploading-files
const maxArchiveUpload = 10 << 20

// pendingImport is an archive that somebody looks at before it is imported.
type pendingImport struct {
	Held string `json:"held"` // as [Archives] names it
	File string `json:"file"`
}

// importArchive shows what importing an exported library would do, and asks.
func (d *Desk) importArchive(ctx context.Context, u Use) (Reply, error) {
	held, o, err := d.Archives.Look(ctx, u.Guild, func(ctx context.Context) ([]byte, error) {
		return u.fetch(ctx, maxArchiveUpload, "ask whoever runs the bot to import it with “verbatim library import”")
	})
	if err != nil {
		return Reply{}, err
	}
	name, err := d.keepTyped(ctx, u.Guild, pendingImport{held, cut(u.File.Name, 80)})
	if err != nil {
		return Reply{}, err
	}
	buttons := row(styled(u.button("Import it", actImport, name, 0), render.Danger), u.button("Leave it", actLeaveImport, name, 0))
	return with(importSheet(u, o), buttons), nil
}

// importSheet says what an import would do.
func importSheet(u Use, o library.Outlook) api.Message {
	s := newSheet("Import "+cut(u.File.Name, 80)+"?", "Nothing was changed yet.")
	if n := len(o.Articles) + len(o.Hidden) + int(o.Added["preferences"]+o.Added["synonyms"]); n > 0 {
		s.write("**Members are answered from this at once**, without a preview of each article. Nothing checks beforehand which answers or tests change. " +
			"After the import the tests of this server are run, and this message says how many fail. Import only what you have read and trust.")
	}
	s.add(counted(len(o.Articles), "article is new here, and published by the import", "articles are new here, and published by the import"), itemsOf(o.Articles), 10)
	s.add(counted(len(o.Hidden), "article that came with the program is hidden by it", "articles that came with the program are hidden by it"), itemsOf(o.Hidden), 5)
	s.add("Added as well", itemsOf(added(o)), len(o.Added))
	if len(o.Added) == 0 {
		s.write("No article, test or draft in it is new here.")
	}
	if o.Kept > 0 {
		s.write(counted(o.Kept, "article is here already and stays as it is; its history may become longer.", "articles are here already and stay as they are; their histories may become longer."))
	}
	stays := "Settings, watched pages, safety proposals and the audit trail stay out: this server keeps its own."
	if o.Guild == u.Guild {
		stays += " To get those back from a copy of this server, leave this and ask whoever runs the bot: “verbatim library import” brings them where nothing was changed since the copy."
	}
	s.write(stays + " The import cannot be taken back as a whole; /kb withdraw takes out one article.")
	return s.done("import.txt")
}

// added counts what an import adds beside articles.
func added(o library.Outlook) []string {
	var lines []string
	for _, kind := range []struct{ table, one, many string }{
		{"golden", "test", "tests"},
		{"preferences", "preferred passage, which changes answers", "preferred passages, which change answers"},
		{"synonyms", "group of synonyms, which changes what is found", "groups of synonyms, which change what is found"},
		{"bank", "suggested question", "suggested questions"},
		{"drafts", "draft", "drafts"},
	} {
		if n := int(o.Added[kind.table]); n > 0 {
			lines = append(lines, counted(n, kind.one, kind.many))
		}
	}
	return lines
}

// importNow begins an import that somebody has looked at. Its job is watched.
func (d *Desk) importNow(ctx context.Context, u Use) (Reply, error) {
	var p pendingImport
	if err := d.keptTyped(ctx, u, &p); err != nil {
		return Reply{}, err
	}
	job, err := d.Archives.Import(ctx, u.Guild, p.Held, u.Act("import of "+p.File))
	if err != nil {
		return Reply{}, err
	}
	return d.following(u, jobName(job.Kind), job), nil
}

// leaveImport forgets an archive that was looked at.
func (d *Desk) leaveImport(ctx context.Context, u Use) (Reply, error) {
	var p pendingImport
	if err := d.keptTyped(ctx, u, &p); err != nil {
		return Reply{}, err
	}
	if err := d.Archives.Drop(ctx, u.Guild, p.Held); err != nil {
		return Reply{}, err
	}
	return with(panel("Not imported", "Nothing was changed.")), nil
}

// testsAfter runs the tests once an import is done, and shows below it how many fail.
func (d *Desk) testsAfter(ctx context.Context, u Use, title string, j jobs.Job, show func(api.Message)) {
	if j.Kind != importKind || j.State != jobs.Done {
		return
	}
	s := newSheet(title, "It is done.", plain(j.Note, 600))
	all, err := d.Bench.Test(ctx, u.Guild)
	switch failed := failures(all); {
	case err != nil:
		d.Log.WarnContext(ctx, "the tests could not be run after an import", "error", err)
		s.write("**The tests could not be run just now.** Use /kb test in a minute.")
	case len(all) == 0:
		s.write("This server has no tests, so nobody knows which answers changed. Ask a few questions yourself; /kb test adds tests.")
	case len(failed) == 0:
		s.write(strings.TrimSpace("The tests were run: " + goldenSummary(all)))
	default:
		s.write("**Look at the tests**: " + goldenSummary(all))
		s.add("Failed", failed, 8)
	}
	show(*with(s.done("tests.txt"), row(u.button("See the tests", actGolden, "", 0))).Show)
}
