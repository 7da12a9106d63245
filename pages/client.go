package pages

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Client is the address that a request comes from. A proxy on this machine or
// in a private network is believed about whom it speaks for; nobody else is.
func Client(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	peer, err := netip.ParseAddr(host)
	if err != nil || (!peer.IsLoopback() && !peer.IsPrivate()) {
		return host
	}
	forwarded := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
	last := strings.TrimSpace(forwarded[strings.LastIndexByte(forwarded, ',')+1:])
	if said, err := netip.ParseAddr(last); err == nil {
		return said.Unmap().String()
	}
	return host
}
