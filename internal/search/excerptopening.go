package search

import "regexp"

// opensElsewhere recognises a sentence that cannot be understood without the one
// before: it opens with a pronoun, a word that joins or compares, or in lower
// case, as what is left after a question or an exclamation inside a sentence does.
var opensElsewhere = regexp.MustCompile(`^["'“‘(\[]?(?:` +
	`(?:It|Its|This|That|These|Those|They|Their|Them|He|She|His|Her|Him|Such|Both|Neither|Another|Others?|` +
	`However|Therefore|Thus|Hence|Consequently|Accordingly|Nevertheless|Nonetheless|Moreover|Furthermore|Additionally|Besides|Similarly|Likewise|Conversely|Meanwhile|` +
	`Also|But|And|Or|So|Yet|Then|Instead|Otherwise|Afterwards?|Again|` +
	`The (?:latter|former|only|same|other|others|concern|result|reason|second|third)|` +
	`(?:In|For|By|At|On|With|To|After|Before|During|From|Under|Because of|Despite|As|Of) (?:this|that|these|those|such|it|them)|` +
	`In (?:addition|contrast|turn|other words|both cases|either case|the (?:first|second|former|latter) case)|As (?:a result|a consequence|well)|` +
	`For (?:example|instance)|On the other hand|One of (?:them|these|those)|Some of (?:them|these|those)|Many of (?:them|these|those)|Most of (?:them|these|those)|All of (?:them|these|those))\b` +
	`|\p{Ll}+(?:\P{L}|$))`)
