package people

// Way is how an invitation is taken up in one chat app: by an address, or by
// typing its code.
type Way struct {
	App  string `json:"app"`            // "telegram", "slack", "teams", "web"
	URL  string `json:"url,omitempty"`  // "": nothing to press there
	Code string `json:"code,omitempty"` // to be typed to the bot
}
