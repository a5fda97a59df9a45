package store

import (
	"cmp"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"verbatim/internal/library"
)

// Columns whose Go type is not SQL's. Each wraps a pointer through which it is read
// and written, so that one list of fields serves both directions.

// instant keeps a time as millis does.
type instant struct{ time *time.Time }

// Value implements driver.Valuer.
func (i instant) Value() (driver.Value, error) { return millis(*i.time), nil }

// Scan implements sql.Scanner.
func (i instant) Scan(from any) error {
	ms, ok := from.(int64)
	if !ok {
		return fmt.Errorf("a time is kept as %T", from)
	}
	*i.time = timeOf(ms)
	return nil
}

// span keeps a duration in milliseconds.
type span struct{ duration *time.Duration }

// Value implements driver.Valuer.
func (s span) Value() (driver.Value, error) { return s.duration.Milliseconds(), nil }

// Scan implements sql.Scanner.
func (s span) Scan(from any) error {
	ms, ok := from.(int64)
	if !ok {
		return fmt.Errorf("a duration is kept as %T", from)
	}
	*s.duration = time.Duration(ms) * time.Millisecond
	return nil
}

// encoded keeps a value as JSON.
type encoded[T any] struct{ value *T }

// Value implements driver.Valuer.
func (e encoded[T]) Value() (driver.Value, error) {
	text, err := json.Marshal(e.value)
	return string(text), err
}

// Scan implements sql.Scanner.
func (e encoded[T]) Scan(from any) error {
	text, ok := from.(string)
	if !ok {
		return fmt.Errorf("JSON is kept as %T", from)
	}
	return json.Unmarshal([]byte(text), e.value)
}

// optional keeps a value as JSON, and that there is none as the empty text.
type optional[T any] struct{ value **T }

// Value implements driver.Valuer.
func (o optional[T]) Value() (driver.Value, error) {
	if *o.value == nil {
		return "", nil
	}
	return encoded[T]{*o.value}.Value()
}

// Scan implements sql.Scanner.
func (o optional[T]) Scan(from any) error {
	*o.value = nil
	if from == "" {
		return nil
	}
	*o.value = new(T)
	return encoded[T]{*o.value}.Scan(from)
}

// checkFields refuses texts that cannot be kept, and lists of such.
func checkFields(fields []any) error {
	for _, f := range fields {
		var err error
		switch f := f.(type) {
		case *string:
			err = checkTexts(maxText, *f)
		case encoded[[]string]:
			err = checkTexts(maxText, *f.value...)
		case optional[library.Place]:
			if *f.value != nil {
				err = checkTexts(maxKey, (*f.value).Article, string((*f.value).Revision))
			}
		case optional[library.Replaced]:
			err = checkReplaced(*f.value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkReplaced refuses records that could not be put back.
func checkReplaced(r *library.Replaced) error {
	if r == nil {
		return nil
	}
	for _, g := range r.Golden {
		if err := checkReplacedOne(goldenTable(), g); err != nil {
			return err
		}
	}
	for _, p := range r.Preferences {
		if err := checkReplacedOne(preferenceTable(), p); err != nil {
			return err
		}
	}
	return nil
}

func checkReplacedOne[T any](d table[T], r library.Record[T]) error {
	return cmp.Or(checkKeys(r.ID), checkFields(d.fields(&r.Value)))
}

// places are n placeholders, the first of them numbered from.
func places(from, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(all, ", ")
}
