package recognition

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// key is the key that signs badges. It follows from the server's secret: as long
// as that is kept, badges of former years are signed by the same.
func (r *Recognition) key() (ed25519.PrivateKey, error) {
	seed, err := hkdf.Key(sha256.New, r.Secret, nil, "recognition: badges", ed25519.SeedSize)
	if err != nil {
		return nil, fmt.Errorf("recognition: key: %w", err)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// Issuer is the name of the key that signs here: a did:key, in which the whole
// public key stands (https://w3c-ccg.github.io/did-key-spec/). Who verifies a
// badge compares it with the one that the organisation made known.
func (r *Recognition) Issuer() (string, error) {
	key, err := r.key()
	if err != nil {
		return "", err
	}
	return didKey(key.Public().(ed25519.PublicKey)), nil
}

// ed25519Code is the multicodec of an Ed25519 public key, as a varint
// (https://github.com/multiformats/multicodec).
var ed25519Code = []byte{0xed, 0x01}

const didKeyPrefix = "did:key:"

func didKey(public ed25519.PublicKey) string {
	return didKeyPrefix + multibase(append(bytes.Clone(ed25519Code), public...))
}

// publicKey reads a did:key, or the name of the key within it (did:key:z…#z…).
func publicKey(did string) (ed25519.PublicKey, error) {
	text, _, _ := strings.Cut(strings.TrimPrefix(did, didKeyPrefix), "#")
	raw, err := fromMultibase(text)
	if err != nil || !strings.HasPrefix(did, didKeyPrefix) || len(raw) != len(ed25519Code)+ed25519.PublicKeySize || !bytes.HasPrefix(raw, ed25519Code) {
		return nil, fmt.Errorf("%q is not the name of an Ed25519 key: it should begin with did:key:z6Mk", did)
	}
	return raw[len(ed25519Code):], nil
}

// base58 is Bitcoin's alphabet, which multibase calls z.
const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// multibase writes bytes in base 58, with the letter that says so
// (https://datatracker.ietf.org/doc/html/draft-multiformats-multibase).
func multibase(raw []byte) string {
	n, radix, digit := new(big.Int).SetBytes(raw), big.NewInt(58), new(big.Int)
	var reversed []byte
	for n.Sign() > 0 {
		n.DivMod(n, radix, digit)
		reversed = append(reversed, base58[digit.Int64()])
	}
	for _, b := range raw {
		if b != 0 {
			break
		}
		reversed = append(reversed, base58[0])
	}
	var text strings.Builder
	text.WriteByte('z')
	for i := len(reversed) - 1; i >= 0; i-- {
		text.WriteByte(reversed[i])
	}
	return text.String()
}

// longestMultibase bounds what is read: a signature has 89 characters.
const longestMultibase = 128

var errMultibase = errors.New("this is not base 58: it should begin with z")

func fromMultibase(text string) ([]byte, error) {
	digits, ok := strings.CutPrefix(text, "z")
	if !ok || len(text) > longestMultibase {
		return nil, errMultibase
	}
	n, radix := new(big.Int), big.NewInt(58)
	zeros := 0
	for i := range len(digits) {
		place := strings.IndexByte(base58, digits[i])
		if place < 0 {
			return nil, errMultibase
		}
		if place == 0 && n.Sign() == 0 {
			zeros++
		}
		n.Add(n.Mul(n, radix), big.NewInt(int64(place)))
	}
	return append(make([]byte, zeros), n.Bytes()...), nil
}
