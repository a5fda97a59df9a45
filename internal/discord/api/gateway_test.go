package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/discordtest"
)

// bot hears what happens on a local Discord.
type bot struct{ ws *websocket.Conn }

func listen(t *testing.T, s *discordtest.Server) bot {
	t.Helper()
	ws, resp, err := websocket.DefaultDialer.DialContext(t.Context(), strings.Replace(s.URL(), "http", "ws", 1)+"/gateway/?v=10&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	if err := ws.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"op":2,"d":{"token":%q,"intents":1,"properties":{}}}`, s.Token())); err != nil {
		t.Fatal(err)
	}
	b := bot{ws}
	b.next("READY")
	return b
}

// next waits for an event, and returns the ticket in it. It is the zero one when the
// connection ends.
func (b bot) next(name string) api.Ticket {
	for {
		var got struct {
			Name string                     `json:"t"`
			Data struct{ ID, Token string } `json:"d"`
		}
		_, raw, err := b.ws.ReadMessage()
		if err != nil {
			return api.Ticket{}
		}
		if json.Unmarshal(raw, &got) == nil && got.Name == name {
			return api.Ticket{ID: got.Data.ID, Token: got.Data.Token}
		}
	}
}
