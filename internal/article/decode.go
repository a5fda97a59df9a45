package article

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

const byteOrderMark = "\uFEFF"

// DecodeText turns the bytes of a file into text: UTF-8 without a byte order mark
// and with LF line ends, which keeps the line numbers of the file. Bytes that are
// not UTF-8, NUL bytes and more than [MaxSource] bytes are each a [Problem] that
// names file, the place and the cure.
func DecodeText(file string, src []byte) (string, error) {
	found := problems{file: file}
	source := found.decode(src)
	return source, found.err()
}

func (p *problems) decode(src []byte) string {
	if len(src) > MaxSource {
		p.addTooLarge(0, 0, fmt.Sprintf("the document has %d bytes and the limit is %d", len(src), MaxSource), "split it into several articles")
		return ""
	}
	src = bytes.TrimPrefix(src, []byte(byteOrderMark))
	source := newlines.Replace(string(src))
	if i := invalidUTF8(source); i >= 0 {
		line, column := position(source, i)
		p.addf(line, column, "save the file as UTF-8", "the byte 0x%02X is not UTF-8", source[i])
	}
	if i := strings.IndexByte(source, 0); i >= 0 {
		line, column := position(source, i)
		p.add(line, column, "there is a NUL byte", "remove it, or save the file as plain UTF-8 text")
	}
	if p.any() {
		return ""
	}
	return source
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// invalidUTF8 returns the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}
