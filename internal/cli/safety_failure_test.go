package cli

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

var errGone = errors.New("the disk is gone")

// failing is a library of which nothing is left.
type failing struct{}

func (failing) Find(context.Context, search.Query) (search.Result, error) {
	return search.Result{}, errGone
}
func (failing) Support(string, string) search.Support { return search.Support{} }
func (failing) Titles() *search.Titles                { return &search.Titles{} }
func (failing) Articles() []*article.Article          { return nil }

// panicking is a library whose every call panics.
type panicking struct{}

func (panicking) Find(context.Context, search.Query) (search.Result, error) { panic(errGone) }
func (panicking) Support(string, string) search.Support                     { panic(errGone) }
func (panicking) Titles() *search.Titles                                    { panic(errGone) }
func (panicking) Articles() []*article.Article                              { panic(errGone) }

// hanging is a library that answers nobody until the caller gives up.
type hanging struct{ failing }

func (hanging) Find(ctx context.Context, _ search.Query) (search.Result, error) {
	<-ctx.Done()
	return search.Result{}, ctx.Err()
}

// brokenLibraries are the failures that must not take a card away.
func brokenLibraries() map[string]answer.Library {
	return map[string]answer.Library{"failing": failing{}, "panicking": panicking{}, "hanging": hanging{}}
}

func mustLoad(t *testing.T) *safety.Rules {
	t.Helper()
	rules, err := shippedRules()
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// dangers returns the examples of all emergency and crisis topics.
func dangers(t *testing.T, rules *safety.Rules) []string {
	t.Helper()
	var texts []string
	for _, topic := range rules.Topics() {
		if topic.Tier >= safety.TierEmergency {
			texts = append(texts, topic.Positive...)
		}
	}
	if len(texts) < 100 {
		t.Fatalf("only %d examples", len(texts))
	}
	return texts
}

// TestCardsSurviveABrokenLibrary asks every emergency and crisis example of the
// data, alone and beside ordinary questions, of libraries that fail.
func TestCardsSurviveABrokenLibrary(t *testing.T) {
	rules := mustLoad(t)
	for name, library := range brokenLibraries() {
		t.Run(name, func(t *testing.T) {
			answerer := answer.New(rules, library)
			for _, danger := range dangers(t, rules) {
				for _, text := range []string{danger, "Who wrote this article? " + danger + ". How big is the prostate?"} {
					want := rules.Cards(rules.Triage(text))
					screened, whole := answerer.Screen(answer.Question{Text: text})
					asked, err := answerer.Ask(t.Context(), answer.Question{Text: text})
					if err != nil || !whole {
						t.Errorf("%q: error %v, complete before any lookup: %t", text, err, whole)
					}
					for _, ans := range []answer.Answer{screened, asked} {
						if ans.Outcome != answer.CardOnly || len(want) == 0 || len(ans.Cards) != len(want) || ans.Cards[0].Title != want[0].Title || ans.Quote != nil {
							t.Errorf("%q: outcome %s, cards %v, want %v", text, ans.Outcome, ans.Cards, want)
						}
					}
				}
			}
		})
	}
}

// TestWarningsSurviveAFailingLibrary asks what an article may answer: the urgent
// card and the disclaimer stand although the lookup failed.
func TestWarningsSurviveAFailingLibrary(t *testing.T) {
	rules := mustLoad(t)
	answerer := answer.New(rules, failing{})
	warned := 0
	for _, topic := range rules.Topics() {
		if topic.Tier >= safety.TierEmergency {
			continue
		}
		for _, text := range topic.Positive {
			ans, err := answerer.Ask(t.Context(), answer.Question{Text: text, Channel: answer.AgeRestricted})
			if len(ans.Cards) == 0 && ans.Disclaimer == nil {
				t.Errorf("%q: neither a card nor a disclaimer", text)
			}
			if errors.Is(err, errGone) {
				warned++
			}
		}
	}
	if warned == 0 {
		t.Error("no text reached the library, so nothing was shown")
	}
}

// TestCardsReachDiscord serves a local Discord from libraries that fail. The
// emergency and the crisis get their cards as the callback itself; an urgent text
// that looks something up gets its card with the apology.
func TestCardsReachDiscord(t *testing.T) {
	rules := mustLoad(t)
	for name, library := range brokenLibraries() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := discordtest.New(t)
			guild, alice := s.Guild("A guild"), s.Member("alice")
			general := guild.Channel("general")
			runBot(t, s, answer.New(rules, library))
			for _, text := range []string{"crushing chest pain and i cant breathe", "i want to kill myself tonight"} {
				card := rules.Cards(rules.Triage(text))[0]
				asked := s.Run(alice, general, "/ask", discordtest.Options{"question": text})
				for _, reply := range []*discordtest.Reply{asked, s.Say(alice, general, s.Mention()+" "+text)} {
					if shown := readReply(t, reply); !strings.Contains(shown, card.Action) {
						t.Errorf("%q is answered without its card:\n%s", text, shown)
					}
				}
				if asked.Deferred() {
					t.Errorf("%q: the card waited for a lookup", text)
				}
			}
			warned := s.Run(alice, general, "/ask", discordtest.Options{"question": "is prostate massage safe?"})
			if shown := readReply(t, warned); !strings.Contains(shown, rules.Disclaimer().Bullets[0]) {
				t.Errorf("the disclaimer is missing:\n%s", shown)
			}
		})
	}
}

// everywhere answers all servers alike.
type everywhere struct{ *answer.Answerer }

// Screen implements discord.Answerer.
func (e everywhere) Screen(_ string, q answer.Question) (answer.Answer, bool) {
	return e.Answerer.Screen(q)
}

// Ask implements discord.Answerer.
func (e everywhere) Ask(ctx context.Context, _ string, q answer.Question) (answer.Answer, error) {
	return e.Answerer.Ask(ctx, q)
}

// runBot connects a bot until the test ends.
func runBot(t *testing.T, s *discordtest.Server, answerer *answer.Answerer) {
	t.Helper()
	bot, err := discord.New(discord.Config{Token: s.Token(), API: s.URL(), Timing: discord.Timing{Answer: time.Second}}, everywhere{answerer})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	connected, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	if err := s.Connected(connected); err != nil {
		t.Fatal(err)
	}
}

func readReply(t *testing.T, r *discordtest.Reply) string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	seen, err := r.Wait(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return seen.Text()
}
