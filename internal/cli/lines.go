package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"verbatim/internal/article"
)

// lineScanner reads lines of a limited length, so that no input can fill the
// memory. It is not safe for concurrent use.
type lineScanner struct {
	r     *bufio.Reader
	limit int // bytes
	fresh bool
}

func newLineScanner(r io.Reader, limit int) *lineScanner {
	return &lineScanner{r: bufio.NewReader(r), limit: limit, fresh: true}
}

// next returns the next line without its line end and, on the first, without a
// byte order mark. A line that is too long is ErrTooLarge, and the one after it
// can be read; io.EOF ends the lines.
func (s *lineScanner) next() ([]byte, error) {
	var line []byte
	long := false
	for {
		piece, err := s.r.ReadSlice('\n')
		if long = long || len(line)+len(piece) > s.limit+len("\r\n"); !long {
			line = append(line, piece...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return nil, fmt.Errorf("read: %w", err)
		case err != nil && len(line) == 0 && !long:
			return nil, io.EOF
		}
		return s.trimmed(line, long)
	}
}

func (s *lineScanner) trimmed(line []byte, long bool) ([]byte, error) {
	line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	if s.fresh {
		line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	}
	s.fresh = false
	if long || len(line) > s.limit {
		return nil, fmt.Errorf("%w: a line may have at most %d bytes", article.ErrTooLarge, s.limit)
	}
	return line, nil
}
