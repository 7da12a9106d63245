// Package docs is the guides, embedded for the pages that link to them.
package docs

import "embed"

// Files are the guides of the console: trainers/advice.fr.md.
//
//go:embed trainers/*.md managers/*.md administrators/organisation.*.md
var Files embed.FS
