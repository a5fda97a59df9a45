// Package arch holds the rules that the shape of this repository must keep, as
// tests that fail, and the records of decisions that are hard to undo (adr).
//
// A rule that is only written down is forgotten by the third change after it. So
// imports_test.go states which package may import which, fences_test.go states
// which packages may name a database driver, a search engine, Discord or HTTP,
// and layout_test.go states what a package and the top level look like.
// violations_test.go breaks each rule once, in a made-up module, so that no rule
// can pass by checking nothing.
//
// There is no code here that the program runs. The package imports nothing of ours.
package arch
