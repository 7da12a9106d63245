package teams

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// hosts are Microsoft's that an activity may name to answer at: the public
// cloud and those of governments. A leading dot is any name below.
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages,
// https://microsoft.github.io/teams-sdk/csharp/essentials/app-configuration/service-url-validation (2026-11-25)
var hosts = []string{
	"smba.trafficmanager.net", "smba.onyx.prod.teams.trafficmanager.net", // public
	".botframework.com", ".teams.microsoft.com", // public, and GCC as smba.infra.gcc.teams.microsoft.com
	"smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us", ".botframework.azure.us", // GCC High, DoD
}

// plainPath is a path as Teams writes them: a region, at times a tenant. It
// holds no "..", no escape and no space.
var plainPath = regexp.MustCompile(`^(/[A-Za-z0-9_-]+)*/?$`)

// serviceURL returns an address at which we may answer, always written the same
// way (small letters in the host, no slash at its end); false for any other.
// local says whether this machine is such an address.
func serviceURL(address string, local bool) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.Opaque != "" ||
		strings.Contains(address, "#") || !plainPath.MatchString(u.EscapedPath()) || len(address) > 256 {
		return "", false
	}
	switch {
	case local && u.Scheme == "http" && loopback(u.Hostname()):
	case u.Scheme == "https" && u.Port() == "" && !strings.HasSuffix(u.Host, ":") && microsoft(u.Hostname()):
	default:
		return "", false
	}
	return u.Scheme + "://" + strings.ToLower(u.Host) + strings.TrimSuffix(u.Path, "/"), true
}

func microsoft(host string) bool {
	host = strings.ToLower(host)
	for _, one := range hosts {
		below, any := strings.CutPrefix(one, ".")
		if !any && host == one || any && strings.HasSuffix(host, "."+below) && !strings.HasPrefix(host, ".") {
			return true
		}
	}
	return false
}

// loopback says whether a host is this machine.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

// nearby says whether an address is on this machine.
func nearby(address string) bool {
	u, err := url.Parse(address)
	return err == nil && loopback(u.Hostname())
}

// emulated says whether Microsoft is played by somebody on this machine, who
// knows our token or gave it to us.
func (a *Adapter) emulated() bool { return nearby(a.options.OpenIDURL) && nearby(a.options.LoginURL) }

// local says whether an address on this machine is one to answer at.
func (a *Adapter) local() bool { return nearby(a.options.OpenIDURL) || a.options.Anonymous }

// address parts a Conversation into where and to what we speak.
func (a *Adapter) address(conversation string) (service, id string, ok bool) {
	id, at, found := strings.Cut(conversation, " ")
	service, fine := serviceURL(at, a.local())
	return service, id, found && fine && conversationID.MatchString(id)
}

// conversationID is an id as Teams makes them: "a:1Xy…", "19:…@unq.gbl.spaces",
// or an emulator's.
var conversationID = regexp.MustCompile(`^[A-Za-z0-9:@._=;|+-]{1,512}$`)

// fromHere says whether a request came from this machine itself: no proxy
// before it. It must also ask for this machine by such a name: a tunnel (ssh -R)
// adds no header, and a page in a browser whose name was made to lead here
// (DNS rebinding) comes from here, but both ask for the name that they know.
func fromHere(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	asked := url.URL{Host: r.Host}
	if err != nil || !loopback(host) || !loopback(asked.Hostname()) {
		return false
	}
	for name := range r.Header {
		name = strings.ToLower(name)
		if name == "forwarded" || name == "via" || name == "x-real-ip" || strings.HasPrefix(name, "x-forwarded-") {
			return false
		}
	}
	return true
}
