package campaign

// hourCount counts the people who have a time in an hour of a weekday.
type hourCount struct {
	week     [7][24]int
	unchosen int
}

func (h *hourCount) add(p Person) {
	if len(p.Slots) == 0 {
		h.unchosen++
		return
	}
	var had [7][24]bool
	for _, slot := range p.Slots {
		for _, weekday := range slot.Days.List() {
			if day := (int(weekday) + 6) % 7; slot.Hour < 24 && !had[day][slot.Hour] {
				had[day][slot.Hour] = true
				h.week[day][slot.Hour]++
			}
		}
	}
}

// fullest returns the weekday that has most, the first of several; its people
// in steps of Few.
func (h *hourCount) fullest() (hours [24]int, day, unchosen int) {
	most := -1
	for i, counts := range h.week {
		sum := 0
		for _, n := range counts {
			sum += n
		}
		if sum > most {
			most, hours, day = sum, counts, i
		}
	}
	for i := range hours {
		hours[i] -= hours[i] % Few // nobody reads from it when one person learns
	}
	return hours, day, h.unchosen
}
