package discordtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// apiError is an error in Discord's own form.
// Source: https://discord.com/developers/docs/reference#error-messages
type apiError struct {
	status    int
	code      int
	message   string
	fields    fieldErrors
	violation bool          // a correct bot never causes it
	retry     time.Duration // with status 429
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.code, e.message) }

// MarshalJSON nests the field errors as Discord does.
func (e *apiError) MarshalJSON() ([]byte, error) {
	body := map[string]any{"message": e.message, "code": e.code}
	if len(e.fields) > 0 {
		body["errors"] = e.fields.nested()
	}
	if e.status == 429 {
		body["retry_after"], body["global"] = e.retry.Seconds(), false
	}
	return json.Marshal(body)
}

// fieldErrors says what is wrong, by the path of the field ("embeds.0.title").
type fieldErrors map[string]fieldError

type fieldError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// add notes a problem. The first one of a field stays.
func (f fieldErrors) add(path, code, format string, values ...any) {
	if _, noted := f[path]; noted {
		return
	}
	f[path] = fieldError{code, fmt.Sprintf(format, values...)}
}

func (f fieldErrors) String() string {
	var parts []string
	for _, path := range slices.Sorted(maps.Keys(f)) {
		parts = append(parts, path+": "+f[path].Message)
	}
	return strings.Join(parts, "; ")
}

func (f fieldErrors) nested() map[string]any {
	root := make(map[string]any)
	for path, problem := range f {
		at := root
		for step := range strings.SplitSeq(path, ".") {
			next, ok := at[step].(map[string]any)
			if !ok {
				next = make(map[string]any)
				at[step] = next
			}
			at = next
		}
		at["_errors"] = []fieldError{problem}
	}
	return root
}

func unknown(code int, what string) error {
	return &apiError{status: 404, code: code, message: "Unknown " + what, violation: true}
}
