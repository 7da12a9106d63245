package scheduler

// dutch is Dutch as typed in Flanders.
var dutch = newLexicon("nl", dutchNumbers(), []meaning{
	{dayNamed, 0, "maandag|maandags|maandagen|ma"},
	{dayNamed, 1, "dinsdag|dinsdags|dinsdagen|di"},
	{dayNamed, 2, "woensdag|woensdags|woensdagen|wo|woe"},
	{dayNamed, 3, "donderdag|donderdags|donderdagen|do|don"},
	{dayNamed, 4, "vrijdag|vrijdags|vrijdagen|vr"},
	{dayNamed, 5, "zaterdag|zaterdags|zaterdagen|za|zat"},
	{dayNamed, 6, "zondag|zondags|zondagen"},

	{dayset, int(WorkingWeek), "elke werkdag|iedere werkdag|alle werkdagen|op werkdagen|werkdagen|werkdag|elke weekdag|weekdagen|weekdag|" +
		"elke dag|iedere dag|alle dagen|dagelijks|door de week|in de week|een keer per dag|1 keer per dag|vijf keer per week|5 keer per week"},
	{dayset, int(EveryDay), "7 dagen op 7|zeven dagen op zeven|7 op 7"},
	{dayset, int(Weekend), "weekend|weekends|weekeinde"},
	{dayset, int(Monday | Wednesday | Friday), "om de andere dag|om de andere werkdag|om de dag|om de twee dagen|om de 2 dagen|een dag op twee|1 dag op 2|" +
		"een dag op de twee|elke twee dagen|elke 2 dagen|drie keer per week|3 keer per week|driemaal per week"},
	{dayset, int(Tuesday | Thursday), "twee keer per week|2 keer per week|tweemaal per week"},
	{dayset, int(Monday | Tuesday | Wednesday | Thursday), "vier keer per week|4 keer per week|viermaal per week"},
	{dayset, int(Tuesday), "een keer per week|1 keer per week|eenmaal per week|wekelijks|eens per week"},

	{alternate, 0, "om de twee weken|om de 2 weken|elke twee weken|elke 2 weken|om de week|om de andere week|een week op twee|een week op de twee|" +
		"1 week op 2|een op de twee weken|tweewekelijks|om de veertien dagen|om de 14 dagen|op twee|op de twee|op 2|om de andere|om de twee|om de 2"},
	{evenWeeks, 0, "even weken|even week|pare weken"},
	{oddWeeks, 0, "oneven weken|oneven week|onpare weken"},

	{daypart, startOfDay, "begin van de dag|begin van de werkdag|vroege ochtend|s morgens vroeg"},
	{daypart, morning, "ochtend|ochtends|s ochtends|morgens|s morgens|elke morgen|iedere morgen|in de morgen|elke ochtend"},
	{daypart, forenoon, "voormiddag|voormiddags|s voormiddags|voor de middag"},
	{daypart, midday, "over de middag|middag|middags|s middags|tussen de middag|middagpauze|lunchpauze|lunch|rond de middag|tijdens de middag"},
	{daypart, afternoon, "na de middag|namiddag|namiddags|s namiddags|achtermiddag"},
	{daypart, endOfDay, "einde van de dag|eind van de dag|einde van de werkdag|einde werkdag|late namiddag"},
	{daypart, evening, "avond|avonds|s avonds"},
	{midnight, 0, "middernacht"},

	{morning12, 0, "s nachts|in de nacht"},
	{hourMark, 0, "uur|u|uren|h"},
	{half, -30, "half"},
	{offset, 30, "en half|en een half"},
	{quarter, 0, "kwart|een kwart|kwartier"},
	{before, 0, "voor"},
	{after, 0, "na"},
	{later, 0, "over"},
	{at, 0, "om|rond|tegen|omstreeks|vanaf|ongeveer|circa|te"},
	{between, 0, "tussen"},
	{from, 0, "van"},
	{to, 0, "tot en met|t / m|t . e . m|tem|tm|tot"},
	{and, 0, "en|daarna|alsook|en ook"},
	{or, 0, "of|of anders"},
	{not, 0, "niet|niet op|maar niet|maar niet op|behalve|behalve op|uitgezonderd|geen|nooit"},
	{within, 0, "binnen"},

	{relative, 0, "vandaag"},
	{relative, 1, "morgen"},
	{relative, 2, "overmorgen"},
	{next, 0, "volgende|volgend"},
	{endOf, 0, "eind|einde|eind van"},
	{unit, 1, "dag|dagen"},
	{unit, 7, "week|weken"},
	{unit, 30, "maand|maanden"},
	{month, 1, "januari|jan"},
	{month, 2, "februari|feb"},
	{month, 3, "maart|mrt"},
	{month, 4, "april|apr"},
	{month, 5, "mei"},
	{month, 6, "juni|jun"},
	{month, 7, "juli|jul"},
	{month, 8, "augustus|aug"},
	{month, 9, "september|sept|sep"},
	{month, 10, "oktober|okt"},
	{month, 11, "november|nov"},
	{month, 12, "december|dec"},

	{working, 0, "werk|werken|werkt|aanwezig"},
	{free, 0, "vrij|vrijaf|verlof|afwezig|thuis|off"},
	{countable, 0, "keer|maal|les|lessen|bericht|berichten|vraag|vragen|min|minuut|minuten|jaar|procent"},
	{filler, 0, "de|het|ik|wil|wilt|zou|willen|graag|liefst|liever|alstublieft|alsjeblieft|aub|op|elke|elk|iedere|alle|in|ja|ok|oke|goed|me|mij|mijn|sturen|" +
		"stuur|kan|kunt|je|jij|is|bij|voorkeur|dank|bedankt|s|dan|maar|ook|zo|bijvoorbeeld|komende|komend|aanstaande|eerstvolgende|wij|we|dat|" +
		"der|per|aan|ben|pauze|hervatten|terug|past|tijdens|telkens"},
})

func dutchNumbers() map[string]int {
	small := []string{
		"nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien",
		"elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
	}
	numbers := map[string]int{"eerste": 1}
	addCompounds(numbers, small, []string{"twintig", "dertig", "veertig", "vijftig"}, "en")
	return numbers
}

// addCompounds adds 0 to 59 where the unit stands before the ten.
func addCompounds(numbers map[string]int, small, tens []string, joint string) {
	for n, word := range small {
		numbers[word] = n
	}
	for i, ten := range tens {
		numbers[ten] = 20 + 10*i
		for unit := 1; unit < 10; unit++ {
			numbers[small[unit]+joint+ten] = 20 + 10*i + unit
		}
	}
}
