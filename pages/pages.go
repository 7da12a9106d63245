// Package pages is what all of Praline's HTML shares, so that no page has to
// think of it again:
//
//	headers.go  the strict content security policy and its companions
//	origin.go   forms are taken from our own pages only
//	session.go  a signed cookie that proves whose page it is
//	files.go    stylesheets, scripts and icons: a digest in the name, kept for a year
//	write.go    writing a page, compressed where the browser can
//	client.go   whose request it is, behind a proxy or not; flood.go keeps floods out
//	tokens.css  the palette, type and space of the design; light, dark, forced colours
//
// It knows nobody else in the house. Whatever a page shows comes from its own
// package; no page asks anything of another host.
package pages

import (
	_ "embed"
)

// Tokens is the stylesheet of the design: custom properties for colours, type
// and space, and what every page sets the same. A page's own sheet follows it.
//
//go:embed tokens.css
var Tokens string

// Icon is the praline: a rounded square with three lines, as SVG.
//
//go:embed praline.svg
var Icon []byte
