package console

import (
	"encoding/base64"
	"net/http"
)

// A notice says on the next page what was done on this one. It travels with the
// browser, signed, for a minute.
const noticeMost = 1500 // bytes; browsers drop a cookie of more than four thousand

func (v *visit) notice(words string) {
	if len(words) <= noticeMost {
		v.console.notices.Write(v.w, base64.RawURLEncoding.EncodeToString([]byte(words)))
	}
}

// noticed is what the page before left to say, once.
func (v *visit) noticed() string {
	if v.r.Method != http.MethodGet {
		return ""
	}
	value, ok := v.console.notices.Read(v.r)
	if !ok {
		return ""
	}
	v.console.notices.End(v.w)
	words, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil {
		return ""
	}
	return string(words)
}
