package article

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// revisionFormat is hashed first, so that another encoding can never yield the
// same revision by accident.
const revisionFormat = "verbatim revision 1"

// revisionOf hashes the canonical text and the front matter that is shown with
// a quote: the SHA-256 of the fields, each preceded by its length in bytes as a
// big-endian uint64. Topics, language and review are not shown and do not count.
func revisionOf(canonicalText string, m Meta) Revision {
	var adapted Adaptation
	presence := ""
	if m.AdaptedFrom != nil {
		adapted, presence = *m.AdaptedFrom, "adapted"
	}
	hash := sha256.New()
	for _, field := range []string{
		revisionFormat, canonicalText,
		m.Title, m.Author, m.AuthorBio, m.Updated.String(), m.Published.String(), m.SourceURL,
		presence, adapted.Title, adapted.Author, adapted.Updated.String(), adapted.URL,
		string(m.Audience), m.License,
	} {
		hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(field))))
		hash.Write([]byte(field))
	}
	return Revision(hex.EncodeToString(hash.Sum(nil)))
}
