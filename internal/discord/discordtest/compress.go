package discordtest

import (
	"bytes"
	"compress/zlib"
)

// deflate compresses one payload by itself, as Discord does with the events of a
// client that identifies with "compress".
// Source: https://discord.com/developers/docs/events/gateway#payload-compression
func deflate(raw []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(raw)
	_ = z.Close()
	return b.Bytes()
}

// stream compresses all payloads of a connection in one zlib stream, each ended by
// a flush, so that it ends with 00 00 FF FF. Only the connection's writer uses it.
// Source: https://discord.com/developers/docs/events/gateway#transport-compression
type stream struct {
	b bytes.Buffer
	z *zlib.Writer
}

// newStream returns the compression that a client asks for in the gateway's
// address: none for "", nil and false for what is not served here.
func newStream(asked string) (*stream, bool) {
	if asked != "zlib-stream" {
		return nil, asked == ""
	}
	s := new(stream)
	s.z = zlib.NewWriter(&s.b)
	return s, true
}

func (s *stream) deflate(raw []byte) []byte {
	s.b.Reset()
	_, _ = s.z.Write(raw)
	_ = s.z.Flush()
	return s.b.Bytes()
}
