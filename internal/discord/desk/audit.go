package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// audit lists entries of the trail, newest first.
func (d *Desk) audit(ctx context.Context, u Use) (Reply, error) {
	last, err := d.Articles.LastEntry(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	if last.N == 0 {
		return say("Nothing was changed here yet."), nil
	}
	from, to, page := pageOf(u.Page, int(last.N))
	oldest, newest := last.N-int64(to), last.N-int64(from) // entries after oldest, up to newest
	entries, err := d.Articles.Trail(ctx, u.Guild, oldest, int(newest-oldest))
	if err != nil {
		return Reply{}, err
	}
	slices.Reverse(entries)
	m := panel("What was changed", fmt.Sprintf("%s, the newest first.", counted(int(last.N), "change", "changes")), shortened(roomy, func(most int) []string {
		lines := make([]string, len(entries))
		for i, e := range entries {
			lines[i] = auditLine(e, most)
		}
		return lines
	}))
	buttons := append(u.turn(actAudit, page, "Newer", "Older", to < int(last.N)), u.button("Export and check", actAuditExport, "", 0))
	return with(m, row(buttons...)), nil
}

// Line is an entry of the audit trail in plain words: Markdown, in at most 1,000 characters.
func Line(e library.Entry) string { return auditLine(e, 150) }

// auditLine is one entry in plain words.
func auditLine(e library.Entry, most int) string {
	line := fmt.Sprintf("**%d** · %s · %s %s", e.N, moment(e.At, 'f'), person(e.Actor), deed(e, most))
	if what := change(e, most); what != "" {
		line += "\n  " + what
	}
	if e.Reason != "" {
		line += "\n  Why: " + plain(e.Reason, most)
	}
	return line
}

// deed says what was done, as the rest of a sentence that begins with who did it.
func deed(e library.Entry, most int) string {
	subject := "**" + plain(e.Subject, most) + "**"
	if e.Action == "article.publish" && e.Before == "" {
		return "published the new article " + subject
	}
	if text, known := map[string]string{
		"article.publish":   "published a new version of " + subject,
		"article.published": "brought back " + subject,
		"article.withdrawn": "withdrew " + subject,
		"article.hidden":    "hid " + subject,
		"article.review":    "reviewed " + subject,
		"setting.set":       "set **" + settingLabel(e.Subject, most) + "**",
		"golden.override":   "published although a test fails that passed before: " + subject,
		"gaps.dismiss":      "took missed questions off the list: " + subject,
		"job.cancel":        "cancelled long work: **" + cancelledJob(e.Subject, most) + "**",
		"library.import":    "imported an archive of the library of the server " + subject,
		"answer.remove":     "removed the posted answer " + subject,
	}[e.Action]; known {
		return text
	}
	what, did, _ := strings.Cut(e.Action, ".")
	name, known := map[string]string{
		"golden": "a test", "bank": "a suggested question", "synonym": "a group of synonyms", "correction": "a correction",
		"preference": "a preferred passage", "draft": "a draft", "watch": "a watched page", "proposal": "a safety proposal",
	}[what]
	switch {
	case known && did == "delete":
		return "removed " + name
	case known && did == "put" && e.Before == "":
		return "added " + name
	case known && did == "put":
		return "changed " + name
	}
	return "did " + plain(e.Action, most) + " to " + subject
}

// cancelledJob is a job whose kind and id an entry names.
func cancelledJob(subject string, most int) string {
	kind, _, _ := strings.Cut(subject, " ")
	return plain(jobName(kind), most)
}

// change is what stood there before and after: of a setting its value, of anything else
// the beginning of its hash.
func change(e library.Entry, most int) string {
	show := func(value string) string { return render.Escape(short(value)) }
	switch {
	case e.Action == "setting.set" && e.Subject == library.SafetyTopics:
		show = func(value string) string {
			if value == "" {
				return ""
			}
			return short(library.HashOf(value))
		}
	case e.Action == "setting.set":
		show = func(value string) string { return settingValue(e.Subject, value, most) }
	case strings.HasPrefix(e.Action, "article.") && strings.Contains(e.Before, " "): // a state and a hash
		return ""
	}
	if e.Before == "" && e.After == "" {
		return ""
	}
	nothing := "nothing"
	if c, ok := controlOf(e.Subject); ok && e.Action == "setting.set" && (c.kind == switched || c.kind == chosen || c.kind == numbered) {
		nothing = "the default"
	}
	return "before: " + cmp.Or(show(e.Before), nothing) + " · after: " + cmp.Or(show(e.After), nothing)
}

// settingLabel is what a setting is called on its screen.
func settingLabel(name string, most int) string {
	if c, ok := controlOf(name); ok {
		return c.label
	}
	if label, known := map[string]string{
		"muted-members": "Members blocked for a while", "ready": "First checklist finished", library.SafetyTopics: "Safety topics of this server",
	}[name]; known {
		return label
	}
	return plain(name, most)
}

// settingValue is what a setting was set to, as its screen shows it; "" for the default.
func settingValue(name, value string, most int) string {
	c, ok := controlOf(name)
	switch {
	case value == "":
		return ""
	case ok:
		return c.shownValue(value, most)
	case name != "muted-members":
		return plain(value, most)
	}
	var who []string
	for m := range strings.SplitSeq(value, ",") {
		member, until, _ := strings.Cut(m, "@")
		t, err := time.Parse(time.RFC3339, until)
		if err != nil {
			return plain(value, most)
		}
		who = append(who, person(member)+" until "+moment(t, 'f'))
	}
	return some(who, max(1, most/50))
}

const (
	trailPage = 500      // entries that are read at a time
	maxTrail  = 10 << 20 // bytes that are attached: https://discord.com/developers/docs/reference#uploading-files
)

// auditExport attaches the whole trail and says whether its chain holds.
func (d *Desk) auditExport(ctx context.Context, u Use) (Reply, error) {
	data, last, all, err := d.trail(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	checked, err := d.verified(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	part := fmt.Sprintf("Attached: all %s, one JSON object a line, the oldest first.", counted(int(last), "change", "changes"))
	if !all {
		part = fmt.Sprintf("Attached: the oldest %s, one JSON object a line. A file can have 10 MB and the rest has no room; "+
			"whoever runs the bot gets all of it with “verbatim kb audit --guild %s”.", counted(int(last), "change", "changes"), u.Guild)
	}
	return beside(attached(panel("The audit trail", checked, part), "audit.jsonl", data)), nil
}

// trail reads the trail from its beginning, as lines of JSON, as far as they have room.
// It returns the number of the last entry that has, and whether that is all of them.
func (d *Desk) trail(ctx context.Context, guild string) (data []byte, last int64, all bool, err error) {
	var b []byte
	for {
		entries, err := d.Articles.Trail(ctx, guild, last, trailPage)
		if err != nil || len(entries) == 0 {
			return b, last, true, err
		}
		for _, e := range entries {
			line, err := json.Marshal(e)
			if err != nil {
				return nil, 0, false, fmt.Errorf("%w: entry %d of the trail: %w", article.ErrInvalid, e.N, err)
			}
			if len(b)+len(line)+1 > maxTrail {
				return b, last, false, nil
			}
			b = append(append(b, line...), '\n')
			last = e.N
		}
	}
}

// verified says whether the chain of the trail holds.
func (d *Desk) verified(ctx context.Context, guild string) (string, error) {
	last, err := d.Articles.VerifyTrail(ctx, guild)
	if errors.Is(err, article.ErrConflict) {
		return "**The chain is broken.** " + render.Escape(sentence(err)) + " Tell whoever runs the bot.", nil
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("The chain is whole: each of the %s follows the one before it. The last one's hash begins with %s.",
		counted(int(last.N), "change", "changes"), short(last.Hash)), nil
}
