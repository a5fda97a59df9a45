package article

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// metaReader reads a YAML mapping into a Meta and reports every fault on the way.
type metaReader struct {
	*problems
	today Date
	meta  Meta
	seen  map[string]entry
}

// An entry is one key of a mapping with its value.
type entry struct {
	key          string
	name         string // the key behind the one that holds it, such as adapted_from.url
	value        ast.Node
	line, column int // of the key
}

// A field reads the value of one key.
type field struct {
	key  string
	read func(*metaReader, entry)
}

func metaFields() []field {
	return []field{
		{"title", func(r *metaReader, e entry) { r.meta.Title = r.oneLine(e) }},
		{"author", func(r *metaReader, e entry) { r.meta.Author = r.oneLine(e) }},
		{"author_bio", func(r *metaReader, e entry) { r.meta.AuthorBio = r.text(e) }},
		{"updated", func(r *metaReader, e entry) { r.meta.Updated = r.pastDate(e) }},
		{"published", func(r *metaReader, e entry) { r.meta.Published = r.pastDate(e) }},
		{"source_url", func(r *metaReader, e entry) { r.meta.SourceURL = r.webAddress(e) }},
		{"adapted_from", func(r *metaReader, e entry) { r.meta.AdaptedFrom = r.adaptation(e) }},
		{"audience", func(r *metaReader, e entry) { r.meta.Audience = r.audience(e) }},
		{"topics", func(r *metaReader, e entry) { r.meta.Topics = r.texts(e) }},
		{"language", func(r *metaReader, e entry) { r.meta.Language = r.language(e) }},
		{"reviewed", func(r *metaReader, e entry) { r.meta.Reviewed = r.review(e) }},
		{"license", func(r *metaReader, e entry) { r.meta.License = r.text(e) }},
	}
}

// meta reads the front matter.
func (p *problems) meta(front string, today Date) Meta {
	r := &metaReader{problems: p, today: today, meta: Meta{Audience: Everyone, Language: "en"}}
	before := len(p.list)
	root := p.mapping(front)
	if _, ok := root.(ast.MapNode); root != nil && !ok {
		line, column := place(root.GetToken())
		r.add(line, column, "the front matter is not a list of keys and values", `write lines such as "title: Knee pain in runners"`)
	}
	if len(p.list) > before {
		return r.meta
	}
	r.seen = r.fields(root, "", metaFields())
	for _, key := range requiredKeys() {
		if _, ok := r.seen[key]; !ok {
			r.addf(1, 1, "add a line such as "+exampleOf(key), "the front matter has no %s", key)
		}
	}
	if e := r.seen["published"]; r.meta.Published.After(r.meta.Updated) && !r.meta.Updated.IsZero() {
		r.addf(e.line, e.column, "correct one of the two dates", "published (%s) is after updated (%s)", r.meta.Published, r.meta.Updated)
	}
	return r.meta
}

func requiredKeys() []string { return []string{"title", "author", "updated"} }

func exampleOf(key string) string {
	switch key {
	case "title":
		return `"title: Knee pain in runners"`
	case "author", "by":
		return fmt.Sprintf("%q", key+": Jane Doe")
	}
	return fmt.Sprintf("%q", key+": 2017-07-19")
}

// fields reads each known key of a mapping once and reports the others.
func (r *metaReader) fields(node ast.Node, prefix string, known []field) map[string]entry {
	seen := map[string]entry{}
	for _, e := range entriesOf(node, prefix) {
		i := slices.IndexFunc(known, func(f field) bool { return f.key == e.key })
		first, twice := seen[e.key]
		switch {
		case i < 0:
			r.addf(e.line, e.column, unknownFix(e.key, known), "there is no key %.60q", e.name)
		case twice:
			r.addf(e.line, e.column, "remove one of the two", "the key %.60q is already on line %d", e.name, first.line)
		default:
			seen[e.key] = e
			known[i].read(r, e)
		}
	}
	return seen
}

// entriesOf lists the keys of a mapping in their order.
func entriesOf(node ast.Node, prefix string) []entry {
	mapping, ok := node.(ast.MapNode)
	if !ok {
		return nil
	}
	var entries []entry
	for it := mapping.MapRange(); it.Next(); {
		key := keyText(it.Key())
		line, column := place(it.Key().GetToken())
		entries = append(entries, entry{key, prefix + key, it.Value(), line, column})
	}
	return entries
}

// keyText returns a key without quotes.
func keyText(key ast.MapKeyNode) string {
	if s, ok := key.(*ast.StringNode); ok {
		return s.Value
	}
	return key.GetToken().Value
}

// nested reads a mapping inside a key, such as adapted_from.
func (r *metaReader) nested(e entry, known []field, required ...string) {
	if _, ok := e.value.(ast.MapNode); !ok {
		r.wrongType(e, "keys and values of its own", "write its keys on the following lines, indented by two spaces")
		return
	}
	seen := r.fields(e.value, e.key+".", known)
	for _, key := range required {
		if _, ok := seen[key]; !ok {
			r.addf(e.line, e.column, "add a line such as "+exampleOf(key), "%s has no %s", e.key, key)
		}
	}
}

func (r *metaReader) adaptation(e entry) *Adaptation {
	var a Adaptation
	r.nested(e, []field{
		{"title", func(r *metaReader, e entry) { a.Title = r.oneLine(e) }},
		{"author", func(r *metaReader, e entry) { a.Author = r.oneLine(e) }},
		{"updated", func(r *metaReader, e entry) { a.Updated = r.pastDate(e) }},
		{"url", func(r *metaReader, e entry) { a.URL = r.webAddress(e) }},
	}, "title", "author")
	return &a
}

func (r *metaReader) review(e entry) *Review {
	var v Review
	var next entry
	r.nested(e, []field{
		{"by", func(r *metaReader, e entry) { v.By = r.oneLine(e) }},
		{"on", func(r *metaReader, e entry) { v.On = r.pastDate(e) }},
		{"next", func(r *metaReader, e entry) { v.Next, next = r.date(e), e }},
	}, "by", "on")
	if !v.Next.IsZero() && v.On.After(v.Next) {
		line, column := place(next.value.GetToken())
		r.addf(line, column, "correct one of the two dates", "reviewed.next (%s) is before reviewed.on (%s)", v.Next, v.On)
	}
	return &v
}

// text reads a string of any YAML style.
func (r *metaReader) text(e entry) string {
	switch v := e.value.(type) {
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return v.Value.Value
	case *ast.NullNode, nil:
		r.addf(e.line, e.column, "give it a value or remove the line", "%s has no value", e.name)
	case ast.MapNode, *ast.SequenceNode:
		r.wrongType(e, "one text", "write the text behind the colon, in quotes")
	default:
		r.wrongType(e, "text", "put the value in quotes")
	}
	return ""
}

func (r *metaReader) wrongType(e entry, wanted, fix string) {
	line, column := e.line, e.column
	if e.value != nil && e.value.Type() != ast.NullType {
		line, column = place(e.value.GetToken())
	}
	r.addf(line, column, fix, "%s takes %s", e.name, wanted)
}

// required reads a text that must not be blank.
func (r *metaReader) required(e entry) string {
	before := len(r.list)
	s := r.text(e)
	if len(r.list) == before && strings.TrimSpace(s) == "" {
		r.addf(e.line, e.column, "write one, such as "+exampleOf(e.key), "%s is empty", e.name)
	}
	return s
}

// lineBreaks are those of Unicode (UAX 14, class BK, CR, LF and NL).
const lineBreaks = "\n\r\v\f\u0085\u2028\u2029"

// oneLine reads a required text that is shown on a line of its own. The line end
// that a YAML block leaves at the end of its text does not count.
func (r *metaReader) oneLine(e entry) string {
	s := strings.TrimRight(r.required(e), lineBreaks)
	if strings.ContainsAny(s, lineBreaks) {
		line, column := place(e.value.GetToken())
		r.addf(line, column, "write it on one line", "%s has a line break in it", e.name)
	}
	return s
}

// date reads an ISO 8601 date, quoted or not.
func (r *metaReader) date(e entry) Date {
	before := len(r.list)
	s := r.dateText(e)
	if len(r.list) > before {
		return Date{}
	}
	d, err := ParseDate(strings.TrimSpace(s))
	if err != nil {
		line, column := place(e.value.GetToken())
		r.addf(line, column, "write the date as 2017-07-19", "%s is %.60q, which is not a date on the calendar", e.name, s)
	}
	return d
}

// dateText also takes a bare number, so that 2017 is reported as a date and not as a type.
func (r *metaReader) dateText(e entry) string {
	if n, ok := e.value.(ast.ScalarNode); ok {
		switch e.value.(type) {
		case *ast.IntegerNode, *ast.FloatNode:
			return n.GetToken().Value
		}
	}
	return r.text(e)
}

// pastDate reads a date that lies before tomorrow.
func (r *metaReader) pastDate(e entry) Date {
	d := r.date(e)
	if !r.today.IsZero() && d.After(r.today) {
		line, column := place(e.value.GetToken())
		r.addf(line, column, "correct the date", "%s is %s, which is in the future (today is %s)", e.name, d, r.today)
	}
	return d
}

func (r *metaReader) webAddress(e entry) string {
	before := len(r.list)
	s := r.text(e)
	u, err := url.Parse(s)
	if len(r.list) == before && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		line, column := place(e.value.GetToken())
		r.addf(line, column, "write the whole address, such as https://example.org/page", "%s is not a web address", e.name)
	}
	return s
}

func (r *metaReader) audience(e entry) Audience {
	before := len(r.list)
	a := Audience(r.text(e))
	if len(r.list) == before && a != Everyone && a != AgeRestricted {
		line, column := place(e.value.GetToken())
		r.addf(line, column, fmt.Sprintf("write %s or %s", Everyone, AgeRestricted), "there is no audience %.60q", a)
	}
	return a
}

// languageTag is the shape of a BCP 47 tag (RFC 5646, section 2.1), not its registry.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

func (r *metaReader) language(e entry) string {
	before := len(r.list)
	s := r.text(e)
	if len(r.list) == before && !languageTag.MatchString(s) {
		line, column := place(e.value.GetToken())
		r.addf(line, column, "write a tag such as en or pt-BR", "language is %.60q, which is not a language tag", s)
	}
	return s
}

func (r *metaReader) texts(e entry) []string {
	sequence, ok := e.value.(*ast.SequenceNode)
	if !ok {
		r.wrongType(e, "a list", "write it in brackets, such as [anatomy, safety]")
		return nil
	}
	var items []string
	for _, v := range sequence.Values {
		line, column := e.line, e.column
		if v != nil {
			line, column = place(v.GetToken())
		}
		items = append(items, r.oneLine(entry{e.key, e.name, v, line, column}))
	}
	return items
}
