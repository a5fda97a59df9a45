package article

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func compareNames(t *testing.T, line string, want []personName) {
	t.Helper()
	if diff := cmp.Diff(want, parseNames(line), cmp.AllowUnexported(personName{})); diff != "" {
		t.Errorf("parseNames(%q) (-want +got):\n%s", line, diff)
	}
}

func TestParsePersonalName(t *testing.T) {
	for line, want := range map[string]personName{
		"Stephen Venneman":           {given: "Stephen", family: "Venneman"},
		"Venneman, Stephen":          {given: "Stephen", family: "Venneman"},
		"Mary Anne Lee":              {given: "Mary Anne", family: "Lee"},
		"J.R.R. Tolkien":             {given: "J. R. R.", family: "Tolkien"},
		"J. K. Rowling":              {given: "J. K.", family: "Rowling"},
		"Jean-Paul Sartre":           {given: "Jean-Paul", family: "Sartre"},
		"Gabriel García-Márquez":     {given: "Gabriel", family: "García-Márquez"},
		"García Márquez, Gabriel":    {given: "Gabriel", family: "García Márquez"},
		"Conan O'Brien":              {given: "Conan", family: "O'Brien"},
		"Vincent van Gogh":           {given: "Vincent", particle: "van", family: "Gogh"},
		"van Gogh, Vincent":          {given: "Vincent", particle: "van", family: "Gogh"},
		"Mies van der Rohe":          {given: "Mies", particle: "van der", family: "Rohe"},
		"Simone de Beauvoir":         {given: "Simone", particle: "de", family: "Beauvoir"},
		"Beauvoir, Simone de":        {given: "Simone", dropping: "de", family: "Beauvoir"},
		"Alexander von Humboldt":     {given: "Alexander", particle: "von", family: "Humboldt"},
		"Osama bin Saleh":            {given: "Osama", particle: "bin", family: "Saleh"},
		"van Gogh":                   {particle: "van", family: "Gogh"},
		"Robert De Niro":             {given: "Robert", family: "De Niro"},
		"Ursula K. Le Guin":          {given: "Ursula K.", family: "Le Guin"},
		"José Ortega y Gasset":       {given: "José", family: "Ortega y Gasset"},
		"bell hooks":                 {given: "bell", family: "hooks"},
		"Martin Luther King Jr.":     {given: "Martin Luther", family: "King", suffix: "Jr."},
		"Martin Luther King, Jr.":    {given: "Martin Luther", family: "King", suffix: "Jr."},
		"King, Martin Luther, Jr.":   {given: "Martin Luther", family: "King", suffix: "Jr."},
		"King, Jr., Martin Luther":   {given: "Martin Luther", family: "King", suffix: "Jr."},
		"John D. Rockefeller III":    {given: "John D.", family: "Rockefeller", suffix: "III"},
		"Dr. Ann Lee, PhD":           {given: "Ann", family: "Lee"},
		"Ann Lee, Ph.D., R.N.":       {given: "Ann", family: "Lee"},
		"Service, Robert W.":         {given: "Robert W.", family: "Service"},
		"Plato":                      {literal: "Plato"},
		"Dr. Plato":                  {literal: "Plato"},
		"王 小明":                       {literal: "王 小明"},
		"Lee, Ann, Bo, Cy":           {literal: "Lee, Ann, Bo, Cy"},
		"Lee, Ann, Bo":               {literal: "Lee, Ann, Bo"},
		"  Ann \t Lee ":              {given: "Ann", family: "Lee"},
		"Teresa of Ávila":            {literal: "Teresa of Ávila"},
		"Nguyễn Thị Minh Khai":       {given: "Nguyễn Thị Minh", family: "Khai"},
		"Zoë-Ève van der Groß":       {given: "Zoë-Ève", particle: "van der", family: "Groß"},
		"Leonardo da Vinci":          {given: "Leonardo", particle: "da", family: "Vinci"},
		"de la Cruz, Juana":          {given: "Juana", particle: "de la", family: "Cruz"},
		"Fernando de la Rosa Jr.":    {given: "Fernando", particle: "de la", family: "Rosa", suffix: "Jr."},
		"Lee, Ann, MD":               {given: "Ann", family: "Lee"},
		"Prof. Dr. Karl Groß":        {given: "Karl", family: "Groß"},
		"William \"Bill\" Gates":     {given: "William \"Bill\"", family: "Gates"},
		"Abu al-Walid ibn Rushd":     {given: "Abu al-Walid", particle: "ibn", family: "Rushd"},
		"Müller-Lüdenscheidt, Heinz": {given: "Heinz", family: "Müller-Lüdenscheidt"},
	} {
		compareNames(t, line, []personName{want})
	}
}

func TestParseOrganisation(t *testing.T) {
	for _, name := range []string{
		"World Health Organization", "University of Oxford", "Foot Society", "American Psychological Association",
		"Mayo Clinic", "The Economist", "Wikipedia contributors", "BMJ editors", "Cleveland Clinic Foundation",
		"Department of Health and Human Services", "Johnson & Johnson", "Marks and Spencer", "National Health Service",
		"Ministère de la Santé et Services", "Cancer Council", "Doctors Without Borders", "Foot Institute", "Foot Agency",
		"Hospital Network", "Imperial College", "Kidney Centre", "Kidney Center", "Committee on Feet", "NHS",
	} {
		compareNames(t, name, []personName{{literal: name}})
	}
}

func TestBracesMeanOrganisation(t *testing.T) {
	for line, want := range map[string][]personName{
		"{Ann Lee}":                     {{literal: "Ann Lee"}},
		"{Lee; Ek, and Partners}":       {{literal: "Lee; Ek, and Partners"}},
		"Bo Ek; {Ann Lee}":              {{given: "Bo", family: "Ek"}, {literal: "Ann Lee"}},
		"{{TeX} Users Group}":           {{literal: "TeX Users Group"}},
		"{}":                            nil,
		"{Ann Lee; Bo Ek":               {{given: "Ann", family: "Lee"}, {given: "Bo", family: "Ek"}},
		"Ann} Lee; Bo Ek":               {{given: "Ann", family: "Lee"}, {given: "Bo", family: "Ek"}},
		" ; ;{ };":                      nil,
		"":                              nil,
		"{Ann Lee} ; { Foot  Society }": {{literal: "Ann Lee"}, {literal: "Foot Society"}},
	} {
		compareNames(t, line, want)
	}
}

func TestSeveralAuthors(t *testing.T) {
	lee, ek, oh := personName{given: "Ann", family: "Lee"}, personName{given: "Bo", family: "Ek"}, personName{given: "Cy", family: "Oh"}
	for line, want := range map[string][]personName{
		"Ann Lee; Bo Ek":                   {lee, ek},
		"Lee, Ann; Ek, Bo;":                {lee, ek},
		"Ann Lee and Bo Ek":                {lee, ek},
		"Ann Lee & Bo Ek":                  {lee, ek},
		"Ann Lee, Bo Ek, and Cy Oh":        {lee, ek, oh},
		"Ann Lee, Bo Ek & Cy Oh":           {lee, ek, oh},
		"Lee, Ann, and Ek, Bo":             {lee, ek},
		"Ann Lee, PhD, and Bo Ek, MD":      {lee, ek},
		"Ann Lee; Foot Society and Friend": {lee, {literal: "Foot Society and Friend"}},
	} {
		compareNames(t, line, want)
	}
}

// APA 7, 9.8: initials with full stops, hyphens kept.
func TestGivenInitials(t *testing.T) {
	for given, want := range map[string]string{
		"Stephen": "S.", "Mary Anne": "M. A.", "J. K.": "J. K.", "Jean-Paul": "J.-P.", "Émile": "É.", "E\u0301mile": "E\u0301.",
		"bell": "b.", `William "Bill"`: "W.", "William (Bill)": "W.", "": "", "123": "", "Łukasz": "Ł.", "Al‐Amin": "A.-A.",
	} {
		if got := givenInitials(given); got != want {
			t.Errorf("givenInitials(%q) = %q, want %q", given, got, want)
		}
	}
}

func FuzzParseNames(f *testing.F) {
	for _, seed := range []string{"", "{", "}{;", "Lee, Ann, Jr.; {A;B}", "a and b & c", "van", "Dr.", ", ,", "\xff y \u0301", "{{{a}", "Jr. Jr. Jr."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		for _, n := range parseNames(citeLine(line)) {
			for _, shown := range []string{n.surname(), n.natural(), n.inverted(fullGiven), n.inverted(givenInitials)} {
				if shown == "" || strings.ContainsAny(shown, "{}\n\r") || !utf8.ValidString(shown) {
					t.Fatalf("%q: name %+v shows as %q", line, n, shown)
				}
			}
		}
	})
}
