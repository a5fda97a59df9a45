//go:build race

package store_test

// raceDetector makes everything some ten times slower.
const raceDetector = true
