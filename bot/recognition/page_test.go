package recognition

import (
	"bytes"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"praline/records/recordstest"
)

// What anybody sees of a badge: that it is true, and nothing of whose it is.
func TestPublicPages(t *testing.T) {
	r := issuing()
	r.Store = &recordstest.Memory{}
	l := learned("nl")
	b, before, err := r.Give(t.Context(), "nora", "FOD Voorbeeld", l, day0)
	if err != nil || before {
		t.Fatal(before, err)
	}
	if again, before, err := r.Give(t.Context(), "nora", "FOD Voorbeeld", l, day0.AddDate(1, 0, 0)); err != nil || !before || !again.At.Equal(b.At) {
		t.Errorf("given twice: %v %v %v", again, before, err)
	}
	credential, picture, err := r.Files(b, "nl", "Nora Voorbeeld")
	if err != nil {
		t.Fatal(err)
	}
	other := &Recognition{Secret: []byte("another secret, of thirty-two by"), Store: r.Store}
	foreign, _, err := other.Files(b, "fr", "")
	if err != nil {
		t.Fatal(err)
	}
	routes, err := r.Routes(func() time.Time { return day0 }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	upload := func(file []byte) *http.Request {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		part, _ := form.CreateFormFile("badge", "badge.json")
		_, _ = part.Write(file)
		_ = form.Close()
		request := httptest.NewRequest("POST", "/b?lang=nl", &body)
		request.Header.Set("Content-Type", form.FormDataContentType())
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		return request
	}
	get := func(path string) *http.Request { return httptest.NewRequest("GET", path, nil) }
	for label, row := range map[string]struct {
		request *http.Request
		status  int
		want    string
	}{
		"a badge that was given":      {get("/b/" + b.ID + "?lang=nl"), 200, "Deze badge is echt. FOD Voorbeeld"},
		"in French":                   {get("/b/" + b.ID + "?lang=fr"), 200, "Ce badge est vrai"},
		"as it is written on paper":   {get("/b/" + strings.ToUpper(b.ID[:4]+"-"+b.ID[4:])), 200, b.ID[:0]},
		"one that was not":            {get("/b/aaaaaaaaaaaaaaaa"), 404, ""},
		"a strange one":               {get("/b/%00%0a..%2f"), 404, ""},
		"the form":                    {get("/b?lang=nl"), 200, "Een badge nakijken"},
		"a credential":                {upload(credential), 200, "De handtekening klopt: deze badge werd hier"},
		"a picture":                   {upload(picture), 200, "De handtekening klopt: deze badge werd hier"},
		"a credential from elsewhere": {upload(foreign), 200, "van een andere server"},
		"a changed one":               {upload(bytes.Replace(credential, []byte("14"), []byte("16"), 1)), 422, "klopt niet"},
		"too large":                   {upload(bytes.Repeat([]byte("x"), 3<<20)), 422, ""},
		"no file":                     {httptest.NewRequest("POST", "/b", nil), 422, ""},
	} {
		w := httptest.NewRecorder()
		routes["/b"].ServeHTTP(w, row.request)
		if w.Code != row.status || !strings.Contains(w.Body.String(), row.want) {
			t.Errorf("%s: %d\n%s", label, w.Code, w.Body)
		}
		if strings.Contains(w.Body.String(), "Nora") || strings.Contains(w.Body.String(), "nora") {
			t.Errorf("%s: names whose it is", label)
		}
		if w.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%s: unguarded", label)
		}
	}
	for range lookups {
		routes["/b"].ServeHTTP(httptest.NewRecorder(), get("/b/x"))
	}
	w := httptest.NewRecorder()
	if routes["/b"].ServeHTTP(w, get("/b/"+b.ID)); w.Code != http.StatusTooManyRequests {
		t.Errorf("who tries for ever: %d", w.Code)
	}
}
