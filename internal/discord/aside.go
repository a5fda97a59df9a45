package discord

import "context"

// aside returns what f does, or ctx's error when f is too slow and does not mind
// its context.
func aside(ctx context.Context, f func(context.Context) error) error {
	done := make(chan error, 1)
	go func() { done <- f(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// askAside is aside for a port that returns something, and whose panic is an error. A
// port that is late writes to nothing that is being read.
func askAside[T any](ctx context.Context, b *Bot, name string, get func(context.Context) (T, error)) (T, error) {
	found := make(chan T, 1)
	err := aside(ctx, b.guarding(name, func(ctx context.Context) error {
		one, err := get(ctx)
		found <- one
		return err
	}))
	if err != nil {
		var none T
		return none, err
	}
	return <-found, nil
}
