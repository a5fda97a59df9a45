package desk

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
	"verbatim/knowledge"
)

// office keeps settings and the audit trail of one server.
type office struct {
	Articles

	set   map[string]string
	trail []library.Entry
	fails error
	rival func() // somebody who changes something at the same moment
}

func (o *office) Settings(context.Context, string) (library.Settings, map[string]string, error) {
	if o.fails != nil {
		return library.Settings{}, nil, o.fails
	}
	s, err := library.ParseSettings(o.set)
	return s, o.set, err
}

func (o *office) Set(_ context.Context, _, name, value string, act library.Act) (string, error) {
	canonical, err := library.NormalizeSetting(name, value)
	if err != nil {
		return "", err
	}
	o.set[name] = canonical
	o.trail = append(o.trail, library.Entry{N: int64(len(o.trail) + 1), Actor: act.Actor, Reason: act.Reason, Subject: name})
	return canonical, nil
}

// Swap implements Articles; once somebody else is faster.
func (o *office) Swap(ctx context.Context, guild, name, from, to string, act library.Act) error {
	if o.rival != nil {
		o.rival()
		o.rival = nil
	}
	if o.set[name] != from {
		return article.ErrConflict
	}
	_, err := o.Set(ctx, guild, name, to, act)
	return err
}

func (o *office) LastEntry(context.Context, string) (library.Entry, error) {
	if len(o.trail) == 0 {
		return library.Entry{}, nil
	}
	return o.trail[len(o.trail)-1], nil
}

func (o *office) Trail(context.Context, string, int64, int) ([]library.Entry, error) {
	return o.trail, nil
}

// council keeps the topics and proposals of one server.
type council struct {
	Bench

	own       []bench.OwnTopic
	proposals []library.Record[library.Proposal]
	alone     []bool
	refuse    error
	notes     map[string][]byte
}

func (c *council) Note(_ context.Context, _ string, value []byte) (string, error) {
	name := fmt.Sprint("n", len(c.notes))
	if c.notes == nil {
		c.notes = map[string][]byte{}
	}
	c.notes[name] = value
	return name, nil
}

func (c *council) Noted(_ context.Context, _, name string) ([]byte, error) { return c.notes[name], nil }

func (c *council) Topics(context.Context, string) ([]bench.OwnTopic, error) { return c.own, nil }

func (c *council) Propose(_ context.Context, _ string, p library.Proposal, alone bool, act library.Act) (bench.Decided, error) {
	c.alone = append(c.alone, alone)
	if c.refuse != nil {
		return bench.Decided{}, c.refuse
	}
	p.By, p.At, p.State = act.Actor, dawn, library.ProposalApproved
	waits := ""
	if p.Kind == library.RemoveTopic && !alone {
		p.State, waits = library.ProposalOpen, "It weakens an emergency topic, so a second moderator has to approve it."
	}
	c.proposals = append(c.proposals, library.Record[library.Proposal]{ID: fmt.Sprint("p", len(c.proposals)), Value: p})
	return bench.Decided{Proposal: p, InForce: waits == "", Waits: waits}, nil
}

func (c *council) Proposals(context.Context, string) ([]library.Record[library.Proposal], error) {
	return c.proposals, nil
}

func (c *council) Decide(_ context.Context, _, id string, approve, alone bool, act library.Act) (bench.Decided, error) {
	for i := range c.proposals {
		p := &c.proposals[i].Value
		switch {
		case c.proposals[i].ID != id:
		case approve && p.By == act.Actor && !alone:
			return bench.Decided{}, fmt.Errorf("%w: somebody else has to approve what you proposed", article.ErrInvalid)
		case approve:
			p.State, p.DecidedBy = library.ProposalApproved, act.Actor
			return bench.Decided{InForce: true}, nil
		default:
			p.State, p.DecidedBy = library.ProposalRefused, act.Actor
			return bench.Decided{}, nil
		}
	}
	return bench.Decided{}, article.ErrNotFound
}

func (c *council) Why(_ context.Context, _ string, q answer.Question) (bench.Explanation, error) {
	updated, _ := article.ParseDate("2024-02-03")
	e := bench.Explanation{Answer: answer.Answer{Outcome: answer.Answered, Quote: &answer.Quote{Text: "Ponds are cold.", Title: "Garden ponds", Author: "Greta", Updated: updated}}}
	if strings.Contains(q.Text, "chlorine") {
		e.Triage = safety.Decision{Tier: safety.TierEmergency, Matches: []safety.Match{{Topic: "pond-chemicals", Tier: safety.TierEmergency, Rule: "drank chlorine", View: "plain", Matched: "drank chlorine"}}}
		e.Guild = []string{"pond-chemicals"}
		e.Answer = answer.Answer{Outcome: answer.CardOnly, Tier: safety.TierEmergency, Cards: []safety.Card{{Title: "Call now"}}}
	}
	return e, nil
}

// dawn is when everything happens.
var dawn = time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC)

const (
	moderator = "111111111111111111"
	second    = "222222222222222222"
	somebody  = "333333333333333333"
)

// rulesDesk is a desk with settings and topics.
func rulesDesk(t *testing.T) (*Desk, *office, *council) {
	t.Helper()
	rules, err := safety.Load(knowledge.Safety())
	if err != nil {
		t.Fatal(err)
	}
	o, c := &office{set: map[string]string{}}, &council{}
	return New(Config{Bench: c, Articles: o, Rules: rules, Now: func() time.Time { return dawn }}), o, c
}

// useBy is a use by a moderator.
func useBy(who string) Use {
	return Use{
		Guild: "999999999999999999", Member: who, Texts: map[string]string{}, Inputs: map[string]string{},
		Seal:  func(a Action, on string, page int) string { return fmt.Sprintf("%c|%s|%d", a, on, page) },
		Fetch: func(_ context.Context, a Attachment, _ int64) ([]byte, error) { return []byte(a.URL), nil },
	}
}

// shows runs a use and wants a reply within Discord's limits.
func shows(t *testing.T, d *Desk, u Use) Reply {
	t.Helper()
	r, err := d.Run(t.Context(), u)
	if err != nil {
		t.Fatalf("%s %s %c: %v", u.Command, u.Sub, u.Action, err)
	}
	for _, wrong := range limits(r) {
		t.Errorf("%s %s %c: %s", u.Command, u.Sub, u.Action, wrong)
	}
	return r
}

// command is a use of a command by a moderator.
func command(name, sub string, texts map[string]string) Use {
	u := useBy(moderator)
	u.Command, u.Sub = name, sub
	maps.Copy(u.Texts, texts)
	return u
}

// action is a use of a component.
func action(who string, a Action, on string, page int, values ...string) Use {
	u := useBy(who)
	u.Action, u.On, u.Page, u.Values = a, on, page, values
	return u
}

// TestRuleScreens looks at the screens of settings and safety.
func TestRuleScreens(t *testing.T) {
	d, o, c := rulesDesk(t)
	o.set["auto-channels"], o.set["helplines"] = "444444444444444444", "Garden line 0800 1111"
	c.own = []bench.OwnTopic{{ID: "pond-chemicals", Tier: safety.TierEmergency, Body: "topics:\n  - id: pond-chemicals\n"}}
	c.proposals = []library.Record[library.Proposal]{{ID: "p0", Value: library.Proposal{Kind: library.RemoveTopic, Topic: "pond-chemicals", State: library.ProposalOpen, By: second, At: dawn}}}
	for name, u := range map[string]Use{
		"settings":       command(CommandSettings, "show", nil),
		"setup":          command(CommandSettings, "setup", nil),
		"setting-auto":   action(moderator, actSetting, "", 1, "auto-channels"),
		"setting-choice": action(moderator, actSetting, "", 0, "propagation"),
		"setting-switch": action(moderator, actSetting, "", 0, "gaps"),
		"setting-number": action(moderator, actSetting, "", 0, "stale-days"),
		"setting-text":   action(moderator, actSetting, "", 0, "helplines"),
		"setting-form":   action(moderator, actType, "helplines", 0),
		"try-form":       action(moderator, actTry, "", 0),
		"topics":         command(CommandSafety, "topics", nil),
		"topic-own":      action(moderator, actTopic, "pond-chemicals", 0),
		"topic-shipped":  action(moderator, actTopic, "", 0, d.Rules.Topics()[0].ID),
		"test":           command(CommandSafety, "test", map[string]string{"text": "He drank chlorine"}),
		"resources":      command(CommandSafety, "resources", nil),
		"propose-form":   command(CommandSafety, "propose", nil),
		"propose-change": command(CommandSafety, "propose", map[string]string{"topic": "pond-chemicals"}),
		"approve":        command(CommandSafety, "approve", nil),
		"proposal":       action(moderator, actProposals, "", 0, "p0"),
		"log":            command(CommandSafety, "log", nil),
	} {
		t.Run(name, func(t *testing.T) { golden(t, "rules-"+name, drawn(shows(t, d, u))) })
	}
}

// TestEverySettingCanBeChanged opens every setting that people can type, and changes it.
func TestEverySettingCanBeChanged(t *testing.T) {
	d, o, _ := rulesDesk(t)
	for _, name := range library.SettingNames() {
		if name == "muted-members" || name == "ready" {
			continue // these have commands of their own
		}
		c, ok := controlOf(name)
		if !ok {
			t.Errorf("%s cannot be changed in Discord", name)
			continue
		}
		value := map[controlKind]string{
			switched: "on", numbered: "30", written: "Line 1", channels: "444444444444444444", channel: "444444444444444444",
			roles: "555555555555555555", members: somebody,
		}[c.kind]
		u := action(moderator, actSet, name, 0, value)
		switch c.kind {
		case chosen:
			u.Values = []string{c.choices[len(c.choices)-1].Value}
		case switched:
			u = action(moderator, actSwitch, name, 1)
		case written:
			u = action(moderator, actType, name, 0)
			u.Form, u.Inputs[inputValue] = true, value
		case numbered, channels, channel, roles, members:
		}
		if got := drawn(shows(t, d, u)); !strings.Contains(got, "Saved") || o.set[name] == "" {
			t.Errorf("%s: %q\n%s", name, o.set[name], got)
		}
		shows(t, d, action(moderator, actReset, name, 0))
		if o.set[name] != "" {
			t.Errorf("%s: reset to %q", name, o.set[name])
		}
		for _, e := range c.choices {
			if _, err := library.NormalizeSetting(name, e.Value); err != nil {
				t.Errorf("%s: the menu offers %q: %v", name, e.Value, err)
			}
		}
	}
}

// TestWrongValue wants what will not do to be told, and the setting to stay.
func TestWrongValue(t *testing.T) {
	d, o, _ := rulesDesk(t)
	o.set["stale-days"] = "30"
	u := action(moderator, actType, "stale-days", 0)
	u.Form, u.Inputs[inputValue] = true, "many"
	if got := drawn(shows(t, d, u)); !strings.Contains(got, "Not changed") || !strings.Contains(got, "whole number") || o.set["stale-days"] != "30" {
		t.Errorf("%q\n%s", o.set["stale-days"], got)
	}
}

// TestFirstRun goes through the checklist.
func TestFirstRun(t *testing.T) {
	d, o, _ := rulesDesk(t)
	topics := command(CommandSafety, "topics", nil)
	for _, ready := range []bool{false, true} {
		topics.Settings.Ready = ready
		if got := shows(t, d, topics).Show.Embeds[0].Footer != nil; got == ready {
			t.Errorf("ready %v: reminded %v", ready, got)
		}
	}
	back := drawn(shows(t, d, action(moderator, actSet, "log-channel", fromSetup, "444444444444444444")))
	if !strings.Contains(back, "Back to the checklist") {
		t.Errorf("it does not lead back:\n%s", back)
	}
	u := action(moderator, actTry, "", 0)
	u.Form, u.Inputs[inputQuestion] = true, "Are ponds cold?"
	if got := drawn(shows(t, d, u)); !strings.Contains(got, "Ponds are cold") || !strings.Contains(got, "Greta") {
		t.Errorf("the test question shows\n%s", got)
	}
	if got := drawn(shows(t, d, action(moderator, actReady, "", 0))); !strings.Contains(got, "Finished") || o.set["ready"] != "on" {
		t.Errorf("%v\n%s", o.set, got)
	}
	for _, wrong := range limits(Reply{Show: func() *api.Message { m := Welcome(strings.Repeat("x", 200)); return &m }()}) {
		t.Error(wrong)
	}
}

// TestOrder pauses, mutes, blocks and takes all of it back.
func TestOrder(t *testing.T) {
	d, o, _ := rulesDesk(t)
	shows(t, d, command(CommandSettings, "pause", map[string]string{"reason": "spam"}))
	if o.set["paused"] != "on" || o.trail[0].Reason != "spam" || o.trail[0].Actor != moderator {
		t.Errorf("%v %+v", o.set, o.trail)
	}
	shows(t, d, command(CommandSettings, "resume", nil))
	if o.set["paused"] == "on" {
		t.Error("it is still paused")
	}
	shows(t, d, command(CommandSettings, "block", map[string]string{"member": somebody, "for": "1d"}))
	s, _, _ := o.Settings(t.Context(), "")
	if len(s.Muted) != 1 || s.Muted[0] != (library.Mute{Member: somebody, Until: dawn.Add(24 * time.Hour)}) {
		t.Errorf("muted: %+v", s.Muted)
	}
	o.rival = func() { o.set["blocked-members"] = second }
	shows(t, d, command(CommandSettings, "block", map[string]string{"member": somebody}))
	if o.set["blocked-members"] != second+","+somebody {
		t.Errorf("a block is lost: %q", o.set["blocked-members"])
	}
	o.set["blocked-members"] = somebody
	shows(t, d, command(CommandSettings, "unblock", map[string]string{"member": somebody}))
	if s, _, _ := o.Settings(t.Context(), ""); len(s.Muted)+len(s.Blocked) > 0 {
		t.Errorf("still %+v %+v", s.Muted, s.Blocked)
	}
	if got := drawn(shows(t, d, command(CommandSettings, "block", map[string]string{"member": moderator}))); !strings.Contains(got, "yourself") {
		t.Errorf("a moderator blocks themselves:\n%s", got)
	}
}

// TestProposals has a topic proposed by the form, refused by the lint, removed by two.
func TestProposals(t *testing.T) {
	d, o, c := rulesDesk(t)
	u := action(moderator, actPropose, "", 0)
	u.Form, u.Inputs = true, chlorine("Emergency")
	if got := drawn(shows(t, d, u)); !strings.Contains(got, "in force now") {
		t.Errorf("%s", got)
	}
	golden(t, "rules-topic.yaml", c.proposals[0].Value.Body)
	c.refuse = fmt.Errorf("%w: topics:7: the example does not fire\ntopics: nor does another", article.ErrInvalid)
	r := shows(t, d, u)
	if got := drawn(r); !strings.Contains(got, "- The example does not fire.\n- Nor does another.") || len(r.Show.Files) != 1 {
		t.Errorf("what was typed is lost:\n%s", got)
	}
	wantsRetyped(t, d, u)
	c.refuse = nil
	remove := map[string]string{"do": "remove", "topic": "pond-chemicals", "reason": "double"}
	if got := drawn(shows(t, d, command(CommandSafety, "propose", remove))); !strings.Contains(got, "second moderator") {
		t.Errorf("%s", got)
	}
	c.own = []bench.OwnTopic{{ID: "pond-chemicals", Body: "what there is now"}}
	look := command(CommandSafety, "approve", nil)
	look.Values = []string{"p1"}
	if got := drawn(shows(t, d, look)); !strings.Contains(got, "As it is now") || !strings.Contains(got, "what there is now") || strings.Contains(got, "As it would be") {
		t.Errorf("what would go is not shown:\n%s", got)
	}
	if got := drawn(shows(t, d, action(moderator, actDecide, "p1", 1))); !strings.Contains(got, "Somebody else") {
		t.Errorf("approved by who proposed it:\n%s", got)
	}
	if got := drawn(shows(t, d, action(second, actDecide, "p1", 1))); !strings.Contains(got, "Approved") {
		t.Errorf("%s", got)
	}
	// The owner counts as alone until somebody else has changed anything.
	owner := command(CommandSafety, "propose", remove)
	owner.Owner = true
	shows(t, d, owner)
	o.trail = append(o.trail, library.Entry{N: 1, Actor: second})
	shows(t, d, owner)
	owner.Settings.ModeratorRoles = []string{"555555555555555555"}
	o.trail = nil
	shows(t, d, owner)
	if got := c.alone[len(c.alone)-3:]; !got[0] || got[1] || got[2] {
		t.Errorf("alone: %v", got)
	}
}

// chlorine is what is typed into the form for a topic.
func chlorine(tier string) map[string]string {
	return map[string]string{
		inputTopic: " Pond chemicals!", inputTier: tier, inputWords: "drank chlorine\n\n swallowed chlorine ",
		inputFires: "He drank \"chlorine\"\nmy dog swallowed chlorine\nI drank chlorine", inputQuiet: "How much chlorine does a pond need?\nwhat is chlorine",
	}
}

// wantsRetyped wants the form to come back with all that was typed.
func wantsRetyped(t *testing.T, d *Desk, u Use) {
	t.Helper()
	form := shows(t, d, action(moderator, actRepropose, "n0", 0)).Form
	if form == nil {
		t.Fatal("no form")
	}
	for _, in := range form.Inputs {
		if in.Value == "" || in.Value != u.Inputs[in.ID] {
			t.Errorf("%s is %q, typed was %q", in.ID, in.Value, u.Inputs[in.ID])
		}
	}
}

// TestWrittenTopic wants the shipped rules to take what the form makes of each tier, and
// what is missing to be told in words of the form.
func TestWrittenTopic(t *testing.T) {
	d, _, _ := rulesDesk(t)
	for _, tier := range []string{"crisis", "emergency", "urgent", "safety"} {
		body, id, err := writtenTopic(chlorine(tier))
		if err != nil || id != "pond-chemicals" {
			t.Errorf("%s: %q %v", tier, id, err)
		}
		if _, err := d.Rules.WithTopics(body); err != nil {
			t.Errorf("%s: %v\n%s", tier, err, body)
		}
	}
	tests := map[string]struct{ field, typed, want string }{
		"name":  {inputTopic, "水", "The name needs plain letters"},
		"tier":  {inputTier, "very bad", "The tier must be"},
		"none":  {inputTier, "none", "The tier must be"},
		"fires": {inputFires, "one\n\ntwo", "you wrote 2"},
		"quiet": {inputQuiet, "one", "you wrote 1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := action(moderator, actPropose, "", 0)
			u.Form, u.Inputs = true, chlorine("urgent")
			u.Inputs[test.field] = test.typed
			d, _, c := rulesDesk(t)
			if got := drawn(shows(t, d, u)); !strings.Contains(got, test.want) || len(c.proposals) > 0 {
				t.Errorf("shown:\n%s", got)
			}
			wantsRetyped(t, d, u)
		})
	}
}

// TestInternalErrorsAreNotShown wants nothing of what went wrong inside to be seen.
func TestInternalErrorsAreNotShown(t *testing.T) {
	d, o, _ := rulesDesk(t)
	o.fails = fmt.Errorf("%w: dial tcp 10.0.0.1", article.ErrUnavailable)
	r, err := d.Run(t.Context(), command(CommandSettings, "show", nil))
	if err == nil || strings.Contains(drawn(r), "10.0.0.1") || !strings.Contains(drawn(r), "try again") {
		t.Errorf("%v\n%s", err, drawn(r))
	}
}
