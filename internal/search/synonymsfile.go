package search

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// The keys of a file of synonyms.
const (
	groupsKey  = "groups"
	relatedKey = "related"
	askedKey   = "asked"
	writtenKey = "written"
)

// readPlain reads the form in which the shipped file is written, one list a line,
// many times as fast as YAML is. It gives up, with ok false, on any line that it
// does not know, and readYAML then decides.
func readPlain(src string) (lists *synonymLists, ok bool) {
	lists = &synonymLists{}
	key, seen := "", map[string]bool{}
	number := 0
	for line := range strings.Lines(src) {
		number++
		line = strings.TrimSuffix(line, "\n")
		bare := strings.TrimLeft(line, " ")
		switch {
		case bare == "" || bare[0] == '#':
		case line == groupsKey+":" || line == relatedKey+":":
			key = strings.TrimSuffix(line, ":")
			if seen[key] {
				return nil, false
			}
			seen[key] = true
		default:
			c := cursor{line: line, number: number}
			if ok := c.item(lists, key); !ok {
				return nil, false
			}
		}
	}
	return lists, true
}

// cursor reads one line of the plain form.
type cursor struct {
	line   string
	offset int
	number int
}

func (c *cursor) skip(s string) bool {
	if !strings.HasPrefix(c.line[c.offset:], s) {
		return false
	}
	c.offset += len(s)
	return true
}

func (c *cursor) place() place { return place{c.number, c.offset + 1} }

func (c *cursor) item(lists *synonymLists, key string) bool {
	if !c.skip("  - ") {
		return false
	}
	if key == groupsKey {
		g, ok := c.list()
		lists.groups = append(lists.groups, g)
		return ok && c.offset == len(c.line)
	}
	if key != relatedKey || !c.skip("{"+askedKey+": ") {
		return false
	}
	asked, ok := c.list()
	if !ok || !c.skip(", "+writtenKey+": ") {
		return false
	}
	written, ok := c.list()
	lists.related = append(lists.related, [2]phrases{asked, written})
	return ok && c.skip("}") && c.offset == len(c.line)
}

// list reads [a, b c, d].
func (c *cursor) list() (phrases, bool) {
	out := phrases{at: c.place()}
	if !c.skip("[") {
		return out, false
	}
	for {
		e := phrase{at: c.place()}
		end := strings.IndexAny(c.line[c.offset:], ",]")
		if end < 0 || !isPlainScalar(c.line[c.offset:c.offset+end]) {
			return out, false
		}
		e.text = c.line[c.offset : c.offset+end]
		c.offset += end
		out.entries = append(out.entries, e)
		if c.skip("]") {
			return out, true
		}
		if !c.skip(", ") {
			return out, false
		}
	}
}

// isPlainScalar reports whether YAML reads s as it stands, as a string.
func isPlainScalar(s string) bool {
	for i := range len(s) {
		switch b := s[i]; {
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b >= '0' && b <= '9':
		case b == '\'', b == '-', b == '.', b == '&', b == ' ':
			if i == 0 || b == ' ' && i == len(s)-1 {
				return false
			}
		default:
			return false
		}
	}
	return s != ""
}

// readYAML reads any YAML of the right form.
func readYAML(src []byte) (*synonymLists, error) {
	file, err := parser.ParseBytes(src, 0)
	if err != nil {
		return nil, fmt.Errorf("%s", yaml.FormatError(err, false, false))
	}
	lists := &synonymLists{}
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if err := readDocument(doc.Body, lists); err != nil {
			return nil, err
		}
	}
	return lists, nil
}

func readDocument(n ast.Node, lists *synonymLists) error {
	return eachPair(n, func(key string, value ast.Node) error {
		switch key {
		case groupsKey:
			return eachItem(value, func(item ast.Node) error {
				g, err := readList(item)
				lists.groups = append(lists.groups, g)
				return err
			})
		case relatedKey:
			return eachItem(value, func(item ast.Node) error {
				r, err := readRelation(item)
				lists.related = append(lists.related, r)
				return err
			})
		}
		return placeOf(value).fault("%q is not a key of this file; use %q or %q", key, groupsKey, relatedKey)
	})
}

func readRelation(n ast.Node) (r [2]phrases, err error) {
	r[0].at, r[1].at = placeOf(n), placeOf(n)
	err = eachPair(n, func(key string, value ast.Node) (err error) {
		switch key {
		case askedKey:
			r[0], err = readList(value)
		case writtenKey:
			r[1], err = readList(value)
		default:
			err = placeOf(value).fault("%q is not a key of a relation; use %q and %q", key, askedKey, writtenKey)
		}
		return err
	})
	return r, err
}

func readList(n ast.Node) (phrases, error) {
	out := phrases{at: placeOf(n)}
	err := eachItem(n, func(item ast.Node) error {
		if _, ok := item.(ast.ScalarNode); !ok {
			return placeOf(item).fault("a word or a phrase is expected")
		}
		out.entries = append(out.entries, phrase{item.GetToken().Value, placeOf(item)})
		return nil
	})
	return out, err
}

func eachPair(n ast.Node, visit func(key string, value ast.Node) error) error {
	m, ok := n.(ast.MapNode)
	if !ok {
		return placeOf(n).fault("keys with values are expected")
	}
	seen := map[string]bool{}
	for it := m.MapRange(); it.Next(); {
		key := it.Key().String()
		if seen[key] {
			return placeOf(it.Key()).fault("%q stands twice", key)
		}
		seen[key] = true
		if err := visit(key, it.Value()); err != nil {
			return err
		}
	}
	return nil
}

func eachItem(n ast.Node, visit func(ast.Node) error) error {
	if _, empty := n.(*ast.NullNode); empty {
		return nil
	}
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		return placeOf(n).fault("a list is expected")
	}
	for _, item := range s.Values {
		if err := visit(item); err != nil {
			return err
		}
	}
	return nil
}

func placeOf(n ast.Node) place {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return place{t.Position.Line, t.Position.Column}
	}
	return place{1, 1}
}
