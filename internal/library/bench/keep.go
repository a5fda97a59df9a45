package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"verbatim/internal/article"
)

// keptSubmission is a submission as it is kept. Its source is kept as bytes, since a
// file that is not UTF-8 is to be shown with what is wrong with it, and JSON would
// change it.
type keptSubmission struct {
	Submission *Submission `json:"submission"`
	Source     []byte      `json:"source"`
}

// Keep keeps a submission that is being looked at, for at most 30 days, under a name of
// 32 bytes, which are no text. ErrTooLarge for one that is longer than an article may be.
func (b *Bench) Keep(ctx context.Context, guild string, s Submission) (name string, err error) {
	if err := fits(s.Source); err != nil {
		return "", err
	}
	source := []byte(s.Source)
	s.Source = ""
	body, err := json.Marshal(keptSubmission{&s, source})
	if err != nil {
		return "", fmt.Errorf("%w: keeping the article: %w", article.ErrInvalid, err)
	}
	return b.Note(ctx, guild, body)
}

// Kept returns a submission that was kept. ErrNotFound when it is gone, and for the name
// of anything else that is kept.
func (b *Bench) Kept(ctx context.Context, guild, name string) (Submission, error) {
	body, err := b.Noted(ctx, guild, name)
	if err != nil {
		return Submission{}, err
	}
	var k keptSubmission
	read := json.NewDecoder(bytes.NewReader(body))
	read.DisallowUnknownFields()
	if err := read.Decode(&k); err != nil || k.Submission == nil || read.More() {
		return Submission{}, fmt.Errorf("%w: what is kept under this name is no article; begin again", article.ErrNotFound)
	}
	k.Submission.Source = string(k.Source)
	return *k.Submission, nil
}
