package article

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// problems collects the faults of one document while it is read.
type problems struct {
	file string
	list []*Problem
}

func (p *problems) add(line, column int, message, fix string) {
	p.list = append(p.list, &Problem{File: p.file, Line: line, Column: column, Message: message, Fix: fix})
}

func (p *problems) addf(line, column int, fix, format string, args ...any) {
	p.add(line, column, fmt.Sprintf(format, args...), fix)
}

func (p *problems) addTooLarge(line, column int, message, fix string) {
	p.add(line, column, message, fix)
	p.list[len(p.list)-1].Class = ErrTooLarge
}

func (p *problems) any() bool { return len(p.list) > 0 }

// err joins the problems in source order, or is nil without any.
func (p *problems) err() error {
	slices.SortStableFunc(p.list, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	errs := make([]error, len(p.list))
	for i, problem := range p.list {
		errs[i] = problem
	}
	return errors.Join(errs...)
}
