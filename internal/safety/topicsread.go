package safety

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/lexer"
	yamltoken "github.com/goccy/go-yaml/token"
)

// ownFile is one YAML document of a guild's data; every part is optional.
type ownFile struct {
	Topics   []topicData       `yaml:"topics"`
	Concepts map[string][]line `yaml:"concepts"`
	Raise    []raiseData       `yaml:"raise"`
}

// raiseData makes a shipped topic stricter.
type raiseData struct {
	Topic  line `yaml:"topic"`
	Tier   line `yaml:"tier"`
	Quote  line `yaml:"quote"`
	Reason line `yaml:"reason"`
}

// decodeTopics reads the documents of a guild's data strictly.
func decodeTopics(source string) ([]*ownFile, error) {
	if err := checkTopicsText(source); err != nil {
		return nil, err
	}
	decoder := yaml.NewDecoder(strings.NewReader(source), yaml.Strict())
	var files []*ownFile
	for {
		f := new(ownFile)
		err := decoder.Decode(f)
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, topicsFault(err)
		}
		files = append(files, f)
	}
}

// topicsFault is decodeFault for a guild's data.
func topicsFault(err error) error {
	err = decodeFault(topicsFile, err)
	if fault := new(Fault); errors.As(err, &fault) && strings.Contains(fault.Message, "unknown field") {
		fault.Message += "; " + sectionsOfTopics + ", and topics what the shipped ones have"
	}
	return err
}

// checkTopicsText refuses what is too long to read, and aliases, with which a short
// text can stand for a very long one.
func checkTopicsText(source string) error {
	fault := &Fault{File: topicsFile}
	switch {
	case len(source) > MaxTopicsSource:
		fault.Message = fmt.Sprintf("the topics have %d bytes, and the limit is %d; shorten or remove some", len(source), MaxTopicsSource)
		return fault
	case !utf8.ValidString(source) || strings.ContainsRune(source, 0):
		fault.Message = "the topics are no plain UTF-8 text; save the file as UTF-8"
		return fault
	}
	depth := 0
	for _, t := range lexer.Tokenize(source) {
		switch t.Type {
		case yamltoken.AnchorType, yamltoken.AliasType, yamltoken.MergeKeyType, yamltoken.TagType:
			fault.Line, fault.Message = t.Position.Line, fmt.Sprintf("%q: anchors, aliases and tags are not for this data; put the text in quotes", t.Value)
			return fault
		case yamltoken.SequenceStartType, yamltoken.MappingStartType:
			depth++
		case yamltoken.SequenceEndType, yamltoken.MappingEndType:
			depth--
		}
		if depth > maxBrackets {
			fault.Line, fault.Message = t.Position.Line, "too many brackets are open; close them"
			return fault
		}
	}
	return nil
}
