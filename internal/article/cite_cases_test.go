package article

import (
	"strings"
	"time"
)

// crlf writes a RIS record the way it can be read here.
func crlf(lines ...string) string { return strings.Join(lines, "\r\n") + "\r\n" }

var july19 = Date{2017, time.July, 19}

const exampleURL = "https://example.org/a_b?x=1&y=50%25#top"

// citeCases holds one expected string a style, written by hand from the rules
// that the functions name, for each thing that may be missing or unusual.
var citeCases = []struct {
	name string
	work Work
	want map[Style]string
}{
	{
		// The plain case. APA 7, 10.16: initials, (year, Month day), no stop after
		// the URL, none after a title that ends in "?". MLA 9: "July" is not
		// abbreviated, full stop at the end. Chicago 17: the year moves up.
		name: "one author",
		work: Work{Title: "Is it Safe to Massage a Prostate?", Author: "Stephen Venneman", Updated: july19, URL: exampleURL, Language: "en"},
		want: map[Style]string{
			StyleAPA:     "Venneman, S. (2017, July 19). Is it Safe to Massage a Prostate? " + exampleURL,
			StyleMLA:     "Venneman, Stephen. “Is it Safe to Massage a Prostate?” 19 July 2017, " + exampleURL + ".",
			StyleChicago: "Venneman, Stephen. 2017. “Is it Safe to Massage a Prostate?” Last modified July 19, 2017. " + exampleURL + ".",
			StyleBibTeX: `@misc{venneman-2017-safe,
  author = {Venneman, Stephen},
  title = {{Is it Safe to Massage a Prostate?}},
  year = {2017},
  month = jul,
  date = {2017-07-19},
  url = {` + exampleURL + `},
  language = {en},
}`,
			StyleRIS: crlf("TY  - ELEC", "AU  - Venneman, Stephen", "TI  - Is it Safe to Massage a Prostate?", "PY  - 2017",
				"DA  - 2017/07/19", "LA  - en", "UR  - "+exampleURL, "ER  - "),
			StyleCSL: `[
  {
    "id": "venneman-2017-safe",
    "type": "webpage",
    "title": "Is it Safe to Massage a Prostate?",
    "author": [
      {
        "family": "Venneman",
        "given": "Stephen"
      }
    ],
    "issued": {
      "date-parts": [
        [
          2017,
          7,
          19
        ]
      ]
    },
    "URL": "` + exampleURL + `",
    "language": "en"
  }
]`,
		},
	},
	{
		// APA 7, 9.12 and Chicago 17, 15.34: the title moves in front of the date.
		// MLA 9: the entry begins with the title.
		name: "no author",
		work: Work{Title: "Foot Care", Updated: july19, URL: "https://example.org/feet"},
		want: map[Style]string{
			StyleAPA:     "Foot Care. (2017, July 19). https://example.org/feet",
			StyleMLA:     "“Foot Care.” 19 July 2017, https://example.org/feet.",
			StyleChicago: "“Foot Care.” 2017. Last modified July 19, 2017. https://example.org/feet.",
			StyleBibTeX: `@misc{anon-2017-foot,
  title = {{Foot Care}},
  year = {2017},
  month = jul,
  date = {2017-07-19},
  url = {https://example.org/feet},
}`,
			StyleRIS: crlf("TY  - ELEC", "TI  - Foot Care", "PY  - 2017", "DA  - 2017/07/19", "UR  - https://example.org/feet", "ER  - "),
			StyleCSL: `[
  {
    "id": "anon-2017-foot",
    "type": "webpage",
    "title": "Foot Care",
    "issued": {
      "date-parts": [
        [
          2017,
          7,
          19
        ]
      ]
    },
    "URL": "https://example.org/feet"
  }
]`,
		},
	},
	{
		// APA 7, 9.17: (n.d.). Chicago 17, 15.44: n.d., lower-case. MLA 9: omitted.
		name: "no date",
		work: Work{Title: "Foot Care", Author: "J.K. Lee", URL: "https://example.org/feet"},
		want: map[Style]string{
			StyleAPA:     "Lee, J. K. (n.d.). Foot Care. https://example.org/feet",
			StyleMLA:     "Lee, J. K. “Foot Care.” https://example.org/feet.",
			StyleChicago: "Lee, J. K. n.d. “Foot Care.” https://example.org/feet.",
			StyleBibTeX: `@misc{lee-nd-foot,
  author = {Lee, J. K.},
  title = {{Foot Care}},
  url = {https://example.org/feet},
}`,
			StyleRIS: crlf("TY  - ELEC", "AU  - Lee, J. K.", "TI  - Foot Care", "UR  - https://example.org/feet", "ER  - "),
			StyleCSL: `[
  {
    "id": "lee-nd-foot",
    "type": "webpage",
    "title": "Foot Care",
    "author": [
      {
        "family": "Lee",
        "given": "J. K."
      }
    ],
    "URL": "https://example.org/feet"
  }
]`,
		},
	},
	{
		// APA 7, 9.11 and 10.16: a group is spelled out, and the site is omitted
		// when it is the author. MLA 9 omits the author instead. BibTeX: double braces.
		name: "organisation that is also the site",
		work: Work{Title: "Foot Care", Author: "{World Health Organization}", Site: "World Health Organization", Updated: Date{2018, time.March, 4}, URL: "https://example.org/feet"},
		want: map[Style]string{
			StyleAPA:     "World Health Organization. (2018, March 4). Foot Care. https://example.org/feet",
			StyleMLA:     "“Foot Care.” World Health Organization, 4 Mar. 2018, https://example.org/feet.",
			StyleChicago: "World Health Organization. 2018. “Foot Care.” Last modified March 4, 2018. https://example.org/feet.",
			StyleBibTeX: `@misc{world-2018-foot,
  author = {{World Health Organization}},
  title = {{Foot Care}},
  howpublished = {World Health Organization},
  year = {2018},
  month = mar,
  date = {2018-03-04},
  url = {https://example.org/feet},
}`,
			StyleRIS: crlf("TY  - ELEC", "AU  - World Health Organization", "TI  - Foot Care", "T2  - World Health Organization", "PY  - 2018",
				"DA  - 2018/03/04", "UR  - https://example.org/feet", "ER  - "),
			StyleCSL: `[
  {
    "id": "world-2018-foot",
    "type": "webpage",
    "title": "Foot Care",
    "container-title": "World Health Organization",
    "author": [
      {
        "literal": "World Health Organization"
      }
    ],
    "issued": {
      "date-parts": [
        [
          2018,
          3,
          4
        ]
      ]
    },
    "URL": "https://example.org/feet"
  }
]`,
		},
	},
	{
		// Without an address every entry ends in a full stop. The organisation is
		// recognised without braces, and its "and" does not split it.
		name: "organisation, no URL",
		work: Work{Title: "Foot Care", Author: "Centers for Disease Control and Prevention", Site: "Walking", Updated: Date{2018, time.May, 4}},
		want: map[Style]string{
			StyleAPA:     "Centers for Disease Control and Prevention. (2018, May 4). Foot Care. Walking.",
			StyleMLA:     "Centers for Disease Control and Prevention. “Foot Care.” Walking, 4 May 2018.",
			StyleChicago: "Centers for Disease Control and Prevention. 2018. “Foot Care.” Walking. Last modified May 4, 2018.",
			StyleBibTeX: `@misc{centers-2018-foot,
  author = {{Centers for Disease Control and Prevention}},
  title = {{Foot Care}},
  howpublished = {Walking},
  year = {2018},
  month = may,
  date = {2018-05-04},
}`,
			StyleRIS: crlf("TY  - ELEC", "AU  - Centers for Disease Control and Prevention", "TI  - Foot Care", "T2  - Walking", "PY  - 2018",
				"DA  - 2018/05/04", "ER  - "),
			StyleCSL: `[
  {
    "id": "centers-2018-foot",
    "type": "webpage",
    "title": "Foot Care",
    "container-title": "Walking",
    "author": [
      {
        "literal": "Centers for Disease Control and Prevention"
      }
    ],
    "issued": {
      "date-parts": [
        [
          2018,
          5,
          4
        ]
      ]
    }
  }
]`,
		},
	},
	{
		// APA 7, 9.8: the hyphen stays, the particle stays with the surname, an
		// ampersand follows a comma even between two. MLA 9 and Chicago 17: only
		// the first is inverted, suffixes follow the given name.
		name: "accents, hyphen, particle and suffix, two authors",
		work: Work{
			Title: "Füße & Knöchel: 100% Übung", Author: "Zoë-Ève van der Groß; Łukasz Ångström Jr.",
			Updated: Date{2020, time.August, 1}, URL: "https://example.org/füße",
		},
		want: map[Style]string{
			StyleAPA:     "van der Groß, Z.-È., & Ångström, Ł., Jr. (2020, August 1). Füße & Knöchel: 100% Übung. https://example.org/füße",
			StyleMLA:     "van der Groß, Zoë-Ève, and Łukasz Ångström Jr. “Füße & Knöchel: 100% Übung.” 1 Aug. 2020, https://example.org/füße.",
			StyleChicago: "van der Groß, Zoë-Ève, and Łukasz Ångström Jr. 2020. “Füße & Knöchel: 100% Übung.” Last modified August 1, 2020. https://example.org/füße.",
			StyleBibTeX: `@misc{gross-2020-fusse,
  author = {van der Groß, Zoë-Ève and Ångström, Jr., Łukasz},
  title = {{Füße \& Knöchel: 100\% Übung}},
  year = {2020},
  month = aug,
  date = {2020-08-01},
  url = {https://example.org/füße},
}`,
			StyleRIS: crlf("TY  - ELEC", "AU  - van der Groß, Zoë-Ève", "AU  - Ångström, Łukasz, Jr.", "TI  - Füße & Knöchel: 100% Übung",
				"PY  - 2020", "DA  - 2020/08/01", "UR  - https://example.org/füße", "ER  - "),
			StyleCSL: `[
  {
    "id": "gross-2020-fusse",
    "type": "webpage",
    "title": "Füße & Knöchel: 100% Übung",
    "author": [
      {
        "family": "Groß",
        "given": "Zoë-Ève",
        "non-dropping-particle": "van der"
      },
      {
        "family": "Ångström",
        "given": "Łukasz",
        "suffix": "Jr."
      }
    ],
    "issued": {
      "date-parts": [
        [
          2020,
          8,
          1
        ]
      ]
    },
    "URL": "https://example.org/füße"
  }
]`,
		},
	},
	{
		// MLA 9: three or more authors become "et al."; APA 7 and Chicago 17 list them.
		name: "three authors, one an organisation, nothing else",
		work: Work{Author: "Ann Lee; Foot Society; Ek, Bo"},
		want: map[Style]string{
			StyleAPA:     "Lee, A., Foot Society, & Ek, B. (n.d.). [Untitled].",
			StyleMLA:     "Lee, Ann, et al. [Untitled].",
			StyleChicago: "Lee, Ann, Foot Society, and Bo Ek. n.d. [Untitled].",
			StyleBibTeX: `@misc{lee-nd-untitled,
  author = {Lee, Ann and {Foot Society} and Ek, Bo},
}`,
			StyleRIS: crlf("TY  - ELEC", "AU  - Lee, Ann", "AU  - Foot Society", "AU  - Ek, Bo", "ER  - "),
			StyleCSL: `[
  {
    "id": "lee-nd-untitled",
    "type": "webpage",
    "author": [
      {
        "family": "Lee",
        "given": "Ann"
      },
      {
        "literal": "Foot Society"
      },
      {
        "family": "Ek",
        "given": "Bo"
      }
    ]
  }
]`,
		},
	},
	{
		// APA 7 describes in square brackets before the full stop of the title; MLA 9 has optional
		// elements at the end of the entry; Chicago 17 ends with a note.
		name: "adapted",
		work: Work{
			Title: "Prostate Massage", Author: "Verbatim contributors", Updated: Date{2025, time.January, 2}, URL: "https://example.org/p",
			License:     "CC BY 4.0",
			AdaptedFrom: &Adaptation{Title: "Is it Safe to Massage a Prostate?", Author: "Stephen Venneman", Updated: july19, URL: "https://example.org/a_b"},
		},
		want: map[Style]string{
			StyleAPA: "Verbatim contributors. (2025, January 2). Prostate Massage " +
				"[Adapted from Stephen Venneman, “Is it Safe to Massage a Prostate?” (July 19, 2017), https://example.org/a_b]. https://example.org/p",
			StyleMLA: "Verbatim contributors. “Prostate Massage.” 2 Jan. 2025, https://example.org/p. " +
				"Adapted from Stephen Venneman, “Is it Safe to Massage a Prostate?” (July 19, 2017), https://example.org/a_b.",
			StyleChicago: "Verbatim contributors. 2025. “Prostate Massage.” Last modified January 2, 2025. https://example.org/p. " +
				"Adapted from Stephen Venneman, “Is it Safe to Massage a Prostate?” (July 19, 2017), https://example.org/a_b.",
			StyleBibTeX: `@misc{verbatim-2025-prostate,
  author = {{Verbatim contributors}},
  title = {{Prostate Massage}},
  year = {2025},
  month = jan,
  date = {2025-01-02},
  url = {https://example.org/p},
  note = {Adapted from Stephen Venneman, “Is it Safe to Massage a Prostate?” (July 19, 2017), https://example.org/a\_b. License: CC BY 4.0.},
}`,
			StyleRIS: crlf("TY  - ELEC", "AU  - Verbatim contributors", "TI  - Prostate Massage", "PY  - 2025", "DA  - 2025/01/02", "UR  - https://example.org/p",
				"N1  - Adapted from Stephen Venneman, “Is it Safe to Massage a Prostate?” (July 19, 2017), https://example.org/a_b.",
				"N1  - License: CC BY 4.0.", "ER  - "),
			StyleCSL: `[
  {
    "id": "verbatim-2025-prostate",
    "type": "webpage",
    "title": "Prostate Massage",
    "author": [
      {
        "literal": "Verbatim contributors"
      }
    ],
    "issued": {
      "date-parts": [
        [
          2025,
          1,
          2
        ]
      ]
    },
    "URL": "https://example.org/p",
    "note": "Adapted from Stephen Venneman, “Is it Safe to Massage a Prostate?” (July 19, 2017), https://example.org/a_b. License: CC BY 4.0."
  }
]`,
		},
	},
	{
		// APA 7, 8.26 and 8.28; MLA 9, chapter 6; Chicago 17, 13.30: the quote's
		// stop moves behind the parenthesis, its own marks become single.
		name: "quote with its section",
		work: Work{Title: "Foot Care", Author: "Ann Lee", Updated: july19, Section: "Daily Care", Quote: "Dry \"each\" toe."},
		want: map[Style]string{
			StyleAPA: "“Dry ‘each’ toe” (Lee, 2017, Daily Care section).\n\nLee, A. (2017, July 19). Foot Care.",
			StyleMLA: "In the section “Daily Care”: “Dry ‘each’ toe” (Lee).\n\nLee, Ann. “Foot Care.” 19 July 2017.",
			StyleChicago: "“Dry ‘each’ toe” (Lee 2017, under “Daily Care”).\n\n" +
				"Lee, Ann. 2017. “Foot Care.” Last modified July 19, 2017.",
			StyleBibTeX: `@misc{lee-2017-foot,
  author = {Lee, Ann},
  title = {{Foot Care}},
  year = {2017},
  month = jul,
  date = {2017-07-19},
  annote = {Quoted from the section “Daily Care”: “Dry "each" toe.”},
}`,
			StyleRIS: crlf("TY  - ELEC", "AU  - Lee, Ann", "TI  - Foot Care", "PY  - 2017", "DA  - 2017/07/19",
				"N1  - Quoted from the section “Daily Care”: “Dry \"each\" toe.”", "ER  - "),
			StyleCSL: `[
  {
    "id": "lee-2017-foot",
    "type": "webpage",
    "title": "Foot Care",
    "author": [
      {
        "family": "Lee",
        "given": "Ann"
      }
    ],
    "issued": {
      "date-parts": [
        [
          2017,
          7,
          19
        ]
      ]
    },
    "section": "Daily Care",
    "annote": "Dry \"each\" toe."
  }
]`,
		},
	},
}
