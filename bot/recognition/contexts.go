package recognition

import (
	"encoding/json"
	"fmt"

	"github.com/piprate/json-gold/ld"
)

// The contexts that a credential names: what its terms mean.
const (
	credentialsContext = "https://www.w3.org/ns/credentials/v2"
	badgesContext      = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
)

// Where terms are defined.
const (
	vcTerms       = "https://www.w3.org/2018/credentials#"
	securityTerms = "https://w3id.org/security#"
	badgeTerms    = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
	schemaTerms   = "https://schema.org/"
	xsdTerms      = "http://www.w3.org/2001/XMLSchema#"
)

type object = map[string]any

// scope is a context that holds within things of one type.
func scope(id string, terms object) object {
	terms["@protected"], terms["id"], terms["type"] = true, "@id", "@type"
	return object{"@id": id, "@context": terms}
}

func typed(id, kind string) object { return object{"@id": id, "@type": kind} }

// contexts are the two contexts, cut down to the terms that our credentials
// have: they mean here what they mean there
// (https://www.w3.org/TR/vc-data-model-2.0/#contexts and
// https://purl.imsglobal.org/spec/ob/v3p0/), so the signature is the same under
// the whole contexts; interop_test.go proves it with others' software. Whatever
// term a credential has beside them is refused, for it would not be signed.
var contexts = map[string]object{
	credentialsContext: {
		"@protected": true, "id": "@id", "type": "@type",
		"name": schemaTerms + "name", "description": schemaTerms + "description",
		"VerifiableCredential": scope(vcTerms+"VerifiableCredential", object{
			"name": schemaTerms + "name", "description": schemaTerms + "description",
			"credentialSubject": typed(vcTerms+"credentialSubject", "@id"),
			"issuer":            typed(vcTerms+"issuer", "@id"),
			"validFrom":         typed(vcTerms+"validFrom", xsdTerms+"dateTime"),
			"validUntil":        typed(vcTerms+"validUntil", xsdTerms+"dateTime"),
			"proof":             object{"@id": securityTerms + "proof", "@type": "@id", "@container": "@graph"},
		}),
		"DataIntegrityProof": scope(securityTerms+"DataIntegrityProof", object{
			"created":            typed("http://purl.org/dc/terms/created", xsdTerms+"dateTime"),
			"cryptosuite":        typed(securityTerms+"cryptosuite", securityTerms+"cryptosuiteString"),
			"proofPurpose":       object{"@id": securityTerms + "proofPurpose", "@type": "@vocab", "@context": object{"@protected": true, "id": "@id", "type": "@type", "assertionMethod": object{"@id": securityTerms + "assertionMethod", "@type": "@id", "@container": "@set"}}},
			"proofValue":         typed(securityTerms+"proofValue", securityTerms+"multibase"),
			"verificationMethod": typed(securityTerms+"verificationMethod", "@id"),
		}),
	},
	badgesContext: {
		"@protected": true, "id": "@id", "type": "@type",
		"OpenBadgeCredential": object{"@id": badgeTerms + "OpenBadgeCredential"},
		"Profile":             scope(badgeTerms+"Profile", object{}),
		"AchievementSubject": scope(badgeTerms+"AchievementSubject", object{
			"achievement": object{"@id": badgeTerms + "achievement"},
			"identifier":  object{"@id": badgeTerms + "identifier", "@container": "@set"},
		}),
		"Achievement": scope(badgeTerms+"Achievement", object{
			"achievementType": object{"@id": badgeTerms + "achievementType"},
			"criteria":        typed(badgeTerms+"Criteria", "@id"),
			"version":         object{"@id": badgeTerms + "version"},
			"inLanguage":      object{"@id": schemaTerms + "inLanguage"},
			"tag":             object{"@id": schemaTerms + "keywords", "@container": "@set"},
		}),
		"Criteria": object{"@id": badgeTerms + "Criteria"},
		"IdentityObject": scope(badgeTerms+"IdentityObject", object{
			"hashed":       typed(badgeTerms+"hashed", "https://www.w3.org/2001/XMLSchema#boolean"),
			"identityHash": object{"@id": badgeTerms + "identityHash"},
			"identityType": object{"@id": badgeTerms + "identityType"},
			"salt":         object{"@id": badgeTerms + "salt"},
		}),
		"description": object{"@id": schemaTerms + "description"},
		"name":        object{"@id": schemaTerms + "name"},
		"narrative":   object{"@id": badgeTerms + "narrative"},
		"url":         typed(schemaTerms+"url", "https://www.w3.org/2001/XMLSchema#anyURI"),
		"inLanguage":  object{"@id": schemaTerms + "inLanguage"},
	},
}

// embedded gives the contexts that we know; whatever else a credential names is
// never fetched.
type embedded struct{}

func (embedded) LoadDocument(address string) (*ld.RemoteDocument, error) {
	terms, ok := contexts[address]
	if !ok {
		return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, fmt.Errorf("the context %q is not one of ours", address))
	}
	body, err := json.Marshal(object{"@context": terms}) // a copy: the library writes into it
	if err != nil {
		return nil, err
	}
	var document any
	if err := json.Unmarshal(body, &document); err != nil {
		return nil, err
	}
	return &ld.RemoteDocument{DocumentURL: address, Document: document}, nil
}
