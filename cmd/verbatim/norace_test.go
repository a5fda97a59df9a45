//go:build !race

package main

// raceDetector makes each process some ten times slower.
const raceDetector = false
