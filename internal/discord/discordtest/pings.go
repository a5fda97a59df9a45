package discordtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// allowed is the object that says which mentions notify.
// Source: https://discord.com/developers/docs/resources/message#allowed-mentions-object
type allowed struct {
	Parse       []string `json:"parse"`
	Roles       []string `json:"roles"`
	Users       []string `json:"users"`
	RepliedUser bool     `json:"replied_user"`
}

// loud reports what in the message could notify anybody. Mentions are allowed
// unless they are forbidden, so silence about them is a violation too.
func (b *body) loud() []string {
	switch m := b.Mentions; {
	case m == nil:
		return []string{"allowed_mentions is absent, so every mention would ping"}
	case m.Parse == nil:
		return []string{"allowed_mentions.parse is absent or null, so mentions could ping"}
	case len(m.Parse) > 0 || len(m.Users) > 0 || len(m.Roles) > 0 || m.RepliedUser:
		return []string{fmt.Sprintf("allowed_mentions lets somebody be pinged: %+v", *m)}
	}
	return nil
}

func (a *allowed) limits(at string, problems fieldErrors) {
	if a == nil {
		return
	}
	for i, kind := range a.Parse {
		if !slices.Contains([]string{"users", "roles", "everyone"}, kind) {
			problems.add(fmt.Sprintf("%sparse.%d", at, i), "BASE_TYPE_CHOICES", "Value must be one of ('users', 'everyone', 'roles').")
		}
	}
	for kind, ids := range map[string][]string{"users": a.Users, "roles": a.Roles} {
		if len(ids) > 100 {
			problems.add(at+kind, "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
		}
		if len(ids) > 0 && slices.Contains(a.Parse, kind) {
			problems.add(at+kind, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse:[%q] and %s: [ids...] are mutually exclusive.", kind, kind)
		}
	}
}

var (
	roleMention = regexp.MustCompile(`<@&(\d+)>`)
	massMention = regexp.MustCompile(`@(everyone|here)`)
)

// pinged returns whom a new message notifies, sorted: members, roles, everyone. A
// reply notifies the author of what it replies to, unless that is switched off.
func (b *body) pinged(s *Server, to *message) []string {
	if b == nil {
		return nil
	}
	a := b.Mentions
	if a == nil {
		a = &allowed{Parse: []string{"users", "roles", "everyone"}, RepliedUser: true}
	}
	var found []string
	text := b.text()
	for _, match := range mention.FindAllStringSubmatch(text, -1) {
		if s.members[match[1]] != nil && (slices.Contains(a.Parse, "users") || slices.Contains(a.Users, match[1])) {
			found = append(found, "<@"+match[1]+">")
		}
	}
	for _, match := range roleMention.FindAllStringSubmatch(text, -1) {
		if slices.Contains(a.Parse, "roles") || slices.Contains(a.Roles, match[1]) {
			found = append(found, match[0])
		}
	}
	if slices.Contains(a.Parse, "everyone") {
		found = append(found, massMention.FindAllString(text, -1)...)
	}
	if to != nil && a.RepliedUser {
		found = append(found, "<@"+to.author.ID+">")
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// text is what of a message can mention anybody; embeds cannot.
func (b *body) text() string {
	var parts []string
	if b.Content != nil {
		parts = append(parts, *b.Content)
	}
	for c := range walk(b.Components) {
		if c.Type == componentText {
			parts = append(parts, c.Content)
		}
	}
	return strings.Join(parts, "\n")
}
