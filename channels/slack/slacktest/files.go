package slacktest

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// File is what was handed over.
type File struct {
	ID    string
	Name  string
	Title string
	Alt   string
	MIME  string // as its bytes tell
	Data  []byte
}

// upload is a file on its way: asked for, sent, completed.
type upload struct {
	file   File
	team   *Workspace
	length int
	sent   bool
	done   bool
}

// uploadURL is the first step of
// https://docs.slack.dev/messaging/working-with-files
func (c *call) uploadURL() object {
	length, err := strconv.Atoi(c.text("length"))
	switch {
	case c.text("filename") == "":
		return c.violate("invalid_arguments", "missing required field: filename")
	case err != nil || length < 1:
		return c.violate("invalid_arguments", "missing required field: length")
	}
	id := fmt.Sprint("F0", c.server.next())
	c.server.uploads[id] = &upload{file: File{ID: id, Name: c.text("filename"), Title: c.text("filename"), Alt: c.text("alt_txt")}, team: c.team, length: length}
	return object{"upload_url": c.server.URL + "/upload/v1/" + id, "file_id": id}
}

// serveUpload takes the bytes, bare or as a form's file.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	var data []byte
	var err error
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		var part io.ReadCloser
		for _, name := range []string{"file", "filename", "body"} {
			if part, _, err = r.FormFile(name); err == nil {
				break
			}
		}
		if err == nil {
			defer part.Close()
			data, err = io.ReadAll(part)
		}
	} else {
		data, err = io.ReadAll(r.Body)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.uploads[strings.TrimPrefix(r.URL.Path, "/upload/v1/")]
	switch {
	case u == nil || u.done:
		http.NotFound(w, r)
	case err != nil || r.Method != http.MethodPost || len(data) != u.length:
		s.violate(fmt.Sprintf("upload: %d bytes where %d were announced", len(data), u.length))
		http.Error(w, "bad upload", http.StatusBadRequest)
	default:
		u.file.Data, u.file.MIME, u.sent = data, http.DetectContentType(data), true
		fmt.Fprintf(w, "OK - %d", len(data))
	}
}

// completeUpload shares what was sent; without a channel the files stay with
// the app, for blocks to show.
func (c *call) completeUpload() object {
	v, ok := c.value("files")
	list, isList := v.([]any)
	if !ok || !isList || len(list) == 0 {
		return c.violate("invalid_arguments", "missing required field: files")
	}
	var done []*upload
	for _, v := range list {
		o, _ := v.(object)
		id, _ := o["id"].(string)
		u := c.server.uploads[id]
		if u == nil || u.team != c.team || !u.sent || u.done {
			return c.violate("file_not_found")
		}
		if title, ok := o["title"].(string); ok {
			u.file.Title = title
		}
		if strings.HasPrefix(u.file.MIME, "image/") && c.text("channel_id") != "" && strings.TrimSpace(u.file.Alt) == "" {
			c.unwise([]string{"a picture without alternative text (alt_txt of files.getUploadURLExternal)"})
		}
		done = append(done, u)
	}
	if c.text("channel_id") != "" {
		c.in["channel"] = c.in["channel_id"]
		p, out := c.addressee()
		if out != nil {
			return out
		}
		if _, _, problems := Read(c.text("initial_comment")); len(problems) > 0 {
			c.unwise(problems)
		}
		for i, u := range done {
			m := &Message{TS: c.server.stamp(), File: &u.file}
			if i == 0 {
				m.Text = c.text("initial_comment")
			}
			p.receive(m)
		}
	}
	var files []object
	for _, u := range done {
		u.done = true
		files = append(files, object{"id": u.file.ID, "title": u.file.Title})
	}
	return object{"files": files}
}

// hasFile is true for a picture that can be shown.
func (s *Server) hasFile(id, address string) bool {
	if id == "" {
		_, id, _ = strings.Cut(address, "/files/")
	}
	u := s.uploads[id]
	return u != nil && u.done && strings.HasPrefix(u.file.MIME, "image/")
}
