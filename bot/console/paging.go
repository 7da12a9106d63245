package console

import (
	"net/url"
	"strconv"
)

// pageOf is where in a long list a page is: {{template "pages" .}} with View.
type pageOf struct {
	Number, Of     int
	From, To, All  int    // the first and last that are shown, counted from 1
	Before, Behind string // addresses; "" where there is none
}

// paged says which part of a list of so many to show, most at a time, by the
// address's "page": list[p.From-1 : p.To].
func (v *visit) paged(all, most int) pageOf {
	p := pageOf{Number: 1, Of: max((all+most-1)/most, 1), All: all}
	if n, err := strconv.Atoi(v.query("page")); err == nil {
		p.Number = min(max(n, 1), p.Of)
	}
	p.From, p.To = (p.Number-1)*most+1, min(p.Number*most, all)
	if p.Number > 1 {
		p.Before = v.numbered(p.Number - 1)
	}
	if p.Number < p.Of {
		p.Behind = v.numbered(p.Number + 1)
	}
	return p
}

// numbered is this page's address with another number.
func (v *visit) numbered(n int) string {
	query := v.r.URL.Query()
	query.Set("page", strconv.Itoa(n))
	return (&url.URL{Path: v.path, RawQuery: query.Encode()}).String()
}
