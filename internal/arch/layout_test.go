package arch

import (
	"fmt"
	"slices"
	"strings"
)

// ruleTopLevel keeps the root to what a reader needs to find: dot-files aside,
// exactly these.
func ruleTopLevel(m module) []string {
	want := []string{"Dockerfile", "README.md", "cmd", "go.mod", "go.sum", "internal", "knowledge"}
	var problems []string
	for _, name := range want {
		if !slices.Contains(m.top, name) {
			problems = append(problems, name+" is missing at the top level")
		}
	}
	for _, name := range m.top {
		if !slices.Contains(want, name) {
			problems = append(problems, name+" does not belong at the top level; move it below cmd, internal or knowledge")
		}
	}
	return problems
}

// ruleNoInit forbids init functions: what runs does so because main called it.
func ruleNoInit(m module) []string {
	var problems []string
	for _, dir := range m.dirs() {
		for _, f := range m.packages[dir] {
			if f.inits > 0 {
				problems = append(problems, f.path+" declares init; construct what it sets up and pass it on")
			}
		}
	}
	return problems
}

// rulePackageName forbids names that say nothing of what the package is for.
func rulePackageName(m module) []string {
	empty := []string{"util", "utils", "common", "helper", "helpers", "misc"}
	var problems []string
	for _, dir := range m.dirs() {
		for _, f := range m.packages[dir] {
			if name := strings.TrimSuffix(f.pkg, "_test"); slices.Contains(empty, name) {
				problems = append(problems, fmt.Sprintf("%s: package %s; name it after what it provides", f.path, name))
			}
		}
	}
	return problems
}

// rulePackageComment asks for exactly one package comment in each package, in
// the form that go doc expects.
func rulePackageComment(m module) []string {
	var problems []string
	for _, dir := range m.dirs() {
		var documented []string
		for _, f := range m.packages[dir] {
			if f.test || f.doc == "" {
				continue
			}
			documented = append(documented, f.path)
			if f.pkg != "main" && !strings.HasPrefix(f.doc, "Package "+f.pkg+" ") {
				problems = append(problems, fmt.Sprintf("%s: the package comment does not begin with %q", f.path, "Package "+f.pkg))
			}
		}
		if len(documented) != 1 {
			problems = append(problems, fmt.Sprintf("%s has %d package comments, in %q; it needs one", dir, len(documented), documented))
		}
	}
	return problems
}
