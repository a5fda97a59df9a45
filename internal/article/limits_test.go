package article

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// nearRun is a little less than a block may have.
const nearRun = maxRun - 1<<10

func fill(s string) string { return strings.Repeat(s, nearRun/len(s)) }

// TestParse_hostile feeds what makes careless parsers slow or deep. The time
// allowed is far above what is needed, and far below what quadratic time takes.
func TestParse_hostile(t *testing.T) {
	const allowed = 20 * time.Second
	quotes := strings.Repeat(">", maxNesting)
	var backticks strings.Builder
	for i := 1; backticks.Len() < nearRun; i++ {
		backticks.WriteString(strings.Repeat("`", i) + " ")
	}
	var lists strings.Builder
	for i := range maxNesting {
		lists.WriteString(strings.Repeat("  ", i) + "- a\n\n")
	}
	for name, body := range map[string]string{
		"emphasis": fill("*a **b "), "stars": fill("*"), "underscores": fill("_a_b"), "strikethrough": fill("~~a"), "backticks": backticks.String(),
		"entities": fill("&"), "numeric": fill("&#"), "backslashes": fill(`\`), "autolinks": fill("<a"), "tags": fill(`<a b="`), "comments": fill("<!-- a "),
		"cdata": fill("<![CDATA["), "addresses": fill("http://a.b("), "mail": fill("a@b.c "), "items": fill("- a\n"), "setext": fill("a\n-\n"),
		"closing marks": "a." + fill(")"), "stops": fill(".) "), "combining": fill("\u0301"), "tabs": fill("\t") + "a", "one word": fill("a"),
		"quotes": strings.Repeat(quotes+" a\n\n", 1000), "nested lists": strings.Repeat(lists.String()+"x\n\n", 100), "links": strings.Repeat("[a](((((", maxBrackets),
		"references": strings.Repeat("[a]\n", maxBrackets-1) + "\n[a]: b", "images": strings.Repeat("![", maxBrackets), "definitions": strings.Repeat("[a]: b\n", maxBrackets),
		"footnotes": strings.Repeat(strings.Repeat("[^a]", 500)+"\n\n", 3) + "[^a]: b", "wide table": strings.Repeat("a|", 300) + "\n" + strings.Repeat("-|", 300) + "\n" + strings.Repeat("a\n", 300),
	} {
		start := time.Now()
		a, err := Parse([]byte(testFront+"Text.\n\n"+body), Options{})
		if err == nil {
			checkInvariants(t, a)
		} else if !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %.200v", name, err)
		}
		if took := time.Since(start); took > allowed {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestParse_limits(t *testing.T) {
	for name, test := range map[string]struct{ body, want string }{
		"quotes":    {strings.Repeat(">", 10_000) + " a", "quotes or lists are nested deeper than 50 levels"},
		"lists":     {strings.Repeat("- ", 10_000) + "a", "quotes or lists are nested deeper than 50 levels"},
		"numbers":   {strings.Repeat("1. ", 10_000) + "a", "quotes or lists are nested deeper than 50 levels"},
		"deep list": {"- a\n\n" + strings.Repeat(" ", 2*maxNesting) + "- b", "quotes or lists are nested deeper than 50 levels"},
		"brackets":  {strings.Repeat("[", 10_000), "more than 800 brackets come without a blank line"},
		"run":       {strings.Repeat("a\n", maxRun), "more than 65536 bytes come without a blank line"},
		"footnotes": {strings.Repeat("a[^b]\n\n", maxFootnotes+1), "there are more than 2000 footnote marks"},
		"table":     {strings.Repeat("a|", 1000) + "\n" + strings.Repeat("-|", 1000) + "\n" + strings.Repeat("a\n", 1000), "the tables have more than 100000 cells"},
	} {
		_, err := Parse([]byte(testFront+"Text.\n\n"+test.body), Options{File: "a.md"})
		if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %.200v, want %s", name, err, test.want)
		}
		var p *Problem
		if !errors.As(err, &p) || p.Line < 8 || p.Fix == "" {
			t.Errorf("%s: problem %+v has no place or no fix", name, p)
		}
	}
}

// TestParse_withinLimits tests that ordinary large documents pass.
func TestParse_withinLimits(t *testing.T) {
	for name, body := range map[string]string{
		"long article":  strings.Repeat(strings.Repeat("A sentence of seven words is here. ", 20)+"\n\n", 500),
		"long table":    "|a|b|c|\n|-|-|-|\n" + strings.Repeat("|one|two|three|\n", 3000),
		"rules":         strings.Repeat("a\n\n---\n\n* * *\n\n----------------------------------------------------------------------\n\n", 100),
		"bracketed":     strings.Repeat("[1] [2] see [here](http://a.org)\n", 200),
		"nested quotes": strings.Repeat(">", 20) + " a",
	} {
		if _, err := Parse([]byte(testFront+body), Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestParse_hostileFrontMatter does the same for YAML.
func TestParse_hostileFrontMatter(t *testing.T) {
	const allowed = 20 * time.Second
	repeat := func(s string) string { return strings.Repeat(s, (maxFrontMatter-1<<10)/len(s)) }
	for name, front := range map[string]string{
		"duplicates": repeat("a: b\n"), "long list": "topics: [" + repeat("a,") + "]\n", "brackets": "title: " + repeat("[") + "\n", "dashes": repeat("- ") + "\n",
		"colons": repeat("a: ") + "\n", "quotes": repeat("'") + "\n", "comments": repeat("a: b #c\n"), "long key": repeat("a") + ": b\n", "anchors": repeat("&a ") + "\n",
	} {
		start := time.Now()
		_, err := Parse([]byte(document(front, "text")), Options{})
		if err == nil {
			t.Errorf("%s passes", name)
		}
		if took := time.Since(start); took > allowed {
			t.Errorf("%s took %v", name, took)
		}
	}
}
