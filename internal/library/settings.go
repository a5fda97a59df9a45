package library

import "time"

// Settings is what a guild decided about the bot, with the defaults where it
// decided nothing. Durations are in days, ids are Discord's.
type Settings struct {
	AnswerChannels []string    // where questions are answered; empty for wherever the bot may write
	AutoChannels   []string    // where questions are answered unasked
	ForumChannels  []string    // whose new posts are answered unasked
	Private        bool        // replies to /ask are private unless the asker says otherwise
	ModeratorRoles []string    // who counts as a moderator, beside those who manage the guild
	LogChannel     string      // where changes and due reviews are posted; empty for nowhere
	AgePolicy      AgePolicy   // where age-restricted articles are quoted
	StaleDays      int         // an article older than this counts as old; 0 for never
	ShowReview     bool        // replies say when an article was reviewed
	Gaps           bool        // questions without an answer are kept, redacted, for 30 days
	Propagation    Propagation // what becomes of posted answers when their article changes
	Language       string      // of notices and buttons
	RetentionDays  int         // how long posted answers are kept
	Helplines      []string    // shown first on crisis cards
	Paused         bool        // only cards are shown
	CardNotes      bool        // a note is posted to the log channel when a card was shown
	DailyCap       int         // questions a member may ask a day; 0 for no limit
	Blocked        []string    // members who are shown nothing but cards
	Muted          []Mute      // members who are so for a while
	Ready          bool        // the moderators went through the first checklist: questions may be answered unasked
	Topics         string      // the guild's own safety topics, in the format of the shipped ones; see [SafetyTopics]
}

// AgePolicy says where age-restricted articles are quoted.
type AgePolicy string

// The age policies.
const (
	AgeByChannel AgePolicy = "channel" // in age-restricted channels
	AgeNever     AgePolicy = "never"
)

// Propagation says what becomes of posted answers when their article changes.
type Propagation string

// The ways of propagation.
const (
	PropagateEdit   Propagation = "edit"   // the new wording replaces the old one
	PropagateMark   Propagation = "mark"   // the answer says that the article has changed
	PropagateRemove Propagation = "remove" // the answer is deleted
)

// Mute is a member who is shown nothing but cards for a while.
type Mute struct {
	Member string
	Until  time.Time // in UTC, to the second
}

// SafetyTopics is the name under which [Settings].Topics is stored. It is no setting that
// people type: package bench changes it, by the rules for proposals.
const SafetyTopics = "safety-topics"
