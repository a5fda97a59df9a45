package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strconv"
	"strings"

	"verbatim/internal/article"
)

// attachment is what a message says of a file that comes beside it.
// Source: https://discord.com/developers/docs/reference#uploading-files
type attachment struct {
	ID   string `json:"id"` // its place among the files
	Name string `json:"filename"`
	Alt  string `json:"description,omitempty"`
}

func attachments(files []File) []attachment {
	var list []attachment
	for i, f := range files {
		list = append(list, attachment{strconv.Itoa(i), f.Name, f.Alt})
	}
	return list
}

// encode renders a payload, with the files beside it when there are any.
func encode(payload any, files []File) (body, error) {
	if len(files) == 0 {
		return jsonBody(payload)
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return body{}, fmt.Errorf("%w: encoding: %w", article.ErrInvalid, err)
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	parts := []File{{Type: "application/json", Data: raw}}
	for i, f := range append(parts, files...) {
		if err := writePart(w, i-1, f); err != nil {
			return body{}, fmt.Errorf("%w: encoding: %w", article.ErrInvalid, err)
		}
	}
	if err := w.Close(); err != nil {
		return body{}, fmt.Errorf("%w: encoding: %w", article.ErrInvalid, err)
	}
	return body{b.Bytes(), w.FormDataContentType()}, nil
}

// writePart writes the nth file, or the payload when n is negative.
func writePart(w *multipart.Writer, n int, f File) error {
	disposition := `form-data; name="payload_json"`
	if n >= 0 {
		disposition = fmt.Sprintf(`form-data; name="files[%d]"; filename=%s`, n, quoted(f.Name))
	}
	h := textproto.MIMEHeader{"Content-Disposition": {disposition}}
	if f.Type != "" {
		h.Set("Content-Type", f.Type)
	}
	part, err := w.CreatePart(h)
	if err != nil {
		return err
	}
	_, err = part.Write(f.Data)
	return err
}

// quoted writes a file's name as a header takes it.
func quoted(name string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "%0D", "\n", "%0A").Replace(name) + `"`
}
