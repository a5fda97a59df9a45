package discord_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

// TestNoSecretIsLogged lets every request and the gateway fail in every way, and looks
// for tokens in all that is logged, down to what is of use in debugging only.
func TestNoSecretIsLogged(t *testing.T) {
	t.Parallel()
	faults := map[string]discordtest.Fault{
		"unavailable": discordtest.Unavailable(), "limited in HTML": discordtest.ProxyLimit(), "limited for long": discordtest.Wait(time.Minute),
		"cut before": discordtest.CutBefore(), "cut after": discordtest.CutAfter(), "cut within": discordtest.CutWithin(),
		"slow": discordtest.SlowReply(time.Second), "late": discordtest.SlowRequest(time.Second),
		"unauthorised": {Status: http.StatusUnauthorized}, "forbidden": {Status: http.StatusForbidden}, "not found": {Status: http.StatusNotFound},
		"invalid": {Status: http.StatusBadRequest}, "too large": {Status: http.StatusRequestEntityTooLarge, HTML: true},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			timing := hasty()
			timing.Request = 500 * time.Millisecond
			w := start(t, timing)
			secrets := []string{w.Token(), "Authorization", "authorization"}
			w.Break("*", fault.Times(200)...)
			for _, takes := range []time.Duration{0, 100 * time.Millisecond} {
				w.oracle.take(takes)
				r := w.asks("is it safe?")
				_, token := r.Ticket()
				secrets = append(secrets, token)
				w.Say(w.alice, w.general, w.Mention()+" is it safe?")
				logged := func() int {
					return strings.Count(w.log.String(), "reply not sent") + strings.Count(w.log.String(), "msg=replied")
				}
				before := logged()
				eventually(t, "an end of it", func() bool { return logged() > before || strings.Contains(w.log.String(), "no promise sent") })
			}
			w.Drop(4009)
			eventually(t, "the connection to end", func() bool { return strings.Contains(w.log.String(), "retry_in") })
			w.Mend()
			if err := w.stop(); err != nil {
				t.Log(err)
			}
			for _, secret := range secrets {
				if secret == "" || strings.Contains(w.log.String(), secret) {
					t.Errorf("the log has the secret %q", secret)
				}
			}
		})
	}
}
