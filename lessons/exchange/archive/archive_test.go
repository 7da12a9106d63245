package archive_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"praline/lessons/exchange/archive"
	"praline/locales"
)

// pack is a zip with these names and contents, in pairs.
func pack(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(name string, content []byte) (map[string][]byte, error) {
	return archive.Open(name, bytes.NewReader(content), int64(len(content)), archive.Usual)
}

func TestOpen(t *testing.T) {
	for _, row := range []struct {
		label, name string
		content     []byte
		want        []string
	}{
		{"a folder packed by a file manager", "serie.zip", pack(t, "serie/", "", "serie/series.yaml", "id: a", "serie/media/a.svg", svg("")), []string{"media/a.svg", "series.yaml"}},
		{"files packed without their folder", "serie.ZIP", pack(t, "series.yaml", "id: a", "01-a.fr.md", "x"), []string{"01-a.fr.md", "series.yaml"}},
		{"only media", "media.zip", pack(t, "media/a.svg", svg("")), []string{"media/a.svg"}},
		{"what a Mac and Windows leave behind", "serie.zip", pack(t, "s/series.yaml", "id: a", "__MACOSX/s/._series.yaml", "\x00", "s/Thumbs.db", "\x00", "s/.git/config", "x"), []string{"series.yaml"}},
		{"a name from an old Windows", "serie.zip", pack(t, "media/\x82t\x82.svg", svg("")), []string{"media/été.svg"}},
		{"a single file", "C:\\Documents\\questions.gift", []byte("Q {T}"), []string{"questions.gift"}},
	} {
		files, err := open(row.name, row.content)
		if got := slices.Sorted(maps.Keys(files)); err != nil || !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, %v", row.label, got, err)
		}
	}
}

func svg(inner string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">` + inner + `</svg>`
}

// hugePNG is the head of a picture of a billion points and more.
func hugePNG(t *testing.T) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	head := b.Bytes()
	binary.BigEndian.PutUint32(head[16:], 60_000)
	binary.BigEndian.PutUint32(head[20:], 60_000)
	sum := crc32.ChecksumIEEE(head[12:29])
	binary.BigEndian.PutUint32(head[29:], sum)
	return string(head)
}

// tight are the usual limits with a tenth of the room: what does not fit is made
// sooner.
var tight = func() archive.Limits {
	limits := archive.Usual
	limits.File, limits.Total = limits.File/10, limits.Total/10
	return limits
}()

func TestRefused(t *testing.T) {
	many := make([]string, 0, 1200)
	for i := range 600 {
		many = append(many, fmt.Sprintf("%d.md", i), "")
	}
	for _, row := range []struct {
		label, name string
		content     []byte
		code        string
	}{
		{"nothing", "a.zip", nil, "empty"},
		{"a zip without files", "a.zip", pack(t, "folder/", ""), "empty"},
		{"no zip", "a.zip", []byte("PK nothing"), "no-zip"},
		{"a zip by another name", "a.md", pack(t, "a.md", "x"), "not-as-named"},
		{"a zip bomb", "a.zip", bomb(t, 3<<20, false), "too-big"},
		{"a zip bomb that lies about its size", "a.zip", bomb(t, 3<<20, true), "damaged"},
		{"many files that are big together", "a.zip", pack(t, slices.Concat(big(1), big(2), big(3), big(4))...), "unpacks-too-big"},
		{"too many files", "a.zip", pack(t, many...), "too-many"},
		{"a path out of the folder", "a.zip", pack(t, "../a.md", "x"), "outside"},
		{"a path out of the folder, later", "a.zip", pack(t, "a/b/../../../a.md", "x"), "outside"},
		{"a path out of the folder on Windows", "a.zip", pack(t, "..\\a.md", "x"), "outside"},
		{"an absolute path", "a.zip", pack(t, "/etc/a.md", "x"), "outside"},
		{"an absolute path on Windows", "a.zip", pack(t, "C:\\a.md", "x"), "outside"},
		{"folders in folders in folders", "a.zip", pack(t, "b.md", "x", "a/a/a/a/a.md", "x"), "too-deep"},
		{"a name with a line end", "a.zip", pack(t, "a\n.md", "x"), "name-form"},
		{"a link", "a.zip", linked(t), "link"},
		{"a name twice", "a.zip", pack(t, "a.md", "x", "a.md", "y"), "twice"},
		{"a name twice in capitals", "a.zip", pack(t, "a.md", "x", "A.md", "y"), "twice"},
		{"a zip in a zip", "a.zip", pack(t, "a.zip", "x"), "zip-in-zip"},
		{"a program", "a.zip", pack(t, "a.exe", "MZ"), "kind"},
		{"a page of HTML", "a.html", []byte("<p>"), "kind"},
		{"a page of HTML as a picture", "a.png", []byte("<html>"), "not-as-named"},
		{"a picture as another", "a.jpg", []byte(hugePNG(t)), "not-as-named"},
		{"a huge picture", "a.png", []byte(hugePNG(t)), "pixels"},
		{"a huge WebP", "a.webp", []byte("RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff"), "pixels"},
		{"text as a film", "a.mp4", []byte("hello"), "not-as-named"},
		{"bytes as text", "a.md", []byte("a\x00b"), "not-as-named"},
		{"a workbook that is none", "a.xlsx", []byte("a;b"), "not-as-named"},
		{"an XML that is none", "a.xml", []byte("{}"), "not-as-named"},
		{"XML with an entity", "a.xml", []byte(`<!DOCTYPE q [<!ENTITY a "aaaa">]><q>&a;</q>`), "xml-declares"},
		{"XML with a DTD elsewhere", "a.xml", []byte(`<!DOCTYPE q SYSTEM "file:///etc/passwd"><q/>`), "xml-declares"},
		{"XML nested deep", "a.xml", []byte(strings.Repeat("<a>", 10_000)), "xml-nesting"},
		{"a drawing that is none", "a.svg", []byte("<html/>"), "not-as-named"},
		{"a drawing with a script", "a.svg", []byte(svg("<script>1</script>")), "svg-acts"},
		{"a drawing with a script under a prefix", "a.svg", []byte(`<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script/></s:svg>`), "svg-acts"},
		{"a drawing with a page in it", "a.svg", []byte(svg("<foreignObject/>")), "svg-acts"},
		{"a drawing that acts on a press", "a.svg", []byte(svg(`<path onclick="x()"/>`)), "svg-acts"},
		{"a drawing that acts later", "a.svg", []byte(svg(`<set attributeName="onload" to="x()"/>`)), "svg-acts"},
		{"a drawing with a link that acts", "a.svg", []byte(svg(`<a href=" java&#10;script:x()"/>`)), "svg-acts"},
		{"a drawing with a picture from elsewhere", "a.svg", []byte(svg(`<image href="https://example.org/a.png"/>`)), "svg-fetches"},
		{"a drawing with a picture from elsewhere, as it used to be said", "a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="//example.org/a"/></svg>`), "svg-fetches"},
		{"a drawing with a style from elsewhere", "a.svg", []byte(svg(`<style>@import "//example.org/a.css"</style>`)), "svg-fetches"},
		{"a drawing with a fill from elsewhere", "a.svg", []byte(svg(`<path fill="url(#a) url( 'http://example.org/a#b')"/>`)), "svg-fetches"},
		{"a drawing with a style sheet", "a.svg", []byte(`<?xml-stylesheet href="a.css"?>` + svg("")), "svg-fetches"},
	} {
		files, err := archive.Open(row.name, bytes.NewReader(row.content), int64(len(row.content)), tight)
		var no *archive.Refusal
		if !errors.As(err, &no) || no.Code != row.code || files != nil {
			t.Errorf("%s: %v, not %s", row.label, err, row.code)
			continue
		}
		for _, lang := range []string{"fr", "nl", "en"} {
			for _, id := range []string{"upload." + no.Code, "upload." + no.Code + ".mend"} {
				if words := locales.For(lang); !words.Has(id) || strings.Contains(words.Say(id, no.Args...), "<no value>") {
					t.Errorf("%s has no words for %s: %q", lang, id, words.Say(id, no.Args...))
				}
			}
		}
	}
}

// big is a file in a zip that just fits the tight limits.
func big(n int) []string { return []string{fmt.Sprintf("%d.md", n), strings.Repeat("a", 19<<20/10)} }

// bomb is a zip whose file is so big, and perhaps says that it is not.
func bomb(t *testing.T, size int, lying bool) []byte {
	t.Helper()
	var deflated, b bytes.Buffer
	w, _ := flate.NewWriter(&deflated, flate.BestCompression)
	if _, err := w.Write(make([]byte, size)); err != nil {
		t.Fatal(err)
	}
	w.Close()
	z := zip.NewWriter(&b)
	said := uint64(size)
	if lying {
		said = 10
	}
	raw, err := z.CreateRaw(&zip.FileHeader{Name: "a.md", Method: zip.Deflate, UncompressedSize64: said, CompressedSize64: uint64(deflated.Len())})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Write(deflated.Bytes()); err != nil {
		t.Fatal(err)
	}
	z.Close()
	return b.Bytes()
}

// linked is a zip with a symbolic link.
func linked(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: "a.md"}
	h.SetMode(fs.ModeSymlink | 0o777)
	w, err := z.CreateHeader(h)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "/etc/passwd")
	z.Close()
	return b.Bytes()
}

func TestPackIsOpenedAgain(t *testing.T) {
	files := map[string][]byte{"series.yaml": []byte("id: a"), "media/a.svg": []byte(svg(""))}
	packed, err := archive.Pack(files)
	if err != nil {
		t.Fatal(err)
	}
	again, err := open("a.zip", packed)
	if err != nil || !maps.EqualFunc(files, again, bytes.Equal) {
		t.Errorf("%v, %v", again, err)
	}
	if twice, _ := archive.Pack(files); !bytes.Equal(packed, twice) {
		t.Error("the same files give other bytes")
	}
	folder, err := archive.FS(files)
	if err != nil {
		t.Fatal(err)
	}
	if entries, err := fs.ReadDir(folder, "."); err != nil || len(entries) != 2 {
		t.Errorf("%v, %v", entries, err)
	}
}

// FuzzOpen opens any bytes by any name: it never panics, and what it lets
// through is within the limits.
func FuzzOpen(f *testing.F) {
	f.Add("a.zip", pack(f, "a/series.yaml", "id: a", "a/media/a.svg", svg("<path/>")))
	f.Add("a.svg", []byte(svg("<style>a{fill:url(#a)}</style>")))
	f.Add("a.webp", []byte("RIFF\x20\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00\x2f\x00\x00\x00\x00\x00"))
	f.Add("a.gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00"))
	limits := archive.Limits{Entries: 5, File: 1 << 20, Total: 2 << 20, Depth: 2, Pixels: 1_000_000, Nesting: 20}
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		files, err := archive.Open(name, bytes.NewReader(content), int64(len(content)), limits)
		if err != nil {
			return
		}
		total := 0
		for name, content := range files {
			total += len(content)
			if !fs.ValidPath(name) {
				t.Errorf("%q", name)
			}
		}
		if len(files) == 0 || len(files) > limits.Entries || total > int(limits.Total) {
			t.Errorf("%d files, %d bytes", len(files), total)
		}
	})
}
