package safety

import (
	"strings"
	"testing"
)

func TestCardsInOtherLanguages(t *testing.T) {
	rules := shipped(t)
	tests := map[string]struct {
		text string
		want []string // beginnings of the titles
	}{
		"spanish crisis":       {"quiero morirme", []string{"Crisis: mereces", "Crisis: you deserve"}},
		"spanish emergency":    {"no puedo respirar", []string{"Emergencia", "Emergency"}},
		"french":               {"je n’arrive plus à respirer", []string{"Urgence", "Emergency"}},
		"german":               {"ich kriege keine Luft", []string{"Notfall", "Emergency"}},
		"portuguese":           {"não quero mais viver", []string{"Crise", "Crisis"}},
		"without accents":      {"nao quero mais viver", []string{"Crise", "Crisis"}},
		"chinese, no spaces":   {"救命啊他没有呼吸了", []string{"紧急情况", "Emergency"}},
		"japanese":             {"もう死にたいです", []string{"Crisis", "緊急事態", "Emergency"}},
		"arabic":               {"لا أستطيع التنفس", []string{"حالة طارئة", "Emergency"}},
		"russian":              {"он не дышит", []string{"Экстренная", "Emergency"}},
		"both languages":       {"i cant breathe, no puedo respirar", []string{"Emergencia", "Emergency"}},
		"two tiers, languages": {"quiero morirme, i cant breathe", []string{"Crisis: mereces", "Crisis: you", "Emergency"}},
		"only english":         {"i cant breathe", []string{"Emergency"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			cards := rules.Cards(rules.Triage(tt.text))
			if len(cards) != len(tt.want) {
				t.Fatalf("%d cards, want %d: %v", len(cards), len(tt.want), cards)
			}
			for i, card := range cards {
				if !strings.HasPrefix(card.Title, tt.want[i]) {
					t.Errorf("card %q, want %q", card.Title, tt.want[i])
				}
			}
		})
	}
}

func TestEveryLanguageHasACard(t *testing.T) {
	rules := shipped(t)
	languages := make(map[string]bool)
	for _, topic := range rules.Topics() {
		if topic.Language == "" {
			continue
		}
		languages[topic.Language] = true
		if card := rules.langCards[langTier{topic.Language, topic.Tier}]; card.Action == "" || card.Note == "" {
			t.Errorf("%s: no %s card with an action and a note in %q", topic.ID, topic.Tier, topic.Language)
		}
	}
	if len(languages) < 16 {
		t.Errorf("%d languages, want at least 16", len(languages))
	}
}

func TestLanguageWithoutACardIsAFault(t *testing.T) {
	_, err := loadText(replaceOnce(t, topicText, "quote: allow", "quote: allow\n    language: xx"))
	if err == nil || !strings.Contains(err.Error(), `no emergency card is in language "xx"`) {
		t.Errorf("error %v, want one about the language", err)
	}
}
