package propagate

import (
	"context"
	"strconv"
	"strings"
)

// subject is what the job is about.
func (r *run) subject() string {
	if r.args.Answer != "" {
		return "A corrected answer"
	}
	return "Posted answers that quote “" + r.args.Article + "”"
}

// summary says what was done.
func (r *run) summary() string {
	looked := "1 answer looked at"
	if r.at.Looked != 1 {
		looked = strconv.FormatInt(r.at.Looked, 10) + " answers looked at"
	}
	parts := []string{looked, strconv.FormatInt(r.at.Changed, 10) + " changed"}
	if r.at.Removed > 0 {
		parts = append(parts, strconv.FormatInt(r.at.Removed, 10)+" removed")
	}
	if r.at.Unreachable > 0 {
		parts = append(parts, strconv.FormatInt(r.at.Unreachable, 10)+" out of reach")
	}
	return strings.Join(parts, ", ") + "."
}

// tell says in the log channel what was done, where there was anything.
func (r *run) tell(ctx context.Context) {
	switch {
	case r.at.Looked == 0:
	case r.args.Answer != "":
		r.Say(ctx, r.guild, r.subject()+" was brought in line where it was posted: "+r.summary())
	default:
		r.Say(ctx, r.guild, r.subject()+" were brought in line: "+r.summary())
	}
}
