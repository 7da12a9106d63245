package scheduler_test

import (
	"fmt"
	"strings"
	"testing"

	"praline/scheduler"
)

// told writes times as "1-5 8.30, 4 13.00"; "/2" after a slot of every second
// week, "?" before readings to choose from.
func told(times scheduler.Times) string {
	if times.Ambiguous != nil {
		var readings []string
		for _, reading := range times.Ambiguous {
			readings = append(readings, told(reading))
		}
		return "? " + strings.Join(readings, " | ")
	}
	var slots []string
	for _, s := range times.Slots {
		text := fmt.Sprintf("%s %d.%02d", strings.Fields(s.Spec())[4], s.Hour, s.Minute)
		if s.Every == 2 {
			text += " /2"
		}
		slots = append(slots, text)
	}
	return strings.Join(slots, ", ") + []string{"", " even", " odd"}[times.Weeks]
}

// typedTimes are times as people type them, and what they mean.
var typedTimes = []struct{ lang, typed, want string }{
	// French: the hour
	{"fr", "8h30", "1-5 8.30"},
	{"fr", "8 h 30", "1-5 8.30"},
	{"fr", "8:30", "1-5 8.30"},
	{"fr", "08:30", "1-5 8.30"},
	{"fr", "8H30", "1-5 8.30"},
	{"fr", "8h", "1-5 8.00"},
	{"fr", "à 8 heures", "1-5 8.00"},
	{"fr", "vers 10 heures", "1-5 10.00"},
	{"fr", "13h30", "1-5 13.30"},
	{"fr", "13:30", "1-5 13.30"},
	{"fr", "1330", "1-5 13.30"},
	{"fr", "neuf heures", "1-5 9.00"},
	{"fr", "neuf heures et demie", "1-5 9.30"},
	{"fr", "9 heures et demie", "1-5 9.30"},
	{"fr", "neuf heure et demi", "1-5 9.30"},
	{"fr", "9 heures moins quart", "1-5 8.45"},
	{"fr", "à 9 heures moins le quart", "1-5 8.45"},
	{"fr", "neuf heures moins dix", "1-5 8.50"},
	{"fr", "9 heures et quart", "1-5 9.15"},
	{"fr", "neuf heures dix", "1-5 9.10"},
	{"fr", "neuf heures vingt-cinq", "1-5 9.25"},
	{"fr", "dix heures dix", "1-5 10.10"},
	{"fr", "dix-sept heures trente", "1-5 17.30"},
	{"fr", "quatorze heures", "1-5 14.00"},
	{"fr", "vingt et une heures", "1-5 21.00"},
	{"fr", "midi", "1-5 12.00"},
	{"fr", "à midi", "1-5 12.00"},
	{"fr", "midi et demi", "1-5 12.30"},
	{"fr", "midi moins quart", "1-5 11.45"},
	{"fr", "midi et quart", "1-5 12.15"},
	{"fr", "à 3 heures", "1-5 15.00"},
	{"fr", "une heure et demie", "1-5 13.30"},
	{"fr", "à 03:00", "1-5 3.00"},
	{"fr", "3 heures du matin", "1-5 3.00"},
	{"fr", "9 heures du soir", "1-5 21.00"},
	{"fr", "5 heures de l'après-midi", "1-5 17.00"},
	{"fr", "à 6h", "? 1-5 6.00 | 1-5 18.00"},
	{"fr", "9", "? 1-5 9.00 | 1-5 21.00"},
	{"fr", "à 9", "1-5 9.00"},
	{"fr", "half 9", "? 1-5 8.30 | 1-5 9.30"},
	{"fr", "avant 10h", "1-5 9.45"},
	{"fr", "après 14h", "1-5 14.00"},
	{"fr", "à partir de 9h", "1-5 9.00"},
	{"fr", "entre 9h et 10h", "1-5 9.00"},
	{"fr", "de 9h à 10h", "1-5 9.00"},
	{"fr", "9h ou 10h", "? 1-5 9.00 | 1-5 10.00"},
	{"fr", "lundi à 9h ou l'après-midi", "? 1 9.00 | 1 13.30"},
	{"nl", "9 of 10 uur", "? 1-5 9.00 | 1-5 10.00"},
	{"nl", "negen uur en half", "1-5 9.30"},
	{"nl", "maandag t.e.m. donderdag 9u", "1-4 9.00"},
	{"nl", "5 voor 9", "1-5 8.55"},
	{"nl", "'s ochtends om 8 uur en 's middags om 2 uur", "1-5 8.00,1-5 14.00"},
	{"fr", "9h-10h", "1-5 9.00"},
	// French: parts of the day
	{"fr", "l'après-midi", "1-5 13.30"},
	{"fr", "l’après-midi, à 13h30", "1-5 13.30"},
	{"fr", "l'après-midi à 3h", "1-5 15.00"},
	{"fr", "avant midi", "1-5 10.00"},
	{"fr", "avant-midi, vers 10 heures", "1-5 10.00"},
	{"fr", "sur le temps de midi", "1-5 12.30"},
	{"fr", "sur le temps de midi, à 12h30", "1-5 12.30"},
	{"fr", "fin de journée", "1-5 15.45"},
	{"fr", "en fin de journée, avant 16 heures", "1-5 15.45"},
	{"fr", "le matin", "1-5 9.00"},
	{"fr", "le matin et l'après-midi", "1-5 9.00,1-5 13.30"},
	{"fr", "8h30 et l'après-midi", "1-5 8.30,1-5 13.30"},
	// French: days
	{"fr", "lundi et jeudi à 13 h", "1,4 13.00"},
	{"fr", "le lundi et le jeudi à 8h30", "1,4 8.30"},
	{"fr", "mardi, jeudi 9h", "2,4 9.00"},
	{"fr", "à 9h le mardi et le jeudi", "2,4 9.00"},
	{"fr", "lundi 9", "1 9.00"},
	{"fr", "tous les jours ouvrables à 8h30", "1-5 8.30"},
	{"fr", "chaque jour à 9h", "1-5 9.00"},
	{"fr", "tous les jours à midi", "1-5 12.00"},
	{"fr", "un jour sur deux à 9h", "1,3,5 9.00"},
	{"fr", "1 jour sur 2 à 9h", "1,3,5 9.00"},
	{"fr", "une semaine sur deux à 9h", "1-5 9.00 /2"},
	{"fr", "le mercredi une semaine sur deux à 9h", "3 9.00 /2"},
	{"fr", "un mercredi sur deux, 10h", "3 10.00 /2"},
	{"fr", "une semaine sur deux, les semaines paires, lundi 9h", "1 9.00 /2 even"},
	{"fr", "du lundi au jeudi à 9h", "1-4 9.00"},
	{"fr", "lundi-jeudi 9h", "1-4 9.00"},
	{"fr", "lundi à jeudi, 9h", "1-4 9.00"},
	{"fr", "tous les jours sauf le mercredi à 9h", "1,2,4,5 9.00"},
	{"fr", "à 9h mais pas le vendredi", "1-4 9.00"},
	{"fr", "le samedi à 10h", "6 10.00"},
	{"fr", "le week-end à 10h", "0,6 10.00"},
	{"fr", "deux fois par semaine à 9h", "2,4 9.00"},
	{"fr", "lundi", "? 1 9.00 | 1 13.30 | 1 15.45"},
	{"fr", "un jour sur deux", "? 1,3,5 9.00 | 1,3,5 13.30 | 1,3,5 15.45"},
	// French: several, slips, politeness
	{"fr", "8h30 et 13h", "1-5 8.30,1-5 13.00"},
	{"fr", "9 et 13h", "1-5 9.00,1-5 13.00"},
	{"fr", "lundi à 9h et jeudi à 13h30", "1 9.00,4 13.30"},
	{"fr", "lundi à 9h et jeudi après-midi", "1 9.00,4 13.30"},
	{"fr", "lundi à 9h et 13h", "1 9.00,1 13.00"},
	{"fr", "lundi 9h, mardi 9h", "1,2 9.00"},
	{"fr", "lundi à 9h et jeudi", "1,4 9.00"},
	{"fr", "lunid à 9h", "1 9.00"},
	{"fr", "mercedi 9 heurs", "3 9.00"},
	{"fr", "vendrdi à 9 h", "5 9.00"},
	{"fr", "Je préférerais plutôt le lundi à 9h, merci", "1 9.00"},
	{"fr", "à 9h s'il vous plaît", "1-5 9.00"},
	{"fr", "elke maandag om 9u", "1 9.00"},
	// French: no time of the week
	{"fr", "", "no"},
	{"fr", "bonjour", "no"},
	{"fr", "je ne sais pas", "no"},
	{"fr", "pas à 9h", "no"},
	{"fr", "demain à 9h", "no"},
	{"fr", "dans 2 heures", "no"},
	{"fr", "la semaine prochaine à 9h", "no"},
	{"fr", "le premier lundi du mois à 9h", "no"},
	{"fr", "un quart d'heure", "no"},
	{"fr", "le 15 janvier à 9h", "no"},
	{"fr", "il y a 3 leçons", "no"},
	{"fr", "25h", "no"},
	{"fr", "9h75", "1-5 9.00"},
	{"fr", "j'ai 9 enfants", "no"},
	{"fr", "42", "no"},
	// Dutch: the hour
	{"nl", "8.30 uur", "1-5 8.30"},
	{"nl", "8u30", "1-5 8.30"},
	{"nl", "8 u. 30", "1-5 8.30"},
	{"nl", "8:30", "1-5 8.30"},
	{"nl", "8,30 uur", "1-5 8.30"},
	{"nl", "om 8.30", "1-5 8.30"},
	{"nl", "12u", "1-5 12.00"},
	{"nl", "13u30", "1-5 13.30"},
	{"nl", "half negen", "1-5 8.30"},
	{"nl", "halfnegen", "1-5 8.30"},
	{"nl", "om half negen", "1-5 8.30"},
	{"nl", "half 9", "1-5 8.30"},
	{"nl", "half een", "1-5 12.30"},
	{"nl", "om half één", "1-5 12.30"},
	{"nl", "half twee", "1-5 13.30"},
	{"nl", "half twaalf", "1-5 11.30"},
	{"nl", "half zeven", "? 1-5 6.30 | 1-5 18.30"},
	{"nl", "kwart voor negen", "1-5 8.45"},
	{"nl", "kwart na negen", "1-5 9.15"},
	{"nl", "kwart over negen", "1-5 9.15"},
	{"nl", "kwart voor één", "1-5 12.45"},
	{"nl", "tien voor negen", "1-5 8.50"},
	{"nl", "10 na 9", "1-5 9.10"},
	{"nl", "vijf voor half tien", "1-5 9.25"},
	{"nl", "vijf over half negen", "1-5 8.35"},
	{"nl", "negen uur dertig", "1-5 9.30"},
	{"nl", "om negen", "1-5 9.00"},
	{"nl", "om drie uur", "1-5 15.00"},
	{"nl", "3 uur 's nachts", "1-5 3.00"},
	{"nl", "8 uur 's avonds", "1-5 20.00"},
	{"nl", "om 2 uur in de namiddag", "1-5 14.00"},
	{"nl", "rond 10 uur", "1-5 10.00"},
	{"nl", "voor 16 uur", "1-5 15.45"},
	{"nl", "na 14 uur", "1-5 14.00"},
	{"nl", "tussen 9 en 10 uur", "1-5 9.00"},
	{"nl", "9", "? 1-5 9.00 | 1-5 21.00"},
	{"nl", "3", "? 1-5 15.00 | 1-5 3.00"},
	// Dutch: parts of the day
	{"nl", "na de middag", "1-5 13.30"},
	{"nl", "na de middag, om 13.30 uur", "1-5 13.30"},
	{"nl", "voormiddag", "1-5 10.00"},
	{"nl", "in de voormiddag, rond 10 uur", "1-5 10.00"},
	{"nl", "over de middag", "1-5 12.30"},
	{"nl", "over de middag, om 12.30 uur", "1-5 12.30"},
	{"nl", "aan het einde van de dag, voor 16 uur", "1-5 15.45"},
	{"nl", "'s morgens", "1-5 9.00"},
	{"nl", "'s namiddags", "1-5 13.30"},
	{"nl", "maandagmorgen", "1 9.00"},
	{"nl", "woensdagnamiddag en vrijdagvoormiddag", "3 13.30,5 10.00"},
	// Dutch: days
	{"nl", "ma en do om 9u", "1,4 9.00"},
	{"nl", "op maandag en donderdag om 8.30 uur", "1,4 8.30"},
	{"nl", "elke werkdag om 9u", "1-5 9.00"},
	{"nl", "om de andere dag om 9 uur", "1,3,5 9.00"},
	{"nl", "om de twee weken op woensdag om 9u", "3 9.00 /2"},
	{"nl", "om de andere maandag om half tien", "1 9.30 /2"},
	{"nl", "een woensdag op twee om 9u", "3 9.00 /2"},
	{"nl", "maandag om 9u in de oneven weken", "1 9.00 /2 odd"},
	{"nl", "van maandag tot donderdag om 9u", "1-4 9.00"},
	{"nl", "ma t/m do 9u", "1-4 9.00"},
	{"nl", "maandag tot en met vrijdag, 9 uur", "1-5 9.00"},
	{"nl", "ma-do 9u", "1-4 9.00"},
	{"nl", "elke dag behalve woensdag om 9u", "1,2,4,5 9.00"},
	{"nl", "twee keer per week om 9u", "2,4 9.00"},
	{"nl", "dinsdag", "? 2 9.00 | 2 13.30 | 2 15.45"},
	{"nl", "om 9 en 13 uur", "1-5 9.00,1-5 13.00"},
	{"nl", "maandag om 9u en donderdag om half twee", "1 9.00,4 13.30"},
	{"nl", "donderdga om 9u", "4 9.00"},
	{"nl", "Ik zou graag elke dinsdag om 9 uur willen, bedankt", "2 9.00"},
	{"nl", "lundi à 9h", "1 9.00"},
	// Dutch: no time of the week
	{"nl", "morgen om 9u", "no"},
	{"nl", "over 2 uur", "no"},
	{"nl", "niet om 9u", "no"},
	{"nl", "ik weet het niet", "no"},
	{"nl", "15 januari", "no"},
	// German and English
	{"de", "halb neun", "1-5 8.30"},
	{"de", "um 9 Uhr 30", "1-5 9.30"},
	{"de", "Viertel nach neun", "1-5 9.15"},
	{"de", "montags und donnerstags um 13 Uhr", "1,4 13.00"},
	{"de", "jeden Werktag um fünf vor neun", "1-5 8.55"},
	{"en", "weekdays at 9", "1-5 9.00"},
	{"en", "half past nine", "1-5 9.30"},
	{"en", "half nine", "? 1-5 9.30 | 1-5 8.30"},
	{"en", "quarter to nine", "1-5 8.45"},
	{"en", "Monday to Thursday at 2pm", "1-4 14.00"},
	{"en", "every other week on Friday at noon", "5 12.00 /2"},
}

func TestParseTimes(t *testing.T) {
	for _, row := range typedTimes {
		times, ok := scheduler.ParseTimes(row.typed, row.lang)
		got := strings.ReplaceAll(told(times), ", ", ",")
		if !ok {
			got = "no"
		}
		if got != row.want {
			t.Errorf("%s: %q: %s, want %s", row.lang, row.typed, got, row.want)
		}
	}
}
