package teams

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"
	"time"

	"praline/channels"
	"praline/locales"
)

// A bot hands a file over in three steps: it offers it, the person agrees, and
// the bot puts it in their OneDrive, at an address that comes with their yes.
// In between the file waits in this process, for an hour: what the bot gave
// away is kept nowhere else. Who agrees too late asks for it again.
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
const (
	consentType   = "application/vnd.microsoft.teams.card.file.consent"
	fileType      = "application/vnd.microsoft.teams.card.file.info"
	consentAction = "fileConsent/invoke"
	fileKept      = time.Hour
	maxFiles      = 200
	maxWaiting    = 64 << 20 // bytes, together
)

// files are those that wait for a yes.
type files struct {
	mu    sync.Mutex
	all   map[string]waiting
	keys  []string // oldest first
	bytes int
}

type waiting struct {
	channels.Document
	conversation string // its identity
	until        time.Time
}

func (f *files) keep(key string, w waiting) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drop(key)
	if f.all == nil {
		f.all = make(map[string]waiting)
	}
	f.all[key] = w
	f.keys = append(f.keys, key)
	f.bytes += len(w.Data)
	for len(f.keys) > maxFiles || f.bytes > maxWaiting && len(f.keys) > 1 {
		f.drop(f.keys[0])
	}
}

func (f *files) drop(key string) {
	w, known := f.all[key]
	if !known {
		return
	}
	delete(f.all, key)
	f.bytes -= len(w.Data)
	for i, k := range f.keys {
		if k == key {
			f.keys = append(f.keys[:i:i], f.keys[i+1:]...)
			break
		}
	}
}

// take returns a file and forgets it, and all whose hour is over.
func (f *files) take(key string, now time.Time) (waiting, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.keys) > 0 && !now.Before(f.all[f.keys[0]].until) {
		f.drop(f.keys[0])
	}
	w, known := f.all[key]
	f.drop(key)
	return w, known
}

// offer asks whether the person wants a file. Where Teams does not let a bot
// hand files over, they are told how they get it all the same.
func (a *Adapter) offer(ctx context.Context, conversation string, m channels.Message) error {
	words := locales.For(m.Lang)
	name := fileName(m.Document.Name)
	sum := sha256.Sum256([]byte(channels.Identity(conversation) + "\x00" + m.ID + "\x00" + name))
	key := base64.RawURLEncoding.EncodeToString(sum[:15])
	a.files.keep(key, waiting{Document: *m.Document, conversation: channels.Identity(conversation), until: a.options.Now().Add(fileKept)})
	aim := part{"file": key, "lang": words.Lang}
	_, err := a.call(ctx, http.MethodPost, conversation, "", part{
		"type": "message", "summary": words.Say("teams.file", "name", name),
		"attachments": []any{part{
			"contentType": consentType, "name": name,
			"content": part{"description": words.Say("teams.file", "name", name), "sizeInBytes": max(len(m.Document.Data), 1), "acceptContext": aim, "declineContext": aim},
		}},
	})
	if invalid(err) {
		a.options.Log.Info("teams: no file can be handed over here, the person is told", "error", err)
		_, err = a.call(ctx, http.MethodPost, conversation, "", notice(words.Say("teams.file-elsewhere", "name", name)))
	}
	return err
}

// notice is a sentence beside the conversation.
func notice(words string) part {
	return part{"type": "message", "text": words, "textFormat": "plain"}
}

// fileName is a name that every system takes.
func fileName(name string) string {
	name = badInNames.ReplaceAllString(clean(path.Base(name)), "-")
	if name = strings.Trim(name, ". "); name == "" {
		return "praline.txt"
	}
	return name
}

var badInNames = regexp.MustCompile(`["*:<>?/\\|#%~]`)

// consent is what a person answered to an offer.
type consent struct {
	Action  string `json:"action"`
	Context struct {
		File string `json:"file"`
		Lang string `json:"lang"`
	} `json:"context"`
	Upload upload `json:"uploadInfo"`
}

type upload struct {
	ContentURL string `json:"contentUrl"`
	UploadURL  string `json:"uploadUrl"`
	Name       string `json:"name"`
	UniqueID   string `json:"uniqueId"`
	FileType   string `json:"fileType"`
}

// consented hands a file over, or forgets it. The offer goes either way.
func (a *Adapter) consented(w http.ResponseWriter, r *http.Request, in activity, service string) {
	var c consent
	if json.Unmarshal(in.Value, &c) != nil {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	conversation := in.Conversation.ID + " " + service
	file, known := a.files.take(c.Context.File, a.options.Now())
	known = known && file.conversation == in.Conversation.ID
	words := locales.For(c.Context.Lang)
	switch {
	case c.Action != "accept":
	case !known:
		a.say(r.Context(), conversation, notice(words.Say("teams.file-gone")))
	default:
		if err := a.upload(r.Context(), file.Document, c.Upload); err != nil {
			a.options.Log.Warn("teams: a file was not handed over, the person is told", "error", err)
			a.files.keep(c.Context.File, file) // the offer stands
			a.say(r.Context(), conversation, notice(words.Say("teams.file-failed")))
			w.WriteHeader(http.StatusOK)
			return
		}
		a.say(r.Context(), conversation, part{"type": "message", "summary": words.Say("teams.file-there", "name", c.Upload.Name), "attachments": []any{part{
			"contentType": fileType, "contentUrl": c.Upload.ContentURL, "name": c.Upload.Name,
			"content": part{"uniqueId": c.Upload.UniqueID, "fileType": c.Upload.FileType},
		}}})
	}
	if in.ReplyTo != "" {
		_, err := a.call(r.Context(), http.MethodDelete, conversation, in.ReplyTo, nil)
		_ = err // an old offer is answered kindly
	}
	w.WriteHeader(http.StatusOK)
}

// say says a word beside the conversation; best effort.
func (a *Adapter) say(ctx context.Context, conversation string, said part) {
	if _, err := a.call(ctx, http.MethodPost, conversation, "", said); err != nil {
		a.options.Log.Info("teams: a word beside the conversation was not taken", "error", err)
	}
}

// upload puts a file where the person agreed to. The address came in a signed
// activity and holds its own proof; our token does not go there.
func (a *Adapter) upload(ctx context.Context, d channels.Document, to upload) error {
	if !a.drive(to.UploadURL) || !a.drive(to.ContentURL) {
		return errors.New("the address to put it at is not one of OneDrive's")
	}
	data := d.Data
	if len(data) == 0 {
		data = []byte("\n") // OneDrive takes no empty range
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, to.UploadURL, bytes.NewReader(data))
	if err != nil {
		return errors.New("the address to put it at cannot be read")
	}
	request.Header.Set("Content-Type", "application/octet-stream")
	request.Header.Set("Content-Range", fmt.Sprintf("bytes 0-%d/%d", len(data)-1, len(data)))
	response, err := a.client.Do(request)
	if err != nil {
		var transport *url.Error
		if errors.As(err, &transport) {
			err = transport.Err // the address holds a proof
		}
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("answered %d", response.StatusCode)
	}
	return nil
}

// drive says whether an address is one of OneDrive's or SharePoint's.
func (a *Adapter) drive(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || len(address) > 4096 {
		return false
	}
	if a.local() && loopback(u.Hostname()) {
		return true
	}
	host := strings.ToLower(u.Hostname())
	for _, end := range []string{".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us", ".onedrive.com", ".svc.ms"} {
		if strings.HasSuffix(host, end) {
			return u.Scheme == "https"
		}
	}
	return false
}
