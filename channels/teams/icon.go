package teams

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// The icons of the app package: the praline of pages.Icon, a rounded square
// with three stripes, drawn here because Teams takes PNG only: 192 × 192 in
// colour, whose outer part some clients cut off, and 32 × 32 in white on
// nothing.
// https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons

// stripes are the three paths of the praline, on a field of 64 × 64: a start
// and curves, each by two points of control and an end.
var stripes = [][]point{
	{{-2, 34}, {12, 34}, {16, 24}, {21, 16}, {26, 8}, {32, 2}, {40, -2}},
	{{-2, 54}, {16, 54}, {22, 44}, {29, 34}, {36, 24}, {44, 18}, {66, 10}},
	{{22, 68}, {28, 60}, {36, 58}, {43, 48}, {50, 38}, {54, 34}, {68, 32}},
}

type point struct{ x, y float64 }

const (
	corner = 20.5 // radius of the square's
	stroke = 5    // width of a stripe
)

// onStripe says how far a place is from the middle of the nearest stripe.
func onStripe(p point, all []point) float64 {
	nearest := math.Inf(1)
	for _, q := range all {
		nearest = min(nearest, math.Hypot(p.x-q.x, p.y-q.y))
	}
	return nearest
}

// dots are the stripes as places close to one another.
func dots() []point {
	const steps = 48
	var all []point
	for _, s := range stripes {
		for i := 0; i+3 < len(s); i += 3 {
			for n := range steps + 1 {
				t := float64(n) / steps
				u := 1 - t
				a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
				all = append(all, point{a*s[i].x + b*s[i+1].x + c*s[i+2].x + d*s[i+3].x, a*s[i].y + b*s[i+1].y + c*s[i+2].y + d*s[i+3].y})
			}
		}
	}
	return all
}

// outside is how far a place is from the square; negative within.
func outside(p point) float64 {
	x, y := math.Abs(p.x-32)-(32-corner), math.Abs(p.y-32)-(32-corner)
	return math.Hypot(max(x, 0), max(y, 0)) + min(max(x, y), 0) - corner
}

// draw draws an icon: paint is asked four times four times a pixel, for
// smooth edges, for places on the field of 64 × 64.
func draw(size int, paint func(point) color.NRGBA) []byte {
	const fine = 4
	picture := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			var r, g, b, a float64
			for sy := range fine {
				for sx := range fine {
					scale := 64 / float64(size)
					c := paint(point{(float64(x) + (float64(sx)+0.5)/fine) * scale, (float64(y) + (float64(sy)+0.5)/fine) * scale})
					weight := float64(c.A)
					r, g, b, a = r+float64(c.R)*weight, g+float64(c.G)*weight, b+float64(c.B)*weight, a+weight
				}
			}
			if a > 0 {
				picture.SetNRGBA(x, y, color.NRGBA{uint8(r/a + 0.5), uint8(g/a + 0.5), uint8(b/a + 0.5), uint8(a/(fine*fine) + 0.5)})
			}
		}
	}
	var written bytes.Buffer
	if err := png.Encode(&written, picture); err != nil {
		panic(err) // into memory: cannot happen
	}
	return written.Bytes()
}

// colourIcon is the praline on paper, within the part that no client cuts off.
func colourIcon() []byte {
	cacao, paper := color.NRGBA{0x6B, 0x33, 0x22, 0xFF}, color.NRGBA{0xF8, 0xF4, 0xEF, 0xFF}
	all := dots()
	const shrink = 192.0 / 128
	return draw(192, func(p point) color.NRGBA {
		p = point{(p.x-32)*shrink + 32, (p.y-32)*shrink + 32}
		if outside(p) > 0 || onStripe(p, all) < stroke/2.0 {
			return paper
		}
		return cacao
	})
}

// outlineIcon is the square's edge and the stripes.
func outlineIcon() []byte {
	white, nothing := color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}, color.NRGBA{}
	all := dots()
	const edge = 4
	return draw(32, func(p point) color.NRGBA {
		d := outside(p)
		if d <= 0 && (d > -edge || onStripe(p, all) < stroke/2.0) {
			return white
		}
		return nothing
	})
}
