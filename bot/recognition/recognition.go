// Package recognition is what good work earns: badges, certificates, credits.
package recognition

import "praline/records"

// Recognition issues and verifies.
type Recognition struct {
	Store  records.Store
	Secret []byte
}
