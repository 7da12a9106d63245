package console

import (
	"net/http"
	"time"

	"praline/pages"
)

// floods are how often: one who signs in behind an office's one address shares
// that with a few hundred colleagues.
type floods struct{ session, address, code *pages.Flood }

func newFloods() floods {
	return floods{
		session: pages.NewFlood(300, 100*time.Millisecond),
		address: pages.NewFlood(1500, 10*time.Millisecond),
		code:    pages.NewFlood(10, 30*time.Second),
	}
}

// tooMany asks to wait.
func (v *visit) tooMany() {
	v.w.Header().Set("Retry-After", "10")
	v.problem(http.StatusTooManyRequests, v.W.Say("console.too-many"))
}

// fromBrowsers refuses a request that changes something and says neither which
// page sent it (Origin) nor from where (Sec-Fetch-Site). Every browser since
// 2020 says one of them; what says neither is no browser, or one whose forms we
// cannot tell from another site's.
func fromBrowsers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reading := r.Method == http.MethodGet || r.Method == http.MethodHead
		if !reading && r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Site") == "" {
			http.Error(w, "This request does not say which page it comes from: use the console in a browser of this decade.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
