package safety

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

// Load reads every *.yaml file at the root of fsys, in the order of their names,
// and returns the rules that they make together. Unknown keys, wrong types,
// patterns that cannot work, missing parts and topics that fail their own
// examples are refused; all faults are reported at once, joined, each a [Fault].
func Load(fsys fs.FS) (*Rules, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing safety data: %w", err)
	}
	if len(names) == 0 {
		return nil, &Fault{Message: "no *.yaml file with safety rules was found"}
	}
	files, err := decodeAll(fsys, names)
	if err != nil {
		return nil, err
	}
	b := newBuilder()
	b.build(files)
	if len(b.faults) > 0 {
		return nil, errors.Join(b.faults...)
	}
	b.selfTest()
	if len(b.faults) > 0 {
		return nil, errors.Join(b.faults...)
	}
	return b.rules, nil
}

// decodeAll decodes the files at the same time, since decoding is most of the
// work of loading, and joins their faults in the order of the names.
func decodeAll(fsys fs.FS, names []string) ([]*file, error) {
	files, faults := make([]*file, len(names)), make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { files[i], faults[i] = decode(fsys, name) })
	}
	wg.Wait()
	return files, errors.Join(faults...)
}

// decode reads one file strictly.
func decode(fsys fs.FS, name string) (*file, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("reading safety data: %w", err)
	}
	f := &file{name: name}
	decoder := yaml.NewDecoder(strings.NewReader(string(data)), yaml.Strict())
	if err := decoder.Decode(f); err != nil && !errors.Is(err, io.EOF) {
		return nil, decodeFault(name, err)
	}
	if err := decoder.Decode(new(file)); !errors.Is(err, io.EOF) {
		return nil, &Fault{File: name, Message: "holds more than one YAML document; put them in files of their own"}
	}
	return f, nil
}

// decodeFault turns an error of the YAML package into a fault with its line.
func decodeFault(name string, err error) error {
	var yamlErr yaml.Error
	if errors.As(err, &yamlErr) && yamlErr.GetToken() != nil {
		return &Fault{File: name, Line: yamlErr.GetToken().Position.Line, Message: yamlErr.GetMessage()}
	}
	if fault := new(Fault); errors.As(err, &fault) {
		return &Fault{File: name, Line: fault.Line, Message: fault.Message}
	}
	return &Fault{File: name, Message: err.Error()}
}

// builder checks and compiles decoded files; it collects faults and goes on.
type builder struct {
	rules    *Rules
	compiler *compiler
	faults   []error
	file     string // the one being read, for faults
	examples []example
	seen     map[string]bool // "kind id" -> defined already
	note     string
	demands  demands
}

// demands are what every topic must bring along.
type demands struct {
	positive, negative int // examples, at least
	source             bool
}

func newBuilder() *builder {
	c := newCompiler()
	return &builder{
		compiler: c,
		seen:     make(map[string]bool),
		demands:  demands{minPositive, minNegative, true},
		rules: &Rules{
			vocab: c.vocab, trie: c.trie, defined: c.defined,
			cards: make(map[string]Card), tierCards: make(map[Tier]Card), langCards: make(map[langTier]Card),
			cardTiers: make(map[string]Tier), depicted: make(map[string][]string),
		},
	}
}

func (b *builder) faultf(at int, format string, args ...any) {
	b.faults = append(b.faults, &Fault{File: b.file, Line: at, Message: fmt.Sprintf(format, args...)})
}

// once reports a fault when the same kind of thing is defined a second time.
func (b *builder) once(kind string, id line) {
	key := kind + " " + id.text
	if b.seen[key] {
		b.faultf(id.at, "%s %q is defined twice", kind, id.text)
	}
	b.seen[key] = true
}

// build reads concepts and cards first, since topics in any file refer to them.
func (b *builder) build(files []*file) {
	for _, f := range files {
		b.file = f.name
		b.addConcepts(f)
		b.note = cmp.Or(f.Note.text, b.note)
	}
	for _, f := range files {
		b.file = f.name
		b.addCards(f)
	}
	for _, f := range files {
		b.file = f.name
		b.rules.neutral = append(b.rules.neutral, b.patterns(f.Neutral)...)
		b.rules.denials.any = append(b.rules.denials.any, b.patterns(f.Denials.Any)...)
		b.rules.denials.around = append(b.rules.denials.around, b.patterns(f.Denials.Around)...)
		b.addTechnique(f.Technique)
		for i := range f.Topics {
			b.addTopic(&f.Topics[i])
		}
	}
	for _, f := range files {
		b.file = f.name
		b.addEmoji(f)
		b.addTexting(f)
	}
	b.file = ""
	b.rules.vocab.close(ordinaryWords(files))
	b.checkWhole()
	slices.SortStableFunc(b.rules.rules, func(x, y rule) int { return cmp.Compare(y.Tier, x.Tier) })
	b.rules.concepts = len(b.compiler.ids)
	b.rules.trie.close()
}

func (b *builder) addConcepts(f *file) {
	for name, phrases := range f.Concepts {
		if len(phrases) == 0 {
			b.faultf(0, "concept %q has no phrases", name)
			continue
		}
		b.once("concept", line{name, phrases[0].at})
		for _, phrase := range phrases {
			// One text may hold many phrases, which YAML reads much faster than a long list.
			b.compiler.defined[name] = append(b.compiler.defined[name], splitTrim(phrase.text)...)
		}
	}
}

// addEmoji teaches the vocabulary what pictographs stand for, in a fixed order.
func (b *builder) addEmoji(f *file) {
	for _, pictograph := range slices.Sorted(maps.Keys(f.Emoji)) {
		words := f.Emoji[pictograph]
		if err := b.compiler.vocab.depict(pictograph, texts(words)); err != nil {
			b.faultf(words[0].at, "%v", err)
		}
		b.rules.depicted[pictograph] = texts(words)
	}
}

// addTexting teaches the vocabulary what texting forms stand for.
func (b *builder) addTexting(f *file) {
	for _, short := range slices.Sorted(maps.Keys(f.Texting)) {
		full := f.Texting[short]
		if err := b.compiler.vocab.abbreviate(short, full.text); err != nil {
			b.faultf(full.at, "%v", err)
		}
	}
}

// ordinaryWords collects the words that are not misspellings.
func ordinaryWords(files []*file) map[string]bool {
	ordinary := make(map[string]bool)
	for _, f := range files {
		for _, words := range f.Ordinary {
			for word := range strings.FieldsSeq(words.text) {
				ordinary[word] = true
			}
		}
	}
	return ordinary
}

// patterns compiles a list of patterns, reporting those that cannot work.
func (b *builder) patterns(written []line) []*pattern {
	compiled := make([]*pattern, 0, len(written))
	for _, w := range written {
		p, err := b.compiler.pattern(w.text)
		if err != nil {
			b.faultf(w.at, "%v", err)
			continue
		}
		compiled = append(compiled, p)
	}
	return compiled
}

// checkWhole reports what is missing from all files together.
func (b *builder) checkWhole() {
	if b.rules.disclaimer.Title == "" {
		b.faultf(0, "no disclaimer is defined")
	}
	for _, tier := range []Tier{TierUrgent, TierEmergency, TierCrisis} {
		if b.rules.tierCards[tier].Title == "" {
			b.faultf(0, "no card is defined for tier %s", tier)
		}
	}
}
