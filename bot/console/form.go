package console

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"praline/bot/people"
	"praline/channels/markup"
	"praline/locales"
)

// What a request may carry: a form without files, one with them, and how much
// of the latter stands in memory.
const (
	formMost   = 1 << 20
	uploadMost = 32 << 20
	memoryMost = 8 << 20
)

var errUnreadable = errors.New("console: form not readable")

// read reads the form of a POST.
func (v *visit) read() error {
	if v.r.Method != http.MethodPost {
		return nil
	}
	var err error
	if strings.HasPrefix(v.r.Header.Get("Content-Type"), "multipart/form-data") {
		v.r.Body = http.MaxBytesReader(v.w, v.r.Body, uploadMost)
		err = v.r.ParseMultipartForm(memoryMost)
	} else {
		v.r.Body = http.MaxBytesReader(v.w, v.r.Body, formMost)
		err = v.r.ParseForm()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errUnreadable, err)
	}
	return nil
}

// tidy removes what a form left on the disk.
func (v *visit) tidy() {
	if v.r.MultipartForm != nil {
		_ = v.r.MultipartForm.RemoveAll()
	}
}

// text is a field of the form that was sent, without space around it, control
// characters, signs that turn the direction of a text, and the line ends of
// other systems.
func (v *visit) text(name string) string { return clean(v.r.PostFormValue(name)) }

// texts are all fields of a name: ticked boxes.
func (v *visit) texts(name string) []string {
	var all []string
	for _, text := range v.r.PostForm[name] {
		if text = clean(text); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// query is a parameter of the address, of a page that only shows.
func (v *visit) query(name string) string { return clean(v.r.URL.Query().Get(name)) }

func clean(text string) string {
	text = strings.ReplaceAll(markup.Straight(strings.ToValidUTF8(text, "")), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, text))
}

// number is a field that holds a whole number within bounds; an empty field is
// the least. Anything else is a fault at the field.
func (v *visit) number(name string, least, most int) int {
	text := v.text(name)
	if text == "" {
		return least
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		v.wrong(name, "console.number", "least", least, "most", most)
		return least
	}
	return n
}

// upload is a file that was chosen, with the last part of its name; none is ""
// and no fault. One larger than most is a fault at the field.
func (v *visit) upload(name string, most int64) (filename string, content []byte, err error) {
	file, header, err := v.r.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return "", nil, nil
	} else if err != nil {
		return "", nil, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	defer file.Close() //nolint:errcheck // only read
	if header.Size > most {
		v.wrong(name, "console.file-too-large", "most", v.W.Number(float64(most)/(1<<20)))
		return "", nil, nil
	}
	content, err = io.ReadAll(io.LimitReader(file, most+1))
	return path.Base(clean(strings.ReplaceAll(header.Filename, `\`, "/"))), content, err
}

// fieldFault is something to mend, at a field of a form ("": at none).
type fieldFault struct{ Field, Words string }

// ID is that of the field's input.
func (f fieldFault) ID() string { return input{Name: f.Field}.ID() }

// wrong notes a fault, filled with arguments given as name, value, …
func (v *visit) wrong(field, words string, arguments ...any) {
	v.faults = append(v.faults, fieldFault{field, v.W.Say(words, arguments...)})
}

// sound says that nothing was noted.
func (v *visit) sound() bool { return len(v.faults) == 0 }

// refused notes an error that the visitor can mend: one that says itself in
// their language (people.Fault and its like, several of them joined too). It
// returns any other error, to be returned; nil where it was noted.
func (v *visit) refused(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range joined.Unwrap() {
			if other := v.refused(one); other != nil {
				return other
			}
		}
		return nil
	}
	var of people.Fault
	var said interface {
		Say(w locales.Words) string
	}
	switch {
	case errors.As(err, &of):
		v.faults = append(v.faults, fieldFault{of.Field, of.Say(v.W)})
	case errors.As(err, &said):
		v.faults = append(v.faults, fieldFault{"", said.Say(v.W)})
	default:
		return err
	}
	return nil
}

// again draws a form anew: what was typed stands in it (the inputs of inputs.go
// see to that), and the faults that were noted.
func (v *visit) again(name, title string, data any, scripts ...string) error {
	return v.drawAs(http.StatusUnprocessableEntity, name, title, data, scripts...)
}

// done goes on to another page of ours, which says what was done.
func (v *visit) done(path, words string, arguments ...any) error {
	v.notice(v.W.Say(words, arguments...))
	return v.to(path)
}
