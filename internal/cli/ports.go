package cli

import (
	"context"
	"crypto/rand"

	"verbatim/internal/keyring"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

// What one package offers in the form in which another one takes it.

// questionBank is a shelf.Bank.
type questionBank struct{ store *store.Store }

// Questions implements shelf.Bank.
func (b questionBank) Questions(ctx context.Context, guild string) ([]library.Record[library.BankQuestion], error) {
	return b.store.Bank().List(ctx, guild)
}

// ringSealer is a discord.Sealer.
type ringSealer struct{ ring *keyring.Ring }

// Seal implements discord.Sealer.
func (s ringSealer) Seal(purpose string, payload []byte) (string, error) {
	return s.ring.Seal(purpose, rand.Reader, payload)
}

// Open implements discord.Sealer.
func (s ringSealer) Open(purpose, sealed string) ([]byte, bool) { return s.ring.Open(purpose, sealed) }
