package console

import "html/template"

// Rows of a table carry their own small charts: what they draw stands in words
// in the same row, so that they are hidden from screen readers.

// rowWide is the width of a row's chart.
const rowWide = 200

// interval is a share (0 to 1) with its interval of 95 %, on a line from 0 to
// 100 %: {{interval .Share .Low .High "nl"}}, "fr", "nl" or "" for both.
func interval(share, low, high float64, lang string) template.HTML {
	d := &drawing{}
	at := func(share float64) float64 { return 6 + (rowWide-12)*min(max(share, 0), 1) }
	d.add(`<svg class="interval" viewBox="0 0 %d 20" aria-hidden="true"><path class="grid" d="M6 10H%d`, rowWide, rowWide-6)
	for _, tick := range []float64{0, 0.25, 0.5, 0.75, 1} {
		d.add(`M%s 6v8`, n(at(tick)))
	}
	name := "all"
	if lang == "fr" || lang == "nl" {
		name = lang
	}
	d.add(`"/><path class="whisker whisker-%s" d="M%s 10H%sM%s 5v10M%s 5v10"/>`, name, n(at(low)), n(at(high)), n(at(low)), n(at(high)))
	d.mark(lang, at(share), 10)
	return template.HTML(d.b.String() + `</svg>`) //nolint:gosec // numbers only
}

// share is a bar from 0 to 100 %: {{share .Share "nl"}}.
func share(share float64, lang string) template.HTML {
	d := &drawing{}
	d.add(`<svg class="share" viewBox="0 0 %d 12" aria-hidden="true"><rect class="bar%s"%s x="0" y="1" width="%s" height="10" rx="3"/></svg>`,
		rowWide, look(lang), filled(lang), n(max(rowWide*min(max(share, 0), 1), 2)))
	return template.HTML(d.b.String()) //nolint:gosec // numbers only
}
