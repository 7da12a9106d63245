package archive

import (
	"bytes"
	"image"
	_ "image/gif" // sizes of pictures
	_ "image/jpeg"
	_ "image/png"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"
)

// kinds are the files that an upload may hold, by the end of their name, and
// how each is looked into.
var kinds = map[string]func(name string, content []byte, limits Limits) error{
	".md": text, ".markdown": text, ".yaml": text, ".yml": text, ".txt": text, ".gift": text, ".csv": text, ".tsv": text,
	".xml": plainXML, ".xlsx": workbook,
	".png": picture("image/png"), ".jpg": picture("image/jpeg"), ".jpeg": picture("image/jpeg"), ".gif": picture("image/gif"),
	".webp": webp, ".svg": drawing, ".mp3": recording("audio/"), ".mp4": recording("video/"),
}

// look refuses a file that is not what its name says, or that acts.
func look(name string, content []byte, limits Limits) error {
	extension := strings.ToLower(path.Ext(name))
	check, known := kinds[extension]
	switch base := path.Base(name); {
	case known:
		return check(name, content, limits)
	case extension == ".zip":
		return refuse(name, "zip-in-zip")
	case extension == "" && base == strings.ToUpper(base): // LICENSE, README
		return text(name, content, limits)
	}
	return refuse(name, "kind", "kind", extension)
}

// text refuses what is no text. Its encoding is its reader's affair, UTF-16
// begins with a mark.
func text(name string, content []byte, _ Limits) error {
	marked := bytes.HasPrefix(content, []byte{0xff, 0xfe}) || bytes.HasPrefix(content, []byte{0xfe, 0xff})
	if !marked && bytes.IndexByte(content, 0) >= 0 || isZip(content) || bytes.HasPrefix(content, []byte("%PDF-")) {
		return refuse(name, "not-as-named")
	}
	return nil
}

func isZip(content []byte) bool { return bytes.HasPrefix(content, []byte("PK\x03\x04")) }

func workbook(name string, content []byte, _ Limits) error {
	if !isZip(content) {
		return refuse(name, "not-as-named")
	}
	return nil
}

// picture holds a picture against its name and the limit of points, of which
// only its head is read.
func picture(mime string) func(string, []byte, Limits) error {
	return func(name string, content []byte, limits Limits) error {
		if http.DetectContentType(content) != mime {
			return refuse(name, "not-as-named")
		}
		size, _, err := image.DecodeConfig(bytes.NewReader(content))
		if err != nil {
			return refuse(name, "damaged")
		}
		return pixels(name, size.Width, size.Height, limits)
	}
}

// pixels refuses a picture that takes more memory than a phone has.
func pixels(name string, width, height int, limits Limits) error {
	if width <= 0 || height <= 0 || width > limits.Pixels || height > limits.Pixels/width {
		return refuse(name, "pixels", "width", width, "height", height, "limit", limits.Pixels/1_000_000)
	}
	return nil
}

// webp reads the size out of the first chunk of a WebP file (RFC 9649, part 2).
func webp(name string, content []byte, limits Limits) error {
	if http.DetectContentType(content) != "image/webp" {
		return refuse(name, "not-as-named")
	}
	if len(content) < 30 {
		return refuse(name, "damaged")
	}
	c := content[20:]
	switch string(content[12:16]) {
	case "VP8X":
		return pixels(name, 1+int(c[4])+int(c[5])<<8+int(c[6])<<16, 1+int(c[7])+int(c[8])<<8+int(c[9])<<16, limits)
	case "VP8L":
		bits := int(c[1]) | int(c[2])<<8 | int(c[3])<<16 | int(c[4])<<24
		return pixels(name, 1+bits&0x3fff, 1+bits>>14&0x3fff, limits)
	case "VP8 ":
		return pixels(name, int(c[6])|int(c[7]&0x3f)<<8, int(c[8])|int(c[9]&0x3f)<<8, limits)
	}
	return refuse(name, "damaged")
}

// recording takes a sound or a film by its name, if it is not plainly something
// else: there are too many ways to begin one.
func recording(kind string) func(string, []byte, Limits) error {
	return func(name string, content []byte, _ Limits) error {
		is := http.DetectContentType(content)
		if !strings.HasPrefix(is, kind) && is != "application/octet-stream" || utf8.Valid(content) {
			return refuse(name, "not-as-named")
		}
		return nil
	}
}
