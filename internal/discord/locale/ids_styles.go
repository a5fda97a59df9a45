package locale

// Citation styles, as they are offered for choice.
const (
	StyleAPA     ID = "style.apa"
	StyleMLA     ID = "style.mla"
	StyleChicago ID = "style.chicago"
	StyleBibTeX  ID = "style.bibtex"
	StyleRIS     ID = "style.ris"
	StyleCSL     ID = "style.csl-json"
)

// Style returns the id of the name of a citation style, such as "apa". There is one
// for every style of the article package.
func Style(name string) ID { return ID("style." + name) }

func styleIDs() []ID {
	return []ID{StyleAPA, StyleMLA, StyleChicago, StyleBibTeX, StyleRIS, StyleCSL}
}
