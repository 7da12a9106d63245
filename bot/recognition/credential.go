package recognition

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Claim is what a badge says.
type Claim struct {
	ID           string // of the badge
	Organisation string // who gives it, by name
	Name         string // whose it is; "" : it names nobody
	Lang         string
	Title        string // of the series
	Series       string // its id
	Version      string
	Summary      string
	Criteria     string // what one had to do, in a sentence
	Competences  []string
	At           time.Time
}

// contextsOf is what "@context" says: both, in this order.
func contextsOf() []any { return []any{credentialsContext, badgesContext} }

// Credential writes a claim as an Open Badges 3.0 credential and signs it
// (https://www.imsglobal.org/spec/ob/v3p0). Whose it is stands there as a salted
// digest of their name: who holds the badge and knows the name can compare,
// nobody else can read it.
func (r *Recognition) Credential(c Claim) ([]byte, error) {
	key, err := r.key()
	if err != nil {
		return nil, err
	}
	did, err := r.Issuer()
	if err != nil {
		return nil, err
	}
	credential := object{
		"@context": contextsOf(),
		"id":       "urn:praline:badge:" + c.ID,
		"type":     []any{"VerifiableCredential", "OpenBadgeCredential"},
		"issuer":   object{"id": did, "type": []any{"Profile"}, "name": c.Organisation},
		"name":     c.Title, "validFrom": c.At.UTC().Format(time.RFC3339),
		"credentialSubject": object{
			"type":       []any{"AchievementSubject"},
			"identifier": []any{identity(c.Name)},
			"achievement": object{
				"id": "urn:praline:series:" + c.Series + ":" + c.Version, "type": []any{"Achievement"},
				"achievementType": "Badge", "name": c.Title, "description": c.Summary, "version": c.Version, "inLanguage": c.Lang,
				"criteria": object{"narrative": c.Criteria},
			},
		},
	}
	subject := credential["credentialSubject"].(object)
	if c.Name == "" {
		subject["id"] = "urn:praline:badge:" + c.ID + ":earner" // one of both is required
		delete(subject, "identifier")
	}
	if len(c.Competences) > 0 {
		var tags []any
		for _, competence := range c.Competences {
			tags = append(tags, "DigComp 2.2: "+competence)
		}
		subject["achievement"].(object)["tag"] = tags
	}
	if r.PublicURL != "" {
		credential["issuer"].(object)["url"] = r.PublicURL
	}
	if err := sign(credential, key, c.At); err != nil {
		return nil, fmt.Errorf("recognition: badge %s: %w", c.ID, err)
	}
	return indented(credential)
}

func indented(value any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(value)
	return b.Bytes(), err
}

// identity is a name as its salted digest, as the standard's IdentityObject says.
func identity(name string) object {
	salt := rand.Text()
	return object{"type": "IdentityObject", "identityType": "name", "hashed": true, "salt": salt, "identityHash": identityHash(name, salt)}
}

func identityHash(name, salt string) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(name), " ") + salt))
	return "sha256$" + hex.EncodeToString(sum[:])
}

// Verified is what a badge says, once its signature was found to fit.
type Verified struct {
	ID           string    `json:"id"`
	Issuer       string    `json:"issuer"` // did:key
	Organisation string    `json:"organisation"`
	Title        string    `json:"title"`
	Version      string    `json:"version"`
	Criteria     string    `json:"criteria"`
	At           time.Time `json:"at"`
	hash, salt   string
}

// Is says whether a badge is somebody's, by their name as it was given.
func (v Verified) Is(name string) bool { return v.salt != "" && identityHash(name, v.salt) == v.hash }

// largestBadge is how large a file may be that is read as one.
const largestBadge = 1 << 20

// Verify reads a badge, a credential in JSON or a picture that carries one, and
// says what it says. It asks nobody. An error ends with what may be the matter.
func Verify(file []byte) (Verified, error) {
	if len(file) > largestBadge {
		return Verified{}, errors.New("this file is too large for a badge: give the .json or .svg as it was received")
	}
	if text := bytes.TrimLeft(file, "\ufeff \t\r\n"); bytes.HasPrefix(text, []byte("<")) {
		var err error
		if file, err = unbake(file); err != nil {
			return Verified{}, err
		}
	}
	credential, err := readStrictly(file)
	if err != nil {
		return Verified{}, fmt.Errorf("this is no badge that can be read: %w: give the .json or .svg as it was received", err)
	}
	did, err := verify(credential)
	if err != nil {
		return Verified{}, err
	}
	return claimed(credential, did)
}

// readStrictly reads one JSON object in which no name stands twice: else who
// reads one could be shown another.
func readStrictly(file []byte) (object, error) {
	decoder := json.NewDecoder(bytes.NewReader(file))
	value, err := strictValue(decoder, 0)
	if err != nil {
		return nil, err
	}
	if decoder.More() {
		return nil, errors.New("something stands after its end")
	}
	credential, ok := value.(object)
	if !ok {
		return nil, errors.New("it is not an object")
	}
	return credential, nil
}

// deepest is how deep a badge is nested at most.
const deepest = 16

func strictValue(d *json.Decoder, depth int) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	delimiter, nested := token.(json.Delim)
	switch {
	case !nested:
		return token, nil
	case depth >= deepest:
		return nil, errors.New("it is nested too deep")
	case delimiter == '[':
		all := []any{}
		for d.More() {
			value, err := strictValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			all = append(all, value)
		}
		_, err := d.Token()
		return all, err
	}
	all := object{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		key := name.(string) // the decoder sees to it
		if _, twice := all[key]; twice {
			return nil, fmt.Errorf("%q stands there twice", key)
		}
		if all[key], err = strictValue(d, depth+1); err != nil {
			return nil, err
		}
	}
	_, err = d.Token()
	return all, err
}

// claimed reads what a verified credential says.
func claimed(credential object, did string) (Verified, error) {
	issuer, _ := credential["issuer"].(object)
	subject, _ := credential["credentialSubject"].(object)
	achievement, _ := subject["achievement"].(object)
	criteria, _ := achievement["criteria"].(object)
	at, err := time.Parse(time.RFC3339, textOf(credential, "validFrom"))
	v := Verified{
		ID: strings.TrimPrefix(textOf(credential, "id"), "urn:praline:badge:"), Issuer: did, Organisation: textOf(issuer, "name"),
		Title: textOf(achievement, "name"), Version: textOf(achievement, "version"), Criteria: textOf(criteria, "narrative"), At: at,
	}
	if err != nil || v.ID == "" || v.Title == "" {
		return Verified{}, errors.New("it is signed, and yet no badge of Praline's: it names no series or no day")
	}
	if who, ok := subject["identifier"].([]any); ok && len(who) == 1 {
		one, _ := who[0].(object)
		v.hash, v.salt = textOf(one, "identityHash"), textOf(one, "salt")
	}
	return v, nil
}

func textOf(o object, name string) string {
	text, _ := o[name].(string)
	return text
}
