package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"

	"verbatim/internal/article"
)

// forSeals is what sealing keys are derived for; the purpose follows it.
const forSeals = "verbatim seal 1 "

// SealOverhead is how many bytes sealing adds before the encoding: a nonce of 12 and
// a tag of 16. A payload of 44 bytes so becomes 72, which are 96 characters.
const SealOverhead = nonceBytes + tagBytes

const (
	nonceBytes = 12
	tagBytes   = 16
)

// Seal encrypts a payload and makes it unforgeable, for ids that only this program
// can make and read: AES-256-GCM (NIST SP 800-38D) under a key that HKDF-SHA256
// (RFC 5869) derives from the newest key for the purpose, which is authenticated as
// well. The result is the nonce, the ciphertext and the tag in base64url without
// padding, of 4/3 times len(payload)+[SealOverhead] characters, rounded up. Its
// length tells the payload's, and nothing says that two are of one payload.
//
// The nonce is 96 bits from random, which must be fit for cryptography. SP 800-38D,
// section 8.3, allows 2^32 messages under one key with such nonces, for two to be
// the same with a chance of at most 2^-32. Each purpose has a key of its own, and a
// rotation begins anew; at ten seals a second it would take thirteen years.
//
// It is ErrUnavailable when random fails.
func (r *Ring) Seal(purpose string, random io.Reader, payload []byte) (string, error) {
	sealer, err := (*r.keys.Load())[0].sealer(purpose)
	if err != nil {
		return "", err
	}
	sealed := make([]byte, nonceBytes, len(payload)+SealOverhead)
	if _, err := io.ReadFull(random, sealed); err != nil {
		return "", fmt.Errorf("%w: no random bytes for a nonce: %w", article.ErrUnavailable, err)
	}
	return base64.RawURLEncoding.EncodeToString(sealer.Seal(sealed, sealed, payload, []byte(purpose))), nil
}

// Open returns the payload of what [Ring.Seal] made for the purpose with any key of
// the ring, and false for everything else. There is one text for each sealed
// payload: one that is written otherwise is refused. Every key is tried, and a wrong
// tag takes as long however much of it is right.
func (r *Ring) Open(purpose, sealed string) (payload []byte, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(raw) < SealOverhead || base64.RawURLEncoding.EncodeToString(raw) != sealed {
		return nil, false
	}
	for _, k := range *r.keys.Load() {
		opener, err := k.sealer(purpose)
		if err != nil {
			continue
		}
		if opened, err := opener.Open(nil, raw[:nonceBytes], raw[nonceBytes:], []byte(purpose)); err == nil {
			payload, ok = opened, true
		}
	}
	return payload, ok
}

// sealer is the cipher for a purpose.
func (k key) sealer(purpose string) (cipher.AEAD, error) {
	derived, err := hkdf.Key(sha256.New, k.secret[:], nil, forSeals+purpose, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive a key for sealing: %w", err)
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, fmt.Errorf("derive a key for sealing: %w", err)
	}
	return cipher.NewGCM(block)
}
