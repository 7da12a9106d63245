package scheduler

// german and english know what is needed for the commonest times: the lessons
// are in French and Dutch.
var german = newLexicon("de", germanNumbers(), []meaning{
	{dayNamed, 0, "montag|montags|mo"},
	{dayNamed, 1, "dienstag|dienstags|di"},
	{dayNamed, 2, "mittwoch|mittwochs|mi"},
	{dayNamed, 3, "donnerstag|donnerstags|do"},
	{dayNamed, 4, "freitag|freitags|fr"},
	{dayNamed, 5, "samstag|samstags|sa"},
	{dayNamed, 6, "sonntag|sonntags"},
	{dayset, int(WorkingWeek), "jeden werktag|werktags|werktage|an werktagen|wochentags|jeden tag|taglich|alle werktage"},
	{dayset, int(Weekend), "wochenende"},
	{dayset, int(Monday | Wednesday | Friday), "jeden zweiten tag|alle zwei tage|alle 2 tage"},
	{alternate, 0, "jede zweite woche|alle zwei wochen|alle 2 wochen|alle vierzehn tage|alle 14 tage"},
	{daypart, morning, "morgens|am morgen|in der fruh"},
	{daypart, forenoon, "vormittag|vormittags"},
	{daypart, midday, "mittagspause|in der mittagspause|uber mittag"},
	{daypart, afternoon, "nachmittag|nachmittags"},
	{daypart, endOfDay, "ende des tages|am ende des tages"},
	{daypart, evening, "abend|abends"},
	{noon, 0, "mittag|mittags"},
	{midnight, 0, "mitternacht"},
	{hourMark, 0, "uhr|h"},
	{half, -30, "halb"},
	{quarter, 0, "viertel"},
	{before, 0, "vor"},
	{after, 0, "nach"},
	{at, 0, "um|gegen|ab"},
	{between, 0, "zwischen"},
	{from, 0, "von"},
	{to, 0, "bis|bis zum"},
	{and, 0, "und"},
	{or, 0, "oder"},
	{not, 0, "nicht|kein|keine|ausser|nie"},
	{within, 0, "in"},
	{relative, 0, "heute"},
	{relative, 1, "morgen"},
	{relative, 2, "ubermorgen"},
	{next, 0, "nachste|nachsten|nachster"},
	{unit, 1, "tag|tage|tagen"},
	{unit, 7, "woche|wochen"},
	{unit, 30, "monat|monate|monaten"},
	{month, 1, "januar"},
	{month, 2, "februar"},
	{month, 3, "marz"},
	{month, 4, "april"},
	{month, 5, "mai"},
	{month, 6, "juni"},
	{month, 7, "juli"},
	{month, 8, "august"},
	{month, 9, "september"},
	{month, 10, "oktober"},
	{month, 11, "november"},
	{month, 12, "dezember"},
	{working, 0, "arbeite|arbeiten"},
	{countable, 0, "mal|lektion|lektionen|minuten|minute"},
	{filler, 0, "der|die|das|den|dem|am|an|im|ich|mochte|bitte|gerne|jeden|jede|jeweils|immer|danke|ja|lieber|zum|mochten"},
})

var english = newLexicon("en", englishNumbers(), []meaning{
	{dayNamed, 0, "monday|mondays|mon"},
	{dayNamed, 1, "tuesday|tuesdays|tue|tues"},
	{dayNamed, 2, "wednesday|wednesdays|wed"},
	{dayNamed, 3, "thursday|thursdays|thu|thur|thurs"},
	{dayNamed, 4, "friday|fridays|fri"},
	{dayNamed, 5, "saturday|saturdays|sat"},
	{dayNamed, 6, "sunday|sundays|sun"},
	{dayset, int(WorkingWeek), "weekdays|weekday|every weekday|working days|every working day|every day|daily|each day|workdays"},
	{dayset, int(Weekend), "weekend|weekends"},
	{dayset, int(Monday | Wednesday | Friday), "every other day|every second day|every two days|every 2 days"},
	{alternate, 0, "every other week|every second week|every two weeks|every 2 weeks|fortnightly"},
	{daypart, morning, "morning|mornings|in the morning"},
	{daypart, midday, "lunch|lunchtime|lunch time|lunch break|over lunch"},
	{daypart, afternoon, "afternoon|afternoons|in the afternoon"},
	{daypart, endOfDay, "end of the day|end of day"},
	{daypart, evening, "evening|evenings|in the evening"},
	{noon, 0, "noon|midday"},
	{midnight, 0, "midnight"},
	{hourMark, 0, "o clock|oclock|h"},
	{half, 30, "half past"},
	{half, 0, "half"},
	{quarter, 0, "quarter|a quarter"},
	{before, 0, "to|before"},
	{after, 0, "past|after"},
	{morning12, 0, "am|a . m"},
	{evening12, 0, "pm|p . m"},
	{at, 0, "at|around|about"},
	{between, 0, "between"},
	{from, 0, "from"},
	{to, 0, "till|until|through"},
	{and, 0, "and|then"},
	{or, 0, "or"},
	{not, 0, "not|never|except|no|don t"},
	{within, 0, "in"},
	{relative, 0, "today"},
	{relative, 1, "tomorrow"},
	{next, 0, "next"},
	{unit, 1, "day|days"},
	{unit, 7, "week|weeks"},
	{unit, 30, "month|months"},
	{month, 1, "january|jan"},
	{month, 2, "february|feb"},
	{month, 3, "march"},
	{month, 4, "april"},
	{month, 5, "may"},
	{month, 6, "june"},
	{month, 7, "july"},
	{month, 8, "august"},
	{month, 9, "september"},
	{month, 10, "october"},
	{month, 11, "november"},
	{month, 12, "december"},
	{working, 0, "work|working"},
	{countable, 0, "times|lesson|lessons|minutes|minute"},
	{filler, 0, "the|i|would|like|please|on|every|each|in|of|prefer|rather|me|you|can|ok|yes|thanks|my|do|st|nd|rd|th"},
})

func germanNumbers() map[string]int {
	small := []string{
		"null", "ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn",
		"elf", "zwolf", "dreizehn", "vierzehn", "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
	}
	numbers := map[string]int{"eins": 1}
	addCompounds(numbers, small, []string{"zwanzig", "dreissig", "vierzig", "funfzig"}, "und")
	return numbers
}

func englishNumbers() map[string]int {
	small := []string{
		"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
		"eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
	}
	numbers := map[string]int{}
	for n, word := range small {
		numbers[word] = n
	}
	for i, ten := range []string{"twenty", "thirty", "forty", "fifty"} {
		numbers[ten] = 20 + 10*i
		for unit := 1; unit < 10; unit++ {
			numbers[ten+" "+small[unit]] = 20 + 10*i + unit
		}
	}
	return numbers
}
