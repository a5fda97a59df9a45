package cli

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"verbatim/internal/library"
)

// silent is a source on a connection that fell silent.
type silent struct{}

func wait(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func (silent) Shelf(ctx context.Context, _ string) (s library.Shelf, err error) { return s, wait(ctx) }

func (silent) Head(ctx context.Context) (int64, error) { return 0, wait(ctx) }

func (silent) Owners(ctx context.Context) ([]string, error) { return nil, wait(ctx) }

func (silent) Changes(ctx context.Context, _ int64, _ int) ([]library.Change, error) {
	return nil, wait(ctx)
}

func (silent) AllSettings(ctx context.Context) (map[string]map[string]string, error) {
	return nil, wait(ctx)
}

func (silent) Settings(ctx context.Context, _ string) (map[string]string, error) {
	return nil, wait(ctx)
}

// TestBoundedSource calls every method of a source that never answers.
func TestBoundedSource(t *testing.T) {
	source := reflect.ValueOf(boundedSource{silent{}, 10 * time.Millisecond})
	for i := range source.NumMethod() {
		name, method := source.Type().Method(i).Name, source.Method(i)
		in := []reflect.Value{reflect.ValueOf(t.Context())}
		for n := 1; n < method.Type().NumIn(); n++ {
			in = append(in, reflect.Zero(method.Type().In(n)))
		}
		out := method.Call(in)
		if err, _ := reflect.TypeAssert[error](out[len(out)-1]); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
