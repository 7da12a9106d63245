package channelstest

import (
	"bytes"
	"slices"
	"strings"

	"praline/channels"
)

func media(c check) {
	alt := "Un <b>point</b> & rien d'autre"
	c.say(channels.Message{ID: "1", Text: "Regardez.", Media: []channels.Media{{Path: Picture, MIME: "image/png", Alt: alt}}}, "")
	c.reads("Regardez.")
	var pictures []string
	for _, s := range c.Person.Sees() {
		pictures = append(pictures, s.Pictures...)
	}
	shows := slices.Contains(c.Adapter.Limits().Media, "image/png")
	if shows && !slices.Equal(pictures, []string{alt}) {
		c.Errorf("pictures: %q, want one with its alternative text", pictures)
	}
	c.reads(alt)
	c.say(channels.Message{ID: "2", Text: "Encore.", Media: []channels.Media{{Path: Picture, MIME: "image/png", Alt: strings.Repeat("😀 long ", 400)}}}, "")
	c.reads("Encore.")
}

func mediaMissing(c check) {
	c.say(channels.Message{ID: "1", Text: "Luister.", Media: []channels.Media{
		{Path: "example/media/absent.png", MIME: "image/png", Alt: "ontbreekt <b>"},
		{Path: "../../etc/passwd", MIME: "image/png", Alt: "elders"},
		{Path: Picture, MIME: "application/x-unknown", Alt: "onbekend"},
	}}, "")
	c.reads("ontbreekt <b>")
	c.reads("elders")
	c.reads("onbekend")
	c.reads("Luister.")
}

func (c check) file(name string) []byte {
	for _, s := range c.Person.Sees() {
		if data, ok := s.Files[name]; ok {
			return data
		}
	}
	return nil
}

func document(c check) {
	data := []byte("{\"langue\": \"fr\"}\n")
	c.say(channels.Message{ID: "1", Text: "Vos données.", Document: &channels.Document{Name: "praline.json", MIME: "application/json", Data: data}}, "")
	c.reads("Vos données.")
	if got := c.file("praline.json"); !bytes.Equal(got, data) {
		c.Errorf("the file holds %q, want %q", got, data)
	}
}

func documentReplaces(c check) {
	receipt := c.say(channels.Message{ID: "1", Text: "Le fichier ?", Choices: []channels.Choice{choice("Oui", "data.file", 0)}}, "")
	c.say(channels.Message{ID: "2", Replaces: "1", Text: "Le voici.", Document: &channels.Document{Name: "agenda.ics", MIME: "text/calendar", Data: []byte("BEGIN:VCALENDAR")}}, receipt)
	c.reads("Le voici.")
	if c.file("agenda.ics") == nil {
		c.Error("the file was not handed over")
	}
	c.nothingPressable()
}
