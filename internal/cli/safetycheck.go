package cli

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/answer"
	"verbatim/internal/safety"
)

func (p *Program) safetyCheckCommand() *cli.Command {
	return &cli.Command{
		Name: "check", Usage: "says how urgent a text is, why, and what is shown", ArgsUsage: `"text"`,
		Description: `The whole text is read, however long; "-" reads it from standard input.` + "\n" +
			"Nothing is looked up and no article is needed. With --guild the server's own\n" +
			"topics and helplines count as well.\n\n" +
			example(`verbatim safety check "my chest feels tight"`, "verbatim safety check --json - <message.txt",
				safetyExample("check", ` "my chest feels tight"`)),
		Flags:  []cli.Flag{asGuildFlag(), &cli.BoolFlag{Name: "json", Usage: "print one JSON object"}},
		Action: p.safetyCheck,
	}
}

func (p *Program) safetyCheck(ctx context.Context, c *cli.Command) error {
	text, err := p.textToCheck(c)
	if err != nil {
		return err
	}
	rules, err := p.rulesOf(ctx, c)
	if err != nil {
		return err
	}
	verdict := judge(rules, text)
	if c.Bool("json") {
		return writeJSON(p.Out, verdict.json())
	}
	return p.terminal().writeVerdict(verdict)
}

func (p *Program) textToCheck(c *cli.Command) (string, error) {
	text := strings.Join(c.Args().Slice(), " ")
	if text == "-" {
		src, err := io.ReadAll(p.In)
		if err != nil {
			return "", fmt.Errorf("read the text: %w", err)
		}
		text = string(src)
	}
	if strings.TrimSpace(text) == "" {
		return "", usageError{`a text is missing; for example: verbatim safety check "is it safe"`}
	}
	return text, nil
}

// verdict is what triage decides about a text, with what is shown before any quote.
type verdict struct {
	safety.Decision
	cards      []safety.Card
	disclaimer *safety.Card
	origins    map[string]string // of the topics that are not as they were shipped
}

// judge decides as the pipeline does before its first lookup, so it needs no library.
func judge(rules *safety.Rules, text string) verdict {
	shown, _ := answer.New(rules, nil).Screen(answer.Question{Text: text, Channel: answer.AgeRestricted})
	return verdict{Decision: rules.Triage(text), cards: shown.Cards, disclaimer: shown.Disclaimer, origins: originsOf(rules)}
}

// originsOf says which topics a server added or made stricter.
func originsOf(rules *safety.Rules) map[string]string {
	origins := map[string]string{}
	for _, topic := range rules.Topics() {
		switch {
		case topic.Own:
			origins[topic.ID] = "a topic of the server's own"
		case topic.Raised:
			origins[topic.ID] = "made stricter by the server"
		}
	}
	return origins
}

// jsonVerdict is the contract that scripts depend on: every key is always there.
type jsonVerdict struct {
	Tier       safety.Tier      `json:"tier"`
	Minor      bool             `json:"minor"`
	Quote      jsonQuotable     `json:"quote"`
	Topics     []jsonTopicMatch `json:"topics"`
	Cards      []string         `json:"cards"`
	Disclaimer string           `json:"disclaimer"` // empty when none is shown
}

// jsonQuotable says in which kinds of channel an article may be quoted in reply.
type jsonQuotable struct {
	General       bool `json:"general"`
	AgeRestricted bool `json:"age_restricted"`
}

type jsonTopicMatch struct {
	ID      string             `json:"id"`
	Tier    safety.Tier        `json:"tier"`
	Quote   safety.QuotePolicy `json:"quote"`
	Rule    string             `json:"rule"`
	View    string             `json:"view"`
	Matched string             `json:"matched"`
	Origin  string             `json:"origin,omitempty"` // where the topic is not as it was shipped
}

func (v verdict) json() jsonVerdict {
	out := jsonVerdict{
		Tier: v.Tier, Minor: v.Minor, Topics: []jsonTopicMatch{}, Cards: []string{},
		Quote: jsonQuotable{General: v.MayQuote(false), AgeRestricted: v.MayQuote(true)},
	}
	for _, m := range v.Matches {
		out.Topics = append(out.Topics, jsonTopicMatch{m.Topic, m.Tier, m.Quote, m.Rule, m.View, m.Matched, v.origins[m.Topic]})
	}
	for _, card := range v.cards {
		out.Cards = append(out.Cards, card.String())
	}
	if v.disclaimer != nil {
		out.Disclaimer = v.disclaimer.String()
	}
	return out
}

// labelled writes a name and its value, wrapped beside the name.
func (t terminal) labelled(b *strings.Builder, sgr, name, value string) {
	first := fmt.Sprintf("%-11s ", name)
	t.paragraph(b, sgr, first, strings.Repeat(" ", len(first)), value)
}

func (t terminal) writeVerdict(v verdict) error {
	var b strings.Builder
	t.labelled(&b, tierStyle(v.Tier), "Tier", v.Tier.String())
	if v.Minor {
		t.labelled(&b, "", "Age", "under 18 is stated")
	}
	t.labelled(&b, "", "Quote", "in a general channel: "+quotable(v.Withheld(false)))
	t.labelled(&b, "", "", "in an age-restricted channel: "+quotable(v.Withheld(true)))
	for _, m := range v.Matches {
		b.WriteByte('\n')
		t.paragraph(&b, bold, "", "", m.Topic)
		t.labelled(&b, "", "  tier", m.Tier.String()+", quote "+string(m.Quote))
		if origin := v.origins[m.Topic]; origin != "" {
			t.labelled(&b, "", "  origin", origin)
		}
		t.labelled(&b, "", "  matched", "“"+m.Matched+"”")
		t.labelled(&b, "", "  view", m.View)
		t.labelled(&b, "", "  rule", abridged(m.Rule))
	}
	t.shown(&b, v)
	_, err := io.WriteString(t.out, b.String())
	return err
}

// shown writes what the asker sees before any quote.
func (t terminal) shown(b *strings.Builder, v verdict) {
	for _, card := range v.cards {
		t.safetyCard(b, red, card)
	}
	if v.disclaimer != nil {
		t.safetyCard(b, yellow, *v.disclaimer)
	}
	if len(v.cards) == 0 && v.disclaimer == nil {
		b.WriteString("\nNeither a card nor a disclaimer is shown.\n")
	}
}

func tierStyle(tier safety.Tier) string {
	switch {
	case tier >= safety.TierUrgent:
		return red
	case tier == safety.TierSafety:
		return yellow
	}
	return ""
}

func quotable(reason safety.Withholding) string {
	switch reason {
	case safety.NotWithheld:
		return "yes"
	case safety.WithheldByChannel:
		return "no, it asks for technique"
	case safety.WithheldFromMinor:
		return "no, it asks for technique and states an age under 18"
	case safety.WithheldByTopic:
		return "no, a topic forbids it"
	default:
		return "no, the tier forbids it"
	}
}

// alternatives are the groups of a rule.
var alternatives = regexp.MustCompile(`[({][^(){}]*[)}]`)

// abridged leaves out all but the first alternatives of each group of a rule,
// which may offer a hundred; safety explain shows them all.
func abridged(rule string) string {
	const kept = 4
	return alternatives.ReplaceAllStringFunc(rule, func(group string) string {
		parts := strings.SplitN(group, "|", kept+1)
		if len(parts) <= kept {
			return group
		}
		return strings.Join(parts[:kept], "|") + "|…" + group[len(group)-1:]
	})
}
