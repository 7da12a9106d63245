package inbox

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// digest is a short name of what the parts say: 16 characters of a–z 2–7, the
// same each time, telling nothing without our secret.
func (i *Inbox) digest(parts ...string) string {
	mac := hmac.New(sha256.New, i.key("praline: names in the inbox"))
	mac.Write([]byte(strings.Join(parts, "\x00")))
	return strings.ToLower(base32.StdEncoding.EncodeToString(mac.Sum(nil)[:10]))
}

// key is our secret for one purpose.
func (i *Inbox) key(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, i.Secret, nil, purpose, 32)
	if err != nil {
		panic(fmt.Sprintf("inbox: %v", err)) // only a length that is too long
	}
	return key
}

// seal hides a text in a record; place is where it stands, so that it opens
// nowhere else.
func (i *Inbox) seal(place, text string) string {
	box := i.box()
	nonce := make([]byte, box.NonceSize())
	rand.Read(nonce)
	return base64.RawStdEncoding.EncodeToString(box.Seal(nonce, nonce, []byte(text), []byte(place)))
}

var errSealed = errors.New("it was sealed with another secret, or changed since: give PRALINE_SECRET as it was")

func (i *Inbox) open(place, sealed string) (string, error) {
	box := i.box()
	all, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil || len(all) < box.NonceSize() {
		return "", fmt.Errorf("%s: %w", place, errSealed)
	}
	text, err := box.Open(nil, all[:box.NonceSize()], all[box.NonceSize():], []byte(place))
	if err != nil {
		return "", fmt.Errorf("%s: %w", place, errSealed)
	}
	return string(text), nil
}

func (i *Inbox) box() cipher.AEAD {
	block, err := aes.NewCipher(i.key("praline: learners in the inbox"))
	if err != nil {
		panic(fmt.Sprintf("inbox: %v", err)) // only a key that is no key
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		panic(fmt.Sprintf("inbox: %v", err))
	}
	return box
}
