package report

import "math"

// Estimate is a figure with the interval in which it lies in 95 of 100 cases.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Of    int     `json:"of"` // people, or pairs for a correlation
}

// Normal quantiles: of the intervals that are shown, and of those on which
// advice rests, which must be wrong less often: a page has many questions.
const (
	usual  = 1.96
	strict = 2.576
)

// share is a part of n with Wilson's interval.
func share(part, n int, z float64) Estimate {
	if n == 0 {
		return Estimate{High: 1}
	}
	p, m := float64(part)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return Estimate{p, max(0, middle-half), min(1, middle+half), n}
}

// difference is a − b, by Newcombe's interval from those of both.
func difference(a, b Estimate) Estimate {
	d := a.Value - b.Value
	return Estimate{
		Value: d,
		Low:   d - math.Hypot(a.Value-a.Low, b.High-b.Value),
		High:  d + math.Hypot(a.High-a.Value, b.Value-b.Low),
		Of:    a.Of + b.Of,
	}
}

// correlation is that of a first attempt with the rest, with Fisher's interval;
// false where nothing varies or there are too few.
func (f Firsts) correlation(z float64) (Estimate, bool) {
	n := float64(f.Pairs)
	if f.Pairs < 10 {
		return Estimate{}, false
	}
	xx, yy := f.X-f.X*f.X/n, f.YY-f.Y*f.Y/n
	if xx <= 1e-9 || yy <= 1e-9 {
		return Estimate{}, false
	}
	r := (f.XY - f.X*f.Y/n) / math.Sqrt(xx*yy)
	r = max(-0.999, min(0.999, r))
	half := z / math.Sqrt(n-3)
	return Estimate{r, math.Tanh(math.Atanh(r) - half), math.Tanh(math.Atanh(r) + half), f.Pairs}, true
}
