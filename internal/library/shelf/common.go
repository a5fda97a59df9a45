package shelf

import (
	"sync"

	"verbatim/internal/answer"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// common is the shared index. Its titles are prepared once, whoever asks: a guild
// with helplines has an answerer of its own over it.
type common struct {
	*search.Index

	titles   func() *search.Titles
	prompts  *prompts
	answerer *answer.Answerer // by the rules that hold for all
}

func newCommon(index *search.Index, rules *safety.Rules) common {
	c := common{Index: index, titles: sync.OnceValue(index.Titles)}
	c.answerer = answer.New(rules, c)
	return c
}

// Titles implements answer.Library.
func (c common) Titles() *search.Titles { return c.titles() }
