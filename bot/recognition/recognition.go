// Package recognition is what good work earns: badges that anybody can verify,
// a certificate on paper, a page of one's year, credits and thanks.
//
//	badge.go        who earned what: one record each, which names nobody to who looks it up
//	credential.go   a badge as an Open Badges 3.0 credential
//	proof.go        its signature (eddsa-rdfc-2022), made and verified without any other machine
//	key.go          the key, which follows from PRALINE_SECRET, and its name (did:key)
//	bake.go         a badge as a picture that carries its credential (SVG)
//	certificate.go  the same on paper (tagged PDF)
//	year.go         a learner's year, and a trainer's
//	thanks.go       thanks for a lesson, counted and naming nobody
//	page.go         the public page: true or not, and nothing more
//
// A badge is given to who asks for it and to nobody else: no list of earners
// exists for anybody to read, and nobody is ranked.
package recognition

import (
	"praline/records"
)

// Recognition issues and verifies.
type Recognition struct {
	Store  records.Store
	Secret []byte // the key that signs follows from it
	// PublicURL is where the world reaches us, "" for nowhere: badges then name
	// no page.
	PublicURL string
}
