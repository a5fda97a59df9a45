package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// describedBy compiles the request schemas of Discord's OpenAPI description, once
// a process because the file is large. Compiling on demand is not safe for
// concurrent use, hence all at once. It is nil where the file is absent.
var describedBy = sync.OnceValues(loadSchemas)

// checkSchema holds a request body against Discord's own description of it.
func (s *Server) checkSchema(r route, raw []byte) error {
	if s.cfg.blind {
		return nil
	}
	schemas, err := describedBy()
	if err != nil || schemas == nil || r.schema == "" {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return schemas[r.name()].Validate(corrected(r, value))
}

// corrected changes a command where Discord's description is wrong about it: its
// permissions are a string of digits, which the description takes for an integer.
func corrected(r route, value any) any {
	if !strings.HasPrefix(r.schema, "/applications/") {
		return value
	}
	commands, many := value.([]any)
	if !many {
		commands = []any{value}
	}
	for _, command := range commands {
		fields, ok := command.(map[string]any)
		if digits, isText := fields["default_member_permissions"].(string); ok && isText {
			fields["default_member_permissions"] = json.Number(digits)
		}
	}
	return value
}

func loadSchemas() (map[string]*jsonschema.Schema, error) {
	file := findDescription()
	if file == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("openapi.json", document); err != nil {
		return nil, err
	}
	return compileAll(compiler)
}

func compileAll(compiler *jsonschema.Compiler) (map[string]*jsonschema.Schema, error) {
	schemas := make(map[string]*jsonschema.Schema)
	for _, r := range restRoutes() {
		if r.schema == "" {
			continue
		}
		schema, err := compiler.Compile("openapi.json#" + r.pointer())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.name(), err)
		}
		schemas[r.name()] = schema
	}
	return schemas, nil
}

// pointer is the JSON pointer, as a URL fragment, of the route's request schema.
func (r route) pointer() string {
	steps := []string{"paths", r.schema, strings.ToLower(r.method), "requestBody", "content", "application/json", "schema"}
	var b strings.Builder
	for _, step := range steps {
		b.WriteString("/" + url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(step)))
	}
	return b.String()
}

// findDescription looks for shared/discord/openapi.json beside the directories
// above the working one.
func findDescription() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for parent := filepath.Dir(dir); parent != dir; dir, parent = parent, filepath.Dir(parent) {
		file := filepath.Join(parent, "shared", "discord", "openapi.json")
		if _, err := os.Stat(file); err == nil {
			return file
		}
	}
	return ""
}

// Described reports whether Discord's OpenAPI description is present, so that
// request bodies are held against it.
func Described() bool {
	schemas, err := describedBy()
	return err == nil && schemas != nil
}
