package people

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// QR draws the link by which most people can come, as SVG: the web's, or the
// first that there is; "" where no app has one.
func QR(ways []Way) (string, error) {
	link := ""
	for _, way := range ways {
		if way.URL != "" && (link == "" || way.App == "web") {
			link = way.URL
		}
	}
	if link == "" {
		return "", nil
	}
	return drawQR(link)
}

// quiet is the margin that readers need, in modules:
// https://www.qrcode.com/en/howto/code.html
const quiet = 4

func drawQR(link string) (string, error) {
	code, err := qr.Encode(link, qr.M)
	if err != nil {
		return "", fmt.Errorf("QR code of %s: %w", link, err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	size := code.Size + 2*quiet
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges" role="img" aria-label="QR"><path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="%s"/></svg>`,
		size, size, size, size, path.String()), nil
}
