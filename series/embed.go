// Package series holds the series that ship with Praline, as files in the
// binary. A folder each: see "What a trainer writes" in docs/trainers.
package series

import "embed"

// Files are the folders of the series.
//
//go:embed */*
var Files embed.FS
