package gateway

import (
	"bytes"
	"compress/zlib"
	"errors"
	"testing"

	"github.com/gorilla/websocket"
)

// FuzzDecode feeds frames of both kinds: what cannot be read is an error that quotes
// nothing, and what can be read plain can be read compressed.
func FuzzDecode(f *testing.F) {
	for _, raw := range []string{
		`{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}`, `{"op":0,"s":3,"t":"MESSAGE_CREATE","d":{"content":"hello"}}`,
		`{"op":9,"d":false}`, `{"op":11}`, `{}`, `null`, `[]`, `"`, "\x78\x9c", `{"op":1e9}`, `{"s":1.5}`,
	} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, err := decode(websocket.BinaryMessage, raw); err != nil && !errors.Is(err, errGarbled) {
			t.Errorf("binary: %v", err)
		}
		plain, err := decode(websocket.TextMessage, raw)
		if err != nil && !errors.Is(err, errGarbled) {
			t.Errorf("text: %v", err)
		}
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		_, _ = z.Write(raw)
		_ = z.Close()
		packed, packedErr := decode(websocket.BinaryMessage, b.Bytes())
		if (err == nil) != (packedErr == nil) || packed.Op != plain.Op || packed.Name != plain.Name || !bytes.Equal(packed.Data, plain.Data) {
			t.Errorf("plain %+v, %v; compressed %+v, %v", plain, err, packed, packedErr)
		}
	})
}

func TestResumeAddress(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ address, resume, want string }{
		"as READY said": {"wss://gateway.example", "wss://near.example", "wss://near.example"},
		"local":         {"ws://127.0.0.1:1", "ws://127.0.0.1:2", "ws://127.0.0.1:2"},
		"none":          {"wss://gateway.example", "", "wss://gateway.example"},
		"no address":    {"wss://gateway.example", "%", "wss://gateway.example"},
		"in the clear":  {"wss://gateway.example", "ws://near.example", "wss://gateway.example"},
	}
	for name, test := range tests {
		if got := resumeAddress(test.address, test.resume); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
