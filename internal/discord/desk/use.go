package desk

import (
	"context"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// Use is one use of a moderator's command, component, form or completion. Whoever
// hands it over has checked that the member moderates the guild, now and not when the
// message with the component was made.
type Use struct {
	Guild   string
	Channel string
	Member  string // who uses it: Discord's id, named in the audit trail
	Owner   bool   // owns the guild
	Locale  string // of the member's client

	Command  string            // such as "kb"; of a command or a completion
	Sub      string            // its subcommand, such as "add"; empty for none
	Texts    map[string]string // what was given for text, channel, role and member options
	Numbers  map[string]int64
	Switches map[string]bool
	File     *Attachment // of an option that takes one
	Focused  string      // the option that is being completed
	Target   Target      // of a command in a message's menu, or of a reply

	Action Action // of a component or a form
	On     string // what it acts on, at most [MaxOn] bytes
	Page   int
	Values []string // what was chosen in a menu
	Form   bool     // it is a form that was filled in
	Inputs map[string]string

	Settings library.Settings
	// Seal makes the custom id of a component or a form, good in this guild alone; it
	// is "" when none can be made.
	Seal func(a Action, on string, page int) string
	// Fetch downloads an attachment of at most limit bytes. ErrTooLarge beyond that.
	Fetch func(ctx context.Context, a Attachment, limit int64) ([]byte, error)
}

// Act is the use as it is named in the audit trail.
func (u Use) Act(reason string) library.Act { return library.Act{Actor: u.Member, Reason: reason} }

// Attachment is a file that a member gave.
type Attachment struct {
	Name string
	Type string // media type, as the member's client says
	URL  string
	Size int64 // in bytes, as Discord says
}

// Target is a message that a command is about.
type Target struct {
	ID  string
	Our bool // the bot wrote it
}

// MaxOn is how many bytes an action may act on.
const MaxOn = 39

// Reply is what is shown in reply to a use, to the member alone. Exactly one of the
// fields but Follow is set.
type Reply struct {
	// Show is a message: in the place of the one whose component was used, if that is
	// private as well, or beside it if Beside is set.
	Show   *api.Message
	Beside bool
	Form   *api.Modal
	// Choices complete what is typed, at most 25.
	Choices []api.Choice
	// Follow goes on after Show was sent, for long work that is watched: it calls show
	// with what takes the message's place, and returns when it is done or ctx ends.
	Follow func(ctx context.Context, show func(api.Message))
}

// Message is a reply that shows a message.
func Message(m render.Message) Reply {
	out := api.Of(m)
	return Reply{Show: &out}
}
