package discord_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// runs lets alice run a command in the general channel.
func (f *furnished) runs(command string, options discordtest.Options) discordtest.Seen {
	f.t.Helper()
	seen := f.reads(f.Run(f.alice, f.general, command, options))
	if !seen.Ephemeral {
		f.t.Errorf("%s is answered for all to see:\n%s", command, seen.Text())
	}
	return seen
}

// chooses lets alice choose from a menu.
func (f *furnished) chooses(on discordtest.Seen, menu, entry string) discordtest.Seen {
	f.t.Helper()
	return f.reads(f.Choose(f.alice, on.ID, menu, entry))
}

// entries are what a menu offers.
func entries(seen discordtest.Seen) []string {
	var all []string
	for _, s := range seen.Selects {
		for _, o := range s.Options {
			all = append(all, o.Label)
		}
	}
	return all
}

// long is an article of many sections, each a page of its own.
func long(sections int) string {
	var b strings.Builder
	b.WriteString("---\ntitle: All about water\nauthor: Al Well\nauthor_bio: A plumber.\nupdated: 2021-03-04\nsource_url: https://example.org/water\n---\n\nWater is wet.\n")
	for i := range sections {
		fmt.Fprintf(&b, "\n## Part %d\n\nThis is what part %d says. %s\n", i+1, i+1, strings.Repeat("It goes on for a while. ", 40))
	}
	return b.String()
}

// TestReadOn reads an article from the list to its end, and goes back.
func TestReadOn(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	f.desk.add(t, "water", long(3))
	list := f.runs("/article", nil)
	contains(t, list.Text(), "The safety of tea", "By Jo Kettle", "19 July 2017", "A grower of tea", "All about water")
	if got := entries(list); !slices.Equal(got, []string{"The safety of tea", "All about water"}) || strings.Contains(list.Text(), "Gin") {
		t.Errorf("entries %q:\n%s", got, list.Text())
	}
	page := f.chooses(list, "Choose an article", "All about water")
	var whole strings.Builder
	for n := 1; ; n++ {
		if page.ID != list.ID {
			t.Fatal("a page does not take the place of the one before")
		}
		contains(t, page.Text(), "All about water", "By Al Well", "A plumber.", "4 March 2021", "https://example.org/water", fmt.Sprintf("Page %d of 4", n))
		whole.WriteString(page.Text())
		if n == 1 == slices.Contains(labels(page), "Previous") {
			t.Errorf("page %d has the buttons %q", n, labels(page))
		}
		if _, more := page.Button("Next"); !more {
			break
		}
		page = f.clicks(f.alice, page, "Next")
	}
	contains(t, whole.String(), "Water is wet.", "This is what part 1 says.", "This is what part 3 says.")
	contains(t, f.clicks(f.alice, page, "Previous").Text(), "Page 3 of 4", "part 2 says")
	contains(t, f.chooses(page, "Go to a section", "Part 1").Text(), "Page 2 of 4", "part 1 says")
	cited := f.clicks(f.alice, page, "Cite")
	contains(t, cited.Text(), "Well")
	if cited.ID == page.ID {
		t.Error("the citation takes the place of the page")
	}
}

// TestArticleByName finds an article by what a member types or chooses.
func TestArticleByName(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	f.desk.add(t, "water", long(1))
	f.desk.add(t, "water-two", strings.Replace(long(1), "All about water", "More about water", 1))
	choices, err := f.Type(within(t, 5*time.Second), f.alice, f.general, "/article", "TEA")
	if err != nil || len(choices) != 1 || choices[0].Name != "The safety of tea" {
		t.Fatalf("%v: %+v", err, choices)
	}
	for typed, want := range map[string]string{
		fmt.Sprint(choices[0].Value): "Tea is a drink.", "The safety of tea": "Tea is a drink.", "  the  SAFETY of tea ": "Tea is a drink.",
		"tea": "Tea is a drink.", "safety": "Tea is a drink.", "all about WATER": "Water is wet.", "": "All about water",
		"water": "Water is wet.", "about water": "There is no article of that title.", "coffee": "There is no article of that title.",
		"Gin for adults": "only in an age-restricted channel", "gin": "only in an age-restricted channel", "for adults": "There is no article of that title.", "@everyone": "There is no article of that title.",
		strings.Repeat("x", 4000): "There is no article of that title.",
	} {
		for _, command := range []string{"/article", "/cite"} {
			want := want
			switch {
			case command == "/cite" && strings.HasPrefix(want, "Tea"):
				want = "Kettle"
			case command == "/cite" && strings.HasPrefix(want, "Water"):
				want = "Well"
			}
			contains(t, f.runs(command, discordtest.Options{"article": typed}).Text(), want)
		}
	}
	if strings.Contains(f.log.String(), "coffee") {
		t.Error("what was typed is in the log")
	}
}

func TestNoArticles(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	list := f.runs("/article", nil)
	f.desk.change(func() { f.desk.articles = f.desk.articles[1:] }) // gin alone
	for _, command := range []string{"/article", "/cite"} {
		for _, options := range []discordtest.Options{nil, {"article": "tea"}} {
			contains(t, f.runs(command, options).Text(), "There are no articles here yet.")
		}
	}
	contains(t, f.chooses(list, "Choose an article", "The safety of tea").Text(), "There are no articles here yet.")
	f.desk.add(t, "water", long(1))
	contains(t, f.chooses(list, "Choose an article", "The safety of tea").Text(), stale)
	contains(t, f.reads(f.Run(f.alice, f.adults, "/article", nil)).Text(), "Gin for adults")
	contains(t, f.runs("/cite", nil).Text(), "Well") // the only one
}

// TestManyArticles has more articles and sections than a menu has room for.
func TestManyArticles(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	for i := range 30 {
		text := long(1)
		if i == 29 {
			text = long(60)
		}
		f.desk.add(t, fmt.Sprintf("water-%d", i), strings.Replace(text, "All about water", fmt.Sprintf("Water, volume %d", i+1), 1))
	}
	list := f.runs("/article", nil)
	seen := map[string]bool{}
	for {
		if n := len(entries(list)); n == 0 || n > 25 {
			t.Fatalf("a menu of %d", n)
		}
		for _, title := range entries(list) {
			contains(t, list.Text(), title)
			seen[title] = true
		}
		if _, more := list.Button("Next"); !more {
			break
		}
		list = f.clicks(f.alice, list, "Next")
	}
	if len(seen) != 31 {
		t.Errorf("%d articles can be chosen", len(seen))
	}
	list = f.clicks(f.alice, list, "Previous")
	list = f.clicks(f.alice, list, "Next")
	page := f.chooses(list, "Choose an article", "Water, volume 30")
	for _, section := range []string{"Part 24", "Part 35", "Part 46", "Part 57", "Part 60", "Part 48", "Part 36", "Part 24", "Part 12", "Part 1"} {
		page = f.chooses(page, "Go to a section", section)
		contains(t, page.Text(), "This is what p"+section[1:]+" says.")
		if n := len(entries(page)); n != 25 {
			t.Errorf("a menu of %d", n)
		}
	}
}

// TestPagesFollowTheChannel: a page that tells a technique is hidden in a general
// channel, and an article for adults is not there at all; also when the channel
// changes while somebody reads.
func TestPagesFollowTheChannel(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	page := f.runs("/article", discordtest.Options{"article": "tea"})
	page = f.clicks(f.alice, f.clicks(f.alice, page, "Next"), "Next")
	contains(t, page.Text(), pointer, "Page 3 of 3")
	if strings.Contains(page.Text(), "leaves") {
		t.Errorf("a technique is shown in a general channel:\n%s", page.Text())
	}
	adults := f.reads(f.Run(f.alice, f.adults, "/article", discordtest.Options{"article": "tea"}))
	contains(t, f.chooses(adults, "Go to a section", "How to brew").Text(), "Pour hot water")
	gin := f.reads(f.Run(f.alice, f.adults, "/article", discordtest.Options{"article": "gin"}))
	contains(t, gin.Text(), "Gin is a spirit.")
	list := f.reads(f.Run(f.alice, f.adults, "/article", nil))
	contains(t, list.Text(), "Gin for adults")
	f.adults.Restrict(false)
	for _, seen := range []discordtest.Seen{
		f.clicks(f.alice, adults, "Previous"), f.clicks(f.alice, adults, "Next"), f.clicks(f.alice, gin, "Next"), f.clicks(f.alice, gin, "Cite"),
		f.chooses(list, "Choose an article", "Gin for adults"), f.reads(f.Run(f.alice, f.adults, "/help", nil)),
	} {
		if strings.Contains(seen.Text(), "leaves") || strings.Contains(seen.Text(), "One glass") || strings.Contains(seen.Text(), "Gin") {
			t.Errorf("shown in a general channel:\n%s", seen.Text())
		}
	}
}

// TestHeadingsFollowTheChannel has a heading that tells a technique.
func TestHeadingsFollowTheChannel(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	const heading = "Pour hot water over it"
	f.desk.add(t, "water", strings.Replace(long(2), "Part 2", heading, 1))
	page := f.runs("/article", discordtest.Options{"article": "water"})
	last := f.clicks(f.alice, f.clicks(f.alice, page, "Next"), "Next")
	for _, seen := range []discordtest.Seen{page, last} {
		if strings.Contains(seen.Text(), "Pour") || slices.Contains(entries(seen), heading) {
			t.Errorf("entries %q:\n%s", entries(seen), seen.Text())
		}
	}
	contains(t, last.Text(), pointer)
	if got := entries(f.reads(f.Run(f.alice, f.adults, "/article", discordtest.Options{"article": "water"}))); !slices.Contains(got, heading) {
		t.Errorf("entries %q in a channel for adults", got)
	}
}

// TestDirectMessagesForAdults reads an article there before and after agreeing to it.
func TestDirectMessagesForAdults(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	dm := f.DM(f.alice)
	read := func() discordtest.Seen {
		return f.reads(f.Run(f.alice, dm, "/article", discordtest.Options{"article": "gin"}))
	}
	offered := read()
	contains(t, offered.Text(), "unless you say that you are 18 or older")
	contains(t, f.clicks(f.alice, offered, "I am 18 or older and want that").Text(), "Done.")
	contains(t, read().Text(), "Gin is a spirit.")
	contains(t, f.clicks(f.alice, f.reads(f.Run(f.alice, dm, "/privacy show", nil)), "Stop quoting them to me").Text(), "no longer quoted")
	asked := f.reads(f.Say(f.alice, dm, "which technique?"))
	contains(t, f.clicks(f.alice, asked, "I am 18 or older and want that").Text(), "Done.")
	contains(t, read().Text(), "Gin is a spirit.")
	privacy := f.reads(f.Run(f.alice, dm, "/privacy show", nil))
	contains(t, privacy.Text(), "18 or older")
	contains(t, f.clicks(f.alice, privacy, "Stop quoting them to me").Text(), "no longer quoted")
	contains(t, read().Text(), "unless you say that you are 18 or older")
}

// TestArticleForAdultsNowhere where the moderators want it read in no channel.
func TestArticleForAdultsNowhere(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	f.decide(library.Settings{AgePolicy: library.AgeNever})
	seen := f.reads(f.Run(f.alice, f.adults, "/article", discordtest.Options{"article": "gin"}))
	contains(t, seen.Text(), "do not have the articles quoted on this")
}

// TestCiteCommand cites in the style that was named.
func TestCiteCommand(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	for _, style := range article.Styles() {
		seen := f.runs("/cite", discordtest.Options{"article": "tea", "style": string(style)})
		contains(t, seen.Text(), "Kettle", "The safety of tea")
		for _, o := range seen.Selects[0].Options {
			if o.Default != (o.Value == string(style)) {
				t.Errorf("%s: %q is chosen: %v", style, o.Value, o.Default)
			}
		}
		other := f.chooses(seen, "Choose a style", string(article.StyleBibTeX))
		contains(t, other.Text(), "@misc{")
		if other.ID != seen.ID {
			t.Error("another style does not take the place of the first one")
		}
	}
}

// TestHelpAsItIs: with the titles, and without them when they cannot be read.
func TestHelpAsItIs(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	seen := f.runs("/help", nil)
	contains(t, seen.Text(), "/ask", "“Answer this”", "The safety of tea", "/privacy")
	if strings.Contains(seen.Text(), "Gin") {
		t.Errorf("an article for adults is named:\n%s", seen.Text())
	}
	f.desk.jam(t)
	contains(t, f.runs("/help", nil).Text(), "/ask")
	f.decide(library.Settings{Paused: true})
	contains(t, f.reads(f.Run(f.Member("eva").Speaks("de"), f.general, "/help", nil)).Text(), "/fragen", "„Das beantworten“")
}
