package recognition

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

var day0 = time.Date(2026, 10, 20, 9, 0, 0, 0, time.UTC)

func issuing() *Recognition {
	return &Recognition{Secret: []byte("0123456789abcdef0123456789abcdef"), PublicURL: "https://praline.example"}
}

func claim() Claim {
	return Claim{
		ID: "7k3fq9zt", Organisation: "SPF Exemple", Name: "Nora Voorbeeld", Lang: "nl", Title: "Phishing en wachtwoorden", Series: "phishing", Version: "1.2.0",
		Summary: "Valse berichten herkennen & melden.", Criteria: "Alle lessen gevolgd; 14 van de 16 vragen gekend.", Competences: []string{"4.1", "4.2"}, At: day0,
	}
}

func TestABadgeVerifies(t *testing.T) {
	r := issuing()
	credential, err := r.Credential(claim())
	if err != nil {
		t.Fatal(err)
	}
	for label, file := range map[string][]byte{"as JSON": credential, "as a picture": bake(credential, "Phishing <en> ]]> wachtwoorden", "SPF & Exemple", "20 oktober 2026")} {
		v, err := Verify(file)
		if err != nil {
			t.Errorf("%s: %v\n%s", label, err, file)
			continue
		}
		issuer, _ := r.Issuer()
		if v.Issuer != issuer || v.Title != "Phishing en wachtwoorden" || v.Organisation != "SPF Exemple" || !v.At.Equal(day0) || v.ID != "7k3fq9zt" {
			t.Errorf("%s: %+v", label, v)
		}
		if !v.Is("Nora  Voorbeeld") || v.Is("Nora") {
			t.Errorf("%s: whose it is", label)
		}
	}
	if bytes.Contains(credential, []byte("Nora")) {
		t.Error("the name stands there in clear")
	}
	nobody := claim()
	nobody.Name = ""
	if credential, err = r.Credential(nobody); err != nil {
		t.Fatal(err)
	}
	if v, err := Verify(credential); err != nil || v.Is("") {
		t.Errorf("of nobody: %v", err)
	}
}

// Whoever changes anything at all, or signs for somebody else, is found out.
func TestForgedBadges(t *testing.T) {
	credential, err := issuing().Credential(claim())
	if err != nil {
		t.Fatal(err)
	}
	other := &Recognition{Secret: []byte("another secret, of thirty-two by")}
	foreign, err := other.Credential(claim())
	if err != nil {
		t.Fatal(err)
	}
	changed := func(change func(object)) []byte {
		var o object
		if err := json.Unmarshal(credential, &o); err != nil {
			t.Fatal(err)
		}
		change(o)
		file, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	proofOf := func(file []byte) any {
		var o object
		_ = json.Unmarshal(file, &o)
		return o["proof"]
	}
	subject := func(o object) object { return o["credentialSubject"].(object) }
	for label, file := range map[string][]byte{
		"another title":       changed(func(o object) { subject(o)["achievement"].(object)["name"] = "Other" }),
		"another day":         changed(func(o object) { o["validFrom"] = "2020-01-01T00:00:00Z" }),
		"another name":        changed(func(o object) { subject(o)["identifier"].([]any)[0].(object)["salt"] = "x" }),
		"another issuer":      changed(func(o object) { o["issuer"].(object)["name"] = "Other" }),
		"another key's proof": changed(func(o object) { o["proof"] = proofOf(foreign) }),
		"an issuer that did not sign": changed(func(o object) {
			o["issuer"].(object)["id"], _ = other.Issuer()
		}),
		"a term that nobody signed": changed(func(o object) { o["result"] = "100%" }),
		"a term that nobody signed, deep inside": changed(func(o object) {
			subject(o)["achievement"].(object)["creditsAvailable"] = 12
		}),
		"another context": changed(func(o object) { o["@context"] = []any{credentialsContext, "https://evil.example/context"} }),
		"a context of its own": changed(func(o object) {
			o["@context"] = append(o["@context"].([]any), object{"name": "https://evil.example/name"})
		}),
		"no proof":                   changed(func(o object) { delete(o, "proof") }),
		"two proofs":                 changed(func(o object) { o["proof"] = []any{o["proof"], o["proof"]} }),
		"another purpose":            changed(func(o object) { o["proof"].(object)["proofPurpose"] = "authentication" }),
		"a later proof":              changed(func(o object) { o["proof"].(object)["created"] = "2027-01-01T00:00:00Z" }),
		"another suite":              changed(func(o object) { o["proof"].(object)["cryptosuite"] = "eddsa-jcs-2022" }),
		"a name that is there twice": bytes.Replace(credential, []byte(`"name": "Phishing`), []byte(`"name": "Evil", "name": "Phishing`), 1),
		"something after it":         append(bytes.Clone(credential), `{"x":1}`...),
		"nothing":                    {},
		"an empty object":            []byte("{}"),
		"deep":                       []byte(strings.Repeat("[", 100000)),
		"large":                      bytes.Repeat([]byte(" "), largestBadge+1),
		"a picture without one":      []byte("<svg/>"),
		"a picture with two":         bytes.Replace(bake(credential, "a", "b", "c"), []byte("<title>"), []byte("<openbadges:credential>{}</openbadges:credential><title>"), 1),
		"a picture with entities":    []byte(`<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>`),
	} {
		if v, err := Verify(file); err == nil {
			t.Errorf("%s: taken: %+v", label, v)
		}
	}
}

func TestMultibase(t *testing.T) {
	for _, raw := range [][]byte{{}, {0}, {0, 0, 1}, {255, 254, 253}, bytes.Repeat([]byte{7}, 64)} {
		if back, err := fromMultibase(multibase(raw)); err != nil || !bytes.Equal(back, raw) {
			t.Errorf("%x: %x %v", raw, back, err)
		}
	}
	// From the specification of did:key, https://w3c-ccg.github.io/did-key-spec/.
	const known = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
	key, err := publicKey(known)
	if err != nil || didKey(key) != known {
		t.Errorf("%v", err)
	}
	for _, bad := range []string{"", "did:key:", "did:web:praline.example", "did:key:z0", "did:key:" + strings.Repeat("z", 10000)} {
		if _, err := publicKey(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
