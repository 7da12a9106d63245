package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// window is how far the time of a request may be from ours, either way.
// https://docs.slack.dev/authentication/verifying-requests-from-slack/
const window = 5 * time.Minute

// The headers that prove a request.
const (
	signatureHeader = "X-Slack-Signature"
	timestampHeader = "X-Slack-Request-Timestamp"
)

// timely says whether a request can be Slack's of now, before its body is
// read: each header once, the time within the window.
func timely(header http.Header, now time.Time) bool {
	signatures, timestamps := header.Values(signatureHeader), header.Values(timestampHeader)
	if len(signatures) != 1 || len(timestamps) != 1 || len(timestamps[0]) > 12 {
		return false
	}
	seconds, err := strconv.ParseInt(timestamps[0], 10, 64)
	return err == nil && now.Sub(time.Unix(seconds, 0)).Abs() <= window
}

// signed says whether a body was signed with our secret, in constant time. The
// library's verifier would do the same by the process's clock instead of ours.
func signed(header http.Header, body []byte, secret string) bool {
	given, v0 := strings.CutPrefix(header.Get(signatureHeader), "v0=")
	signature, err := hex.DecodeString(given)
	if secret == "" || !v0 || err != nil {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + header.Get(timestampHeader) + ":"))
	mac.Write(body)
	return hmac.Equal(mac.Sum(nil), signature)
}
