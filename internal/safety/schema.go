package safety

import "github.com/goccy/go-yaml/ast"

// line is a string of the data with the line that it stands on.
type line struct {
	text string
	at   int
}

// UnmarshalYAML implements the node form of goccy/go-yaml's unmarshaller.
func (l *line) UnmarshalYAML(node ast.Node) error {
	l.at = node.GetToken().Position.Line
	switch n := node.(type) {
	case *ast.StringNode:
		l.text = n.Value
		return nil
	case *ast.LiteralNode:
		l.text = n.Value.Value
		return nil
	}
	return &Fault{Line: l.at, Message: "want one text here; put it in quotes"}
}

// file is one YAML file of rule data; every part is optional.
type file struct {
	Topics     []topicData       `yaml:"topics"`
	Concepts   map[string][]line `yaml:"concepts"`
	Neutral    []line            `yaml:"neutral"`
	Denials    denialData        `yaml:"denials"`
	Emoji      map[string][]line `yaml:"emoji"`    // pictograph -> the words that it stands for
	Texting    map[string]line   `yaml:"texting"`  // texting form -> what it stands for
	Ordinary   []line            `yaml:"ordinary"` // English words that are not misspellings
	Technique  *guardData        `yaml:"technique"`
	Cards      []cardData        `yaml:"cards"`
	Disclaimer *cardData         `yaml:"disclaimer"`
	Note       line              `yaml:"note"`

	name string
}

// topicData is a topic as written.
type topicData struct {
	ID       line         `yaml:"id"`
	Tier     line         `yaml:"tier"`
	Quote    line         `yaml:"quote"`
	Minor    bool         `yaml:"minor"`
	Language line         `yaml:"language"` // of its words, as in "es"; empty for English
	Card     line         `yaml:"card"`
	Any      []line       `yaml:"any"`
	Pairs    [][]line     `yaml:"pairs"`
	Unless   []line       `yaml:"unless"`
	Examples examplesData `yaml:"examples"`
	Source   Source       `yaml:"source"`
	Reviewed *Review      `yaml:"reviewed"`
}

// denialData is what makes a clause deny and say nothing else.
type denialData struct {
	Any    []line `yaml:"any"`
	Around []line `yaml:"around"`
}

// guardData is what marks a text as technique.
type guardData struct {
	QuoteGuard []line       `yaml:"quote_guard"`
	Examples   examplesData `yaml:"examples"`
}

type examplesData struct {
	Positive []line `yaml:"positive"`
	Negative []line `yaml:"negative"`
}

// cardData is a card as written. A card without an id is the card of its tier, in
// its language.
type cardData struct {
	ID       line     `yaml:"id"`
	Tier     line     `yaml:"tier"`
	Language line     `yaml:"language"` // as in "es"; empty for English
	Note     line     `yaml:"note"`     // instead of that of all cards
	Title    line     `yaml:"title"`
	Action   line     `yaml:"action"`
	Bullets  []line   `yaml:"bullets"`
	Sources  []Source `yaml:"sources"`
	Reviewed *Review  `yaml:"reviewed"`
}

// Source is where a topic or a card comes from.
type Source struct {
	Title string `yaml:"title"`
	URL   string `yaml:"url"`
}

// Review records that a clinician has reviewed a topic. No shipped topic has one.
type Review struct {
	By string `yaml:"by"`
	On string `yaml:"on"` // YYYY-MM-DD
}
