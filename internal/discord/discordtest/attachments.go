package discordtest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
)

// Attachment is a file in a message.
type Attachment struct {
	ID, Name, Type string
	Content        []byte
	url            string
}

// attached is what a body says of a file: a new one is named by its place among the
// parts of the request, one that is kept by its id.
type attached struct {
	ID          any    `json:"id"`
	Seconds     any    `json:"duration_secs"` // of a voice message
	Waveform    any    `json:"waveform"`
	Filename    string `json:"filename"`
	Description string `json:"description"`
	Title       string `json:"title"`
	Spoiler     bool   `json:"is_spoiler"`
}

const maxFile = 10 << 20

// split takes a body apart: the JSON in it, and the files beside that.
// Source: https://discord.com/developers/docs/reference#uploading-files
func split(contentType string, raw []byte) ([]byte, map[string]*Attachment, error) {
	if !strings.HasPrefix(contentType, "multipart/form-data") {
		return raw, nil, nil
	}
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, nil, err
	}
	var payload []byte
	files := make(map[string]*Attachment)
	for reader := multipart.NewReader(bytes.NewReader(raw), params["boundary"]); ; {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return payload, files, nil
		}
		if err != nil {
			return nil, nil, err
		}
		content, err := io.ReadAll(part)
		switch name := part.FormName(); {
		case err != nil:
			return nil, nil, err
		case name == "payload_json":
			payload = content
		case strings.HasPrefix(name, "files[") && len(content) <= maxFile:
			files[strings.Trim(name[len("files"):], "[]")] = &Attachment{Name: part.FileName(), Type: part.Header.Get("Content-Type"), Content: content}
		default:
			return nil, nil, fmt.Errorf("a part named %q with %d bytes", name, len(content))
		}
	}
}

// take gives a body the files that came beside it.
func (b *body) take(files map[string]*Attachment) { b.files = files }

// fileLimits: every new attachment that is listed came beside the body.
func (b *body) fileLimits(at string, problems fieldErrors) {
	if len(b.Attachments) > 10 || len(b.files) > 10 {
		problems.add(at+"attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
	}
	for i, a := range b.Attachments {
		id := fmt.Sprint(a.ID)
		if len(id) < 3 && b.files[id] == nil {
			problems.add(fmt.Sprintf("%sattachments.%d", at, i), "ATTACHMENT_NOT_FOUND", "No file came with the id %s", id)
		}
	}
}

// store keeps the files of a body. The caller holds s.mu.
func (s *Server) store(b *body) {
	for _, file := range b.files {
		s.storeFile(file)
	}
}

// storeFile gives a file an id and an address. The caller holds s.mu.
func (s *Server) storeFile(file *Attachment) {
	file.ID = s.newID()
	file.url = s.http.URL + "/attachments/" + file.ID + "/" + url.PathEscape(file.Name)
	s.files[file.ID] = file
}

// kept returns the files that a message has after a body: those of before that it
// lists, or all when it lists none at all, and the new ones.
func (b *body) kept(before []*Attachment) []*Attachment {
	var files []*Attachment
	for _, file := range before {
		keep := b.Attachments == nil
		for _, a := range b.Attachments {
			keep = keep || a.ID == file.ID
		}
		if keep {
			files = append(files, file)
		}
	}
	for i := range 10 {
		if file := b.files[fmt.Sprint(i)]; file != nil {
			files = append(files, file)
		}
	}
	return files
}

func wireFiles(files []*Attachment) []any {
	w := []any{}
	for _, file := range files {
		w = append(w, file.wire())
	}
	return w
}

func (a *Attachment) wire() map[string]any {
	return map[string]any{"id": a.ID, "filename": a.Name, "size": len(a.Content), "url": a.url, "proxy_url": a.url, "content_type": a.Type, "ephemeral": false}
}

func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	file := s.files[r.PathValue("id")]
	s.mu.Unlock()
	if file == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(file.Content)
}
