package recognition

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/piprate/json-gold/ld"
)

// A credential carries its proof as Data Integrity says, by the suite
// eddsa-rdfc-2022 (https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022): the
// document and the proof's own settings are each made canonical (RDF dataset
// canonicalization), hashed, and the two hashes are signed together.
const (
	proofType = "DataIntegrityProof"
	suite     = "eddsa-rdfc-2022"
)

// sign adds a proof to a credential.
func sign(credential object, key ed25519.PrivateKey, created time.Time) error {
	did := didKey(key.Public().(ed25519.PublicKey))
	proof := object{
		"type": proofType, "cryptosuite": suite, "proofPurpose": "assertionMethod",
		"created":            created.UTC().Format(time.RFC3339),
		"verificationMethod": did + "#" + strings.TrimPrefix(did, didKeyPrefix),
	}
	digest, err := signedDigest(credential, proof)
	if err != nil {
		return err
	}
	proof["proofValue"] = multibase(ed25519.Sign(key, digest))
	credential["proof"] = proof
	return nil
}

// errForged says that a credential does not stand as it was signed.
var errForged = errors.New("the signature does not fit: this is not what was signed, or somebody changed it")

// verify says by which key a credential was signed; an error if it does not
// stand as it was, or has something that the signature does not cover.
func verify(credential object) (did string, err error) {
	proof, ok := credential["proof"].(object)
	if !ok {
		return "", errors.New("there is no signature: a badge has one \"proof\"")
	}
	if proof["type"] != proofType || proof["cryptosuite"] != suite || proof["proofPurpose"] != "assertionMethod" {
		return "", fmt.Errorf("the signature is of a kind that is not read here: it should be %s, %s", proofType, suite)
	}
	method, _ := proof["verificationMethod"].(string)
	did, fragment, _ := strings.Cut(method, "#")
	public, err := publicKey(did)
	if err != nil {
		return "", err
	}
	if fragment != strings.TrimPrefix(did, didKeyPrefix) || issuerOf(credential) != did {
		return "", errors.New("who signed is not who issued: this is not a badge of theirs")
	}
	value, _ := proof["proofValue"].(string)
	signature, err := fromMultibase(value)
	if err != nil {
		return "", fmt.Errorf("the signature cannot be read: %w", err)
	}
	document, settings := maps.Clone(credential), maps.Clone(proof)
	delete(document, "proof")
	delete(settings, "proofValue")
	digest, err := signedDigest(document, settings)
	if err != nil {
		return "", err
	}
	if len(signature) != ed25519.SignatureSize || !ed25519.Verify(public, digest, signature) {
		return "", errForged
	}
	return did, nil
}

// issuerOf is who a credential says issued it.
func issuerOf(credential object) string {
	issuer, _ := credential["issuer"].(object)
	id, _ := issuer["id"].(string)
	return id
}

// signedDigest is what is signed of a credential without its proof.
func signedDigest(document, proof object) ([]byte, error) {
	settings := maps.Clone(proof)
	settings["@context"] = document["@context"]
	of, err := canonical(settings)
	if err != nil {
		return nil, err
	}
	what, err := canonical(document)
	if err != nil {
		return nil, err
	}
	return append(of[:], what[:]...), nil
}

// canonical is the digest of a document's canonical form.
func canonical(document object) ([sha256.Size]byte, error) {
	options := ld.NewJsonLdOptions("")
	options.Algorithm, options.Format = ld.AlgorithmURDNA2015, "application/n-quads"
	options.DocumentLoader, options.SafeMode, options.ProduceGeneralizedRdf = embedded{}, true, false
	processor := ld.NewJsonLdProcessor()
	expanded, err := processor.Expand(document, options) // by itself: Normalize forgets SafeMode, and would leave out what it does not know
	if err != nil {
		return [sha256.Size]byte{}, fmt.Errorf("this is no badge that can be read: %w", err)
	}
	quads, err := processor.Normalize(expanded, options)
	if err != nil {
		return [sha256.Size]byte{}, fmt.Errorf("this is no badge that can be read: %w", err)
	}
	text, ok := quads.(string)
	if !ok || text == "" {
		return [sha256.Size]byte{}, errors.New("this is no badge: it says nothing")
	}
	return sha256.Sum256([]byte(text)), nil
}
