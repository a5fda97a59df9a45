package library

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/article"
)

// TestDesk_properties does any sequence of things to two articles and holds the desk
// to a model of them: what is current, what is answered from, what was ever there,
// and that each change and nothing else is in the trail.
func TestDesk_properties(t *testing.T) {
	d0, _ := desk(t)
	bodies := []string{"Shade.", "Sun.", "Mud."}
	titles := []string{"Garden ponds", "Sheds"}
	sources := map[string]*article.Article{}
	for _, title := range titles {
		for _, body := range bodies {
			sources[title+body] = parsed(t, title, body)
		}
	}
	keys := map[string]string{"Garden ponds": "garden-ponds", "Sheds": "sheds"}
	rapid.Check(t, func(t *rapid.T) {
		m := newMemory()
		d := NewDesk(m, m, m, d0.shipped, noon)
		current, state, ever, changes := map[string]string{}, map[string]State{}, map[string]map[string]bool{}, 0
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			title := rapid.SampledFrom(titles).Draw(t, "title")
			a := sources[title+rapid.SampledFrom(bodies).Draw(t, "body")]
			key, hash := keys[title], HashOf(a.Source)
			was, had := current[key]
			base := rapid.SampledFrom([]string{"", AnyBase, was, strings.Repeat("0", 64)}).Draw(t, "base")
			var changed, wantChanged, wantErr bool
			var err error
			switch rapid.SampledFrom([]string{"publish", "withdraw", "restore", "revert"}).Draw(t, "step") {
			case "publish":
				var got Receipt
				got, err = d.Publish(t.Context(), pondGuild, "", a, base, asAlice(""))
				changed = got.Changed
				switch {
				case had:
					wantErr = base != AnyBase && base != was && hash != was
				default:
					wantErr = base != "" && base != AnyBase
				}
				if !wantErr {
					wantChanged = hash != was || state[key] != Published
					current[key], state[key] = hash, Published
					if ever[key] == nil {
						ever[key] = map[string]bool{}
					}
					ever[key][hash] = true
				}
			case "withdraw":
				changed, err = d.Withdraw(t.Context(), pondGuild, key, asAlice(""))
				wantErr, wantChanged = !had, had && state[key] == Published
				if had {
					state[key] = Withdrawn
				}
			case "restore":
				changed, err = d.Restore(t.Context(), pondGuild, key, asAlice(""))
				wantErr, wantChanged = !had, had && state[key] == Withdrawn
				if had {
					state[key] = Published
				}
			case "revert":
				var got Receipt
				got, err = d.Revert(t.Context(), pondGuild, key, hash, asAlice(""))
				changed, wantErr = got.Changed, !ever[key][hash]
				if !wantErr {
					wantChanged = hash != was || state[key] != Published
					current[key], state[key] = hash, Published
				}
			}
			if (err != nil) != wantErr || changed != wantChanged {
				t.Fatalf("changed %v, %v; want %v, an error: %v", changed, err, wantChanged, wantErr)
			}
			if changed {
				changes++
			}
		}
		for key, hash := range current {
			r, err := d.Show(t.Context(), pondGuild, key, "")
			if err != nil || r.Hash != hash || HashOf(r.Source) != hash {
				t.Fatalf("%s is at %s (%v), want %s", key, r.Hash, err, hash)
			}
			if versions, err := d.History(t.Context(), pondGuild, key); err != nil || len(versions) != len(ever[key]) {
				t.Fatalf("%d versions of %s, %v", len(versions), key, err)
			}
		}
		list, err := d.List(t.Context(), pondGuild)
		if err != nil || len(list) != len(current)+1 {
			t.Fatalf("list: %+v, %v", list, err)
		}
		for _, l := range list {
			if l.Own && l.State != state[l.Article] {
				t.Fatalf("%s is %s, want %s", l.Article, l.State, state[l.Article])
			}
		}
		if last, err := d.VerifyTrail(t.Context(), pondGuild); err != nil || last.N != int64(changes) {
			t.Fatalf("%d entries for %d changes, %v", last.N, changes, err)
		}
	})
}
