// Package docs is the guides, embedded for the pages that link to them.
package docs

import "embed"

// Files are the trainers' guides: trainers/advice.fr.md.
//
//go:embed trainers/*.md
var Files embed.FS
