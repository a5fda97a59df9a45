//go:build unix && !linux

package storetest

func parent(options) string { return "" }
