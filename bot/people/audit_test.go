package people_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"praline/bot/people"
	"praline/records"
)

// audited is a log of ten lines.
func audited(t *testing.T) *house {
	h := newHouse(t) // the first
	ada := h.person("spf", people.Person{Name: "Ada Exemple"})
	for i := range 8 {
		if err := h.Audit(t.Context(), h.actor("spf", ada.ID), "series-publish", fmt.Sprintf("version:1.0.%d", i), people.AboutPerson(ada.ID)); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func TestAuditIsTamperEvident(t *testing.T) {
	line := func(n int) records.Key { return records.Key{Org: "spf", Kind: "audit", ID: fmt.Sprintf("%012d", n)} }
	head := records.Key{Org: "spf", Kind: "audit-head", ID: "head"}
	for _, row := range []struct {
		label  string
		tamper func(*house)
		first  int
		why    string
	}{
		{"nothing", func(*house) {}, 0, ""},
		{"a word changed", func(h *house) { h.edit(line(4), "publish", "approve") }, 4, "changed"},
		{"a time changed", func(h *house) { h.edit(line(4), "2027-03-01", "2027-03-02") }, 4, "changed"},
		{"one dropped", func(h *house) { h.drop(line(4)) }, 4, "missing"},
		{"two in each other's place", func(h *house) { h.swap(line(4), line(5)) }, 4, "changed"},
		{"the last cut off", func(h *house) { h.drop(line(10)) }, 10, "cut off"},
		{"all cut off", func(h *house) {
			for n := range 10 {
				h.drop(line(n + 1))
			}
		}, 1, "cut off"},
		{"the last cut off, and the head put back", func(h *house) {
			h.drop(line(10))
			h.edit(head, `"count":10`, `"count":9`)
		}, 9, "head"},
		{"one added", func(h *house) {
			if err := h.store.Write(h.t.Context(), records.Record{Key: line(11), Body: []byte(`{"n":11}`)}); err != nil {
				h.t.Fatal(err)
			}
		}, 11, "added"},
		{"no head", func(h *house) { h.drop(head) }, 1, "added"},
		{"another secret", func(h *house) { h.Secret = []byte("other") }, 10, "head"},
	} {
		h := audited(t)
		row.tamper(h)
		found, err := h.VerifyAudit(t.Context(), "spf")
		if err != nil || found.First != row.first || found.Why != row.why || (found.Err() == nil) != (row.why == "") {
			t.Errorf("%s: %+v %v", row.label, found, err)
		}
	}
}

func (h *house) read(key records.Key) records.Record {
	h.t.Helper()
	all, err := h.store.Read(h.t.Context(), key)
	if err != nil || all[0].Version == 0 {
		h.t.Fatal(err, "no record", key)
	}
	return all[0]
}

// edit puts a record back as it would stand there had it been written so: as
// somebody does who knows the store.
func (h *house) edit(key records.Key, from, to string) {
	body := bytes.ReplaceAll(h.read(key).Body, []byte(from), []byte(to))
	h.put(key, body)
}

func (h *house) drop(key records.Key) { h.put(key, nil) }

func (h *house) put(key records.Key, body []byte) {
	h.t.Helper()
	if err := h.store.Write(h.t.Context(), records.Record{Key: key, Version: h.read(key).Version}); err != nil {
		h.t.Fatal(err)
	}
	if body == nil {
		return
	}
	if err := h.store.Write(h.t.Context(), records.Record{Key: key, Body: body}); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) swap(a, b records.Key) {
	first, second := h.read(a).Body, h.read(b).Body
	h.put(a, second)
	h.put(b, first)
}

// Who is deleted leaves a log that still verifies and leads nobody to them.
func TestAuditForgetsWhoIsDeleted(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	ada := h.person("spf", people.Person{Number: "7", Name: "Ada Exemple", Roles: []people.Role{people.Trainer}})
	bert := h.person("spf", people.Person{Name: "Bert Voorbeeld"})
	if err := h.Audit(ctx, h.actor("spf", ada.ID), "thanks", people.AboutPerson(bert.ID), people.AboutPerson(ada.ID)); err != nil {
		t.Fatal(err)
	}
	seen, err := h.AuditOf(ctx, "spf", bert.ID)
	if err != nil || len(seen) != 2 || seen[0].What != "thanks" || len(seen[0].About) != 1 {
		t.Errorf("what Bert sees: %+v %v", seen, err)
	}
	if called, err := h.Called(ctx, people.Shell("spf")); err != nil || called[seen[0].Who].ID != ada.ID {
		t.Errorf("who is called so: %v %v", called, err)
	}
	_, code := h.invite("spf", people.Invitation{Person: ada.ID})
	if _, err := h.join(code, "ada"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.KeepUpload(ctx, people.Shell("spf"), "a.csv", []byte("number;name\n7;Ada Exemple\n")); err != nil {
		t.Fatal(err)
	}
	if err := h.Delete(ctx, people.Shell("spf"), ada.ID); err != nil {
		t.Fatal(err)
	}
	if found, err := h.VerifyAudit(ctx, "spf"); err != nil || found.Err() != nil || found.Lines != 7 {
		t.Errorf("%+v %v", found, err)
	}
	if called, _ := h.Called(ctx, people.Shell("spf")); len(called) != 1 {
		t.Errorf("called: %v", called)
	}
	for _, kind := range []string{"person", "number", "member", "audit", "audit-key", "gone", "invitation", "roster"} {
		all, err := h.store.List(ctx, "spf", kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range all {
			whole, _ := json.Marshal(r)
			if text := r.ID + string(r.Body) + string(whole); strings.Contains(text, ada.ID) || strings.Contains(text, "Ada") || kind == "roster" || r.ID == "7" {
				t.Errorf("%s names who is gone: %s", r.Key, r.Body)
			}
		}
	}
}
