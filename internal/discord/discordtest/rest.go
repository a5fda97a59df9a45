package discordtest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// route is one REST endpoint.
type route struct {
	method, path string
	open         bool           // needs no Authorization header
	schema       string         // its path in Discord's OpenAPI description, when it takes a body
	body         func() payload // what the body is decoded into, when it takes one
	handle       func(*Server, *call) (any, error)
}

func (r route) name() string { return r.method + " " + r.path }

// call is one request to a route, past authorisation and decoding.
type call struct {
	*http.Request
	payload payload
	arrived time.Time
}

// payload is a request body that can be held against Discord's limits.
type payload interface {
	// validate reports what Discord would refuse (problems) and what it would
	// accept but no careful bot sends (violations).
	validate() (problems fieldErrors, violations []string)
}

const maxBody = maxFile + 1<<20

// rest wraps a route in what all have in common.
func (s *Server) rest(r route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		fault := s.takeFault(r)
		if fault.Arrives > 0 {
			s.unheard(req) // as long as it is on its way
		}
		if fault.provesNothing() {
			defer s.unheard(req)
		}
		raw, err := io.ReadAll(io.LimitReader(req.Body, maxBody))
		if err != nil || !pause(req.Context(), fault.Arrives) {
			return
		}
		arrived := time.Now()
		s.record(req, raw, arrived)
		s.checkWait(r, req, arrived)
		if fault.refuses() {
			s.refuse(r, w, req, fault)
			return
		}
		err = s.admitted(r, req, arrived, w.Header())
		var result any
		if err == nil {
			result, err = s.answer(r, &call{Request: req, arrived: arrived}, raw)
		}
		s.count(statusOf(result, err))
		if pause(req.Context(), fault.Delay) {
			fault.deliver(w, result, err)
		}
	}
}

// unheard notes that a request got no answer: of a callback the bot cannot know then
// whether it came, so that it may send it again, or go on as if it had.
func (s *Server) unheard(req *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := s.calls[req.PathValue("token")]; i != nil {
		i.unheard = true
	}
}

func (s *Server) record(req *http.Request, raw []byte, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, path, _ := strings.Cut(strings.TrimPrefix(req.URL.Path, "/api/"), "/")
	s.requests = append(s.requests, Request{req.Method, "/" + path, string(raw), at})
	s.ageRequests()
}

func (s *Server) answer(r route, c *call, raw []byte) (any, error) {
	if v := c.PathValue("version"); v != "v9" && v != "v10" {
		return nil, &apiError{status: 400, code: 50041, message: "Invalid API version"}
	}
	if err := s.authorise(r, c); err != nil {
		return nil, err
	}
	if r.body != nil {
		if err := s.decode(r, c, raw); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	result, err := r.handle(s, c)
	if refused := (*apiError)(nil); errors.As(err, &refused) && refused.violation {
		s.violate("%s: %s", r.name(), refused.message)
	}
	return result, err
}

func (s *Server) authorise(r route, c *call) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !strings.HasPrefix(c.UserAgent(), "DiscordBot (") {
		s.violate("%s: User-Agent %q is not of the form DiscordBot (address, version)", r.name(), c.UserAgent())
	}
	got := c.Header.Get("Authorization")
	switch {
	case r.open:
		return nil
	case got == "":
		s.violate("%s: no Authorization header", r.name())
	case got == "Bot "+s.cfg.token && !s.revoked:
		return nil
	}
	return &apiError{status: 401, message: "401: Unauthorized"}
}

// decode reads the body strictly and holds it against the limits and, where it
// is present, against Discord's own description.
func (s *Server) decode(r route, c *call, raw []byte) error {
	kind := c.Header.Get("Content-Type")
	raw, files, err := split(kind, raw)
	described := s.checkSchema(r, raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	if files == nil && !strings.HasPrefix(kind, "application/json") {
		s.violate("%s: Content-Type %q", r.name(), kind)
	}
	c.payload = r.body()
	if err == nil {
		err = strictly(raw, c.payload)
	}
	if err != nil {
		s.violate("%s: %v", r.name(), err)
		return &apiError{status: 400, code: 50109, message: "The request body contains invalid JSON."}
	}
	if with, ok := c.payload.(interface{ take(map[string]*Attachment) }); ok {
		with.take(files)
	}
	if described != nil {
		s.violate("%s: against openapi.json: %v", r.name(), described)
	}
	problems, violations := c.payload.validate()
	for _, v := range violations {
		s.violate("%s: %s", r.name(), v)
	}
	if len(problems) == 0 {
		return nil
	}
	s.violate("%s: %v", r.name(), problems)
	return &apiError{status: 400, code: 50035, message: "Invalid Form Body", fields: problems}
}

func (s *Server) unknownRoute(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.violate("%s %s: no such route here", r.Method, r.URL.Path)
	s.mu.Unlock()
	reply(w, nil, &apiError{status: 404, message: "404: Not Found"})
}

// reply writes a result, or an error in Discord's form.
func reply(w http.ResponseWriter, result any, err error) {
	status := statusOf(result, err)
	if err != nil {
		result = refusal(err)
	}
	if status == http.StatusNoContent {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(result)
}

func statusOf(result any, err error) int {
	switch {
	case err != nil:
		return refusal(err).status
	case result == nil:
		return http.StatusNoContent
	}
	return http.StatusOK
}

func refusal(err error) *apiError {
	refused := &apiError{status: http.StatusInternalServerError, message: err.Error()}
	errors.As(err, &refused)
	return refused
}
