package answer

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAsksSomething(t *testing.T) {
	for _, text := range []string{
		"Is moss edible?", "is moss tea safe", "how long does moss live", "hey so how do you plant moss", "Moss in shade, right?",
		"I planted moss last year. what now do I feed it", "does anyone know a good pump", "anyone know if ponds freeze", "can somebody explain the pump thing",
		"I was wondering if moss likes sun", "any tips for a dry garden", "I need some advice about my pond", "Can I drink it", "are there fish in there",
		"it went brown what do I do now", "in which month does it bloom", "can moss grow on glass", "please explain how a pump works", "who here keeps moss and why", "what's the best pump", "Looking at https://example.org/a, is that right?",
		"Wie lange lebt Moos", "ist das giftig", "weiß jemand, ob Moos Sonne mag", "Kann man Moos essen?", "Ich frage mich, ob das gesund ist",
		"¿Es seguro el té de musgo?", "como se planta el musgo", "alguien sabe si el musgo es tóxico", "quisiera saber cuánto vive", "dónde crece el musgo",
		"Est-ce que la mousse est toxique", "combien de temps vit la mousse", "quelqu'un sait si ça gèle", "je me demande si c'est bon", "où peut-on en trouver",
		"quanto tempo vive o musgo", "alguém sabe se congela", "queria saber se é seguro", "o que é musgo", "posso beber isso",
	} {
		if !AsksSomething(text) {
			t.Errorf("%q asks something", text)
		}
	}
}

// TestAsksNothing holds the look-alikes.
func TestAsksNothing(t *testing.T) {
	for _, text := range []string{
		"", "   ", "?", "???", "what", "lol", "Moss is green.", "when I was young we had moss", "what a day", "what a lovely pond!", "which is why I like it",
		"how nice", "How lovely is that!", "who knows", "I know how it works", "he told me what he did", "that is where we met.", "See https://example.org/?q=moss",
		"`is it?` stands in the log", "> is moss edible?\nno", "thanks, that helped", "<@1234> hello there", "where I live it rains",
		"Moos ist grün", "wie schön", "das weiß ich nicht", "Danke, das hilft", "El musgo es verde", "qué bueno", "cuando era niño había musgo", "creo que sí",
		"La mousse est verte", "quand j'étais petit il y en avait", "merci beaucoup", "O musgo é verde", "que legal", "quando eu era pequeno", "acho que sim",
	} {
		if AsksSomething(text) {
			t.Errorf("%q asks nothing", text)
		}
	}
}

// TestAQuestionIsFoundInATalk puts a question between two statements.
func TestAQuestionIsFoundInATalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		talk := rapid.SampledFrom([]string{"", "Moss is green. ", "I was there!\n", "Das Moos ist grün. "})
		text := talk.Draw(t, "before") + "is it safe to eat" + rapid.SampledFrom([]string{"?", ".", "\n", ""}).Draw(t, "end") + "\n" + talk.Draw(t, "after")
		if !AsksSomething(text) {
			t.Errorf("%q", text)
		}
	})
}

// FuzzAsksSomething expects an end, and the same of a text whatever its spaces.
func FuzzAsksSomething(f *testing.F) {
	f.Add("is it safe")
	f.Add("```\n`> ¿qué?")
	f.Fuzz(func(t *testing.T, text string) {
		if asks := AsksSomething(text); asks != AsksSomething(" "+strings.ReplaceAll(text, " ", "  ")) && !strings.ContainsAny(text, "<`>") {
			t.Errorf("%q: %v", text, asks)
		}
	})
}
