package pages

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// OwnOrigin refuses what another site's page makes a browser send. denied
// writes the refusal; nil for a plain one. publicURL is where the world reaches
// us, for a proxy that ends TLS before us.
//
// Cookies are SameSite=Lax beside it: a browser too old to say where a request
// comes from does not send them along either.
func OwnOrigin(next http.Handler, publicURL string, denied http.Handler) (http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	if publicURL != "" {
		u, err := url.Parse(publicURL)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return nil, fmt.Errorf("the public address %q is not one: write it as https://praline.example", publicURL)
		}
		if err := protection.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
			return nil, fmt.Errorf("the public address %q: %w: write it as https://praline.example", publicURL, err)
		}
	}
	if denied != nil {
		protection.SetDenyHandler(denied)
	}
	return protection.Handler(next), nil
}

// HTTPS says whether the world reaches us by https.
func HTTPS(publicURL string) bool { return strings.HasPrefix(strings.ToLower(publicURL), "https://") }
