package lessons

import (
	"slices"
	"strings"
	"sync"
)

// numberWords are the numbers that people write as words, 0 to 100, hundreds
// and a thousand, in French (of Belgium and of France) and in Dutch, as normal
// writes them: "septante et un", "soixante et onze", "eenenzeventig".
var numberWords = sync.OnceValue(func() map[string]int {
	words := map[string]int{"cent": 100, "honderd": 100, "mille": 1000, "duizend": 1000, "nul": 0, "une": 1, "quatre vingt": 80}
	french := strings.Fields("zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix_sept dix_huit dix_neuf")
	dutch := strings.Fields("nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien")
	for n := range 20 {
		french[n] = strings.ReplaceAll(french[n], "_", " ")
		words[french[n]], words[dutch[n]] = n, n
	}
	for i, ten := range strings.Fields("vingt trente quarante cinquante soixante septante quatre_vingts nonante") {
		n := 20 + 10*i
		ten = strings.ReplaceAll(ten, "_", " ")
		words[ten] = n
		beyond := 10
		if n == 60 || n == 80 { // soixante-dix, quatre-vingt-dix
			beyond = 20
		}
		for unit := 1; unit < beyond; unit++ {
			words[strings.TrimSuffix(ten, "s")+" "+french[unit]] = n + unit
			words[ten+" et "+french[unit]] = n + unit
		}
	}
	for i, ten := range strings.Fields("twintig dertig veertig vijftig zestig zeventig tachtig negentig") {
		n := 20 + 10*i
		words[ten] = n
		for unit := 1; unit < 10; unit++ {
			words[dutch[unit]+"en"+ten] = n + unit
		}
	}
	for n := 2; n < 10; n++ {
		words[french[n]+" cents"], words[french[n]+" cent"], words[dutch[n]+"honderd"] = 100*n, 100*n, 100*n
		words[dutch[n]+"duizend"] = 1000 * n
	}
	return words
})

// longestNumber is how many words a number of numberWords has at most:
// "quatre vingt dix sept", "quatre vingts et un".
const longestNumber = 4

// wordsForNumbers are the values of the number words in a normal text; "un"
// and "een" are mostly articles, and left out where there are others.
func wordsForNumbers(normal string) []int {
	words := strings.Fields(normal)
	var all, ones []int
	for i := 0; i < len(words); {
		n, length := numberAt(words[i:])
		switch {
		case length == 0:
			i++
			continue
		case length == 1 && n == 1:
			ones = append(ones, n)
		default:
			all = append(all, n)
		}
		i += length
	}
	if len(all) == 0 {
		return ones
	}
	return all
}

// numberAt reads the longest number that words start with.
func numberAt(words []string) (n, length int) {
	for length = min(longestNumber, len(words)); length > 0; length-- {
		if n, ok := numberWords()[strings.Join(words[:length], " ")]; ok {
			return n, length
		}
	}
	return 0, 0
}

// readNumberWords reads the one number that is written in words, with "mille"
// or "miljoen" after it and "moins" or "min" before it.
func readNumberWords(words []string) []float64 {
	scale := 1.0
	for i := 0; i < len(words); i++ {
		_, length := numberAt(words[i:])
		if next := i + length; length > 0 && next < len(words) && scales[words[next]] > 0 {
			scale, words = scales[words[next]], slices.Delete(slices.Clone(words), next, next+1)
			break
		}
		i += max(0, length-1)
	}
	numbers := wordsForNumbers(strings.Join(words, " "))
	if len(numbers) == 0 || slices.ContainsFunc(numbers, func(n int) bool { return n != numbers[0] }) {
		return nil
	}
	v := float64(numbers[0]) * scale
	for i, w := range words[:len(words)-1] {
		if _, length := numberAt(words[i+1:]); length > 0 && (w == "moins" || w == "min" || w == "minus") {
			return []float64{-v}
		}
	}
	return []float64{v}
}
