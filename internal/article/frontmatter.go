package article

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

const (
	fence          = "---"
	frontLine      = 2        // the line of the file on which the YAML starts
	maxFrontMatter = 64 << 10 // bytes
	maxYAMLDepth   = 8
)

// split separates the YAML from the Markdown. ok is false when there is no
// front matter to read.
func (p *problems) split(source string) (front string, bodyStart int, ok bool) {
	first, rest, _ := strings.Cut(source, "\n")
	if strings.TrimRight(first, " \t") != fence {
		p.add(1, 1, "there is no front matter", `begin the file with a line "---", the keys title, author and updated, and another line "---"`)
		return "", 0, false
	}
	start := len(source) - len(rest)
	for at := start; at < len(source); {
		line, _, _ := strings.Cut(source[at:], "\n")
		next := min(at+len(line)+1, len(source))
		if strings.TrimRight(line, " \t") == fence {
			return p.sized(source[start:at], next)
		}
		at = next
	}
	p.add(1, 1, "the front matter does not end", `put a line "---" between the front matter and the text`)
	return "", 0, false
}

func (p *problems) sized(front string, bodyStart int) (string, int, bool) {
	if len(front) > maxFrontMatter {
		p.addTooLarge(1, 1, fmt.Sprintf("the front matter has %d bytes and the limit is %d", len(front), maxFrontMatter), "move text below it")
		return "", 0, false
	}
	return front, bodyStart, true
}

// mapping parses YAML into its top-level mapping, which is nil after a problem
// and for YAML without content.
func (p *problems) mapping(front string) ast.Node {
	tokens, ok := p.tokenize(front)
	if !ok {
		return nil
	}
	file, err := parseYAML(tokens)
	if err != nil {
		p.syntax(err)
		return nil
	}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			return doc.Body
		}
	}
	return nil
}

// parseYAML keeps a panic of the YAML parser, which is foreign code, from
// spreading. Duplicate keys pass, so that all of them can be reported.
func parseYAML(tokens token.Tokens) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			file, err = nil, fmt.Errorf("the YAML parser gave up (%v)", r)
		}
	}()
	return parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
}

// syntax reports a YAML syntax error at its place in the file.
func (p *problems) syntax(err error) {
	var placed interface {
		GetMessage() string
		GetToken() *token.Token
	}
	const fix = `check the indentation, and put a value that holds ": " or "#" in quotes`
	if errors.As(err, &placed) && placed.GetToken() != nil {
		line, column := place(placed.GetToken())
		p.addf(line, column, fix, "the front matter is not YAML: %s", placed.GetMessage())
		return
	}
	p.addf(1, 1, fix, "the front matter is not YAML: %v", err)
}

// place translates a YAML position to the file.
func place(t *token.Token) (line, column int) {
	if t == nil || t.Position == nil {
		return 1, 1
	}
	return t.Position.Line + frontLine - 1, max(t.Position.Column, 1)
}

// tokenize refuses what front matter has no use for and what could make
// reading it costly: references, tags, directives and deep nesting.
func (p *problems) tokenize(front string) (token.Tokens, bool) {
	tokens, err := scanYAML(front)
	if err != nil {
		p.syntax(err)
		return nil, false
	}
	var nesting yamlNesting
	for _, t := range tokens {
		line, column := place(t)
		if what := refusedYAML(t.Type); what != "" {
			p.addf(line, column, "write the value out", "%s is not allowed in front matter", what)
			return nil, false
		}
		if nesting.add(t) > maxYAMLDepth {
			p.add(line, column, "the front matter is nested too deeply", "keep to the keys that the documentation names")
			return nil, false
		}
	}
	return tokens, true
}

// scanYAML does for the scanner what parseYAML does for the parser.
func scanYAML(front string) (tokens token.Tokens, err error) {
	defer func() {
		if r := recover(); r != nil {
			tokens, err = nil, fmt.Errorf("the YAML scanner gave up (%v)", r)
		}
	}()
	return lexer.Tokenize(front), nil
}

func refusedYAML(t token.Type) string {
	switch t {
	case token.AnchorType:
		return "an anchor (&)"
	case token.AliasType:
		return "an alias (*)"
	case token.TagType:
		return "a tag (!)"
	case token.MergeKeyType:
		return "a merge key (<<)"
	case token.DirectiveType:
		return "a directive (%)"
	case token.MappingKeyType:
		return "an explicit key (?)"
	case token.DocumentHeaderType, token.DocumentEndType:
		return "a second YAML document"
	}
	return ""
}

// yamlNesting counts the brackets that are open and the "- " of one line.
type yamlNesting struct{ brackets, dashes, line int }

func (n *yamlNesting) add(t *token.Token) int {
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		n.brackets++
	case token.SequenceEndType, token.MappingEndType:
		n.brackets--
	case token.SequenceEntryType:
		if t.Position.Line != n.line {
			n.line, n.dashes = t.Position.Line, 0
		}
		n.dashes++
	}
	return max(n.brackets, n.dashes)
}
