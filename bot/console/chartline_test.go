package console

import "testing"

// Words at the ends of lines never cover one another, however near these are.
func TestWordsOfLinesStandApart(t *testing.T) {
	for _, ys := range [][]float64{{60, 62}, {62, 60}, {60, 60, 60}, {135, 138, 139}, {40, 120}} {
		var ends []end
		for _, y := range ys {
			ends = append(ends, end{y: y})
		}
		ends = apart(ends)
		for i := 1; i < len(ends); i++ {
			if ends[i].words-ends[i-1].words < 16 || ends[i].words > chartTop+chartHigh {
				t.Errorf("%v: %+v", ys, ends)
			}
		}
	}
}
