package scheduler

// french is French as typed in Belgium.
var french = newLexicon("fr", frenchNumbers(), []meaning{
	{dayNamed, 0, "lundi|lundis|lun|lu"},
	{dayNamed, 1, "mardi|mardis|mar"},
	{dayNamed, 2, "mercredi|mercredis|mer"},
	{dayNamed, 3, "jeudi|jeudis|jeu"},
	{dayNamed, 4, "vendredi|vendredis|ven|ve"},
	{dayNamed, 5, "samedi|samedis|sam"},
	{dayNamed, 6, "dimanche|dimanches|dim"},

	{dayset, int(WorkingWeek), "tous les jours ouvrables|chaque jour ouvrable|les jours ouvrables|jours ouvrables|jour ouvrable|jours ouvres|" +
		"tous les jours de travail|chaque jour de travail|tous les jours de la semaine|jours de semaine|en semaine|" +
		"tous les jours|tout les jours|chaque jour|une fois par jour|1 fois par jour|quotidien|quotidiennement|cinq fois par semaine|5 fois par semaine"},
	{dayset, int(EveryDay), "7 jours sur 7|sept jours sur sept|7 sur 7"},
	{dayset, int(Weekend), "week end|week ends|weekend|weekends"},
	{dayset, int(Monday | Wednesday | Friday), "un jour sur deux|1 jour sur 2|un jour sur 2|tous les deux jours|tous les 2 jours|" +
		"trois fois par semaine|3 fois par semaine"},
	{dayset, int(Tuesday | Thursday), "deux fois par semaine|2 fois par semaine"},
	{dayset, int(Monday | Tuesday | Wednesday | Thursday), "quatre fois par semaine|4 fois par semaine"},
	{dayset, int(Tuesday), "une fois par semaine|1 fois par semaine|une fois la semaine"},

	{alternate, 0, "une semaine sur deux|1 semaine sur 2|une semaine sur 2|toutes les deux semaines|toutes les 2 semaines|" +
		"tous les quinze jours|tous les 15 jours|sur deux|sur 2"},
	{evenWeeks, 0, "semaines paires|semaine paire"},
	{oddWeeks, 0, "semaines impaires|semaine impaire"},

	{daypart, startOfDay, "debut de journee|debut de la journee|debut de matinee|tot le matin|en arrivant"},
	{daypart, morning, "matin|matins|matinee|du matin|le matin"},
	{daypart, forenoon, "avant midi|avant midis|l avant midi|fin de matinee"},
	{daypart, midday, "temps de midi|le midi|tous les midis|heure de midi|heure du midi|heure de table|pause de midi|pause midi|pendant midi|" +
		"entre midi et deux|entre midi et 2|pause dejeuner|dejeuner|lunch"},
	{daypart, afternoon, "apres midi|apres midis|aprem|debut d apres midi|debut de l apres midi"},
	{daypart, endOfDay, "fin de journee|fin de la journee|fin du jour|fin d apres midi|fin de l apres midi"},
	{daypart, evening, "soir|soirs|soiree|du soir|le soir"},
	{noon, 0, "midi"},
	{midnight, 0, "minuit"},

	{morning12, 0, "de la nuit|du mat"},
	{hourMark, 0, "h|heure|heures|hr|hrs"},
	{offset, 30, "et demie|et demi|demie|demi"},
	{offset, 15, "et quart|et un quart|et le quart|un quart|quart"},
	{offset, 45, "trois quarts|et trois quarts"},
	{offset, -15, "moins quart|moins le quart|moins un quart"},
	{minus, 0, "moins"},
	{before, 0, "avant"},
	{at, 0, "a|vers|environ|a partir de|a compter de|des|aux environs de|aux alentours de"},
	{after, 0, "apres"},
	{between, 0, "entre"},
	{from, 0, "de|du|depuis"},
	{to, 0, "au|jusqu au|jusqu a|jusque|jusqu"},
	{and, 0, "et|puis|ensuite|ainsi que"},
	{or, 0, "ou|ou bien"},
	{not, 0, "pas|sauf|excepte|hormis|a part|mais pas|jamais|aucun|ni"},
	{within, 0, "dans"},

	{relative, 0, "aujourd hui"},
	{relative, 1, "demain"},
	{relative, 2, "apres demain"},
	{next, 0, "prochain|prochaine|suivant|suivante|qui vient"},
	{endOf, 0, "fin|la fin|fin du mois de"},
	{unit, 1, "jour|jours"},
	{unit, 7, "semaine|semaines"},
	{unit, 30, "mois"},
	{month, 1, "janvier|janv"},
	{month, 2, "fevrier|fevr|fev"},
	{month, 3, "mars"},
	{month, 4, "avril|avr"},
	{month, 5, "mai"},
	{month, 6, "juin"},
	{month, 7, "juillet|juil"},
	{month, 8, "aout"},
	{month, 9, "septembre"},
	{month, 10, "octobre|oct"},
	{month, 11, "novembre|nov"},
	{month, 12, "decembre|dec"},

	{working, 0, "travaille|travaillons|bosse|preste|presence|present|presente"},
	{free, 0, "libre|conge|conges|repos|absent|absente|off"},
	{countable, 0, "fois|lecon|lecons|message|messages|question|questions|minute|minutes|min|mn|demi heure|demie heure|ans|y a|pour cent"},
	{filler, 0, "le|la|les|l|d|un peu|ce|cet|cette|chaque|tous|tout|toutes|toute|je|j|on|nous|vous|moi|me|m|mon|ma|il|veux|veut|voudrais|aimerais|" +
		"souhaite|prefere|preferes|preference|plutot|svp|s|plait|merci|ok|oui|bonjour|peut|peux|pouvez|ecrire|ecrivez|recevoir|par|exemple|en|ne|n|que|" +
		"qui|soit|c|est|ca|bien|possible|si|disons|plus|tard|tot|heure fixe|sur|pour|suis|er|ici|pause|reprise|reprendre|reviens|t|y"},
})

func frenchNumbers() map[string]int {
	small := []string{
		"zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
		"onze", "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf",
	}
	numbers := map[string]int{"une": 1, "premier": 1}
	for n, word := range small {
		numbers[word] = n
	}
	for i, ten := range []string{"vingt", "trente", "quarante", "cinquante"} {
		n := 20 + 10*i
		numbers[ten], numbers[ten+" et un"], numbers[ten+" et une"] = n, n+1, n+1
		for unit := 2; unit < 10; unit++ {
			numbers[ten+" "+small[unit]] = n + unit
		}
	}
	return numbers
}
