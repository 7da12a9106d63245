package teams

import (
	"encoding/json"
	"time"
)

// activity is what is read of an activity that came in.
// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
type activity struct {
	Type       string          `json:"type"`
	ID         string          `json:"id"`
	Name       string          `json:"name"`
	Action     string          `json:"action"`
	ChannelID  string          `json:"channelId"`
	ServiceURL string          `json:"serviceUrl"`
	Timestamp  stamp           `json:"timestamp"`
	Timezone   string          `json:"localTimezone"`
	Locale     string          `json:"locale"`
	Text       string          `json:"text"`
	Format     string          `json:"textFormat"`
	ReplyTo    string          `json:"replyToId"`
	Value      json.RawMessage `json:"value"`
	From       account         `json:"from"`
	Recipient  account         `json:"recipient"`

	Conversation struct {
		ID       string `json:"id"`
		Kind     string `json:"conversationType"`
		Group    bool   `json:"isGroup"`
		TenantID string `json:"tenantId"`
	} `json:"conversation"`
	ChannelData struct {
		Event  string `json:"eventType"`
		Tenant struct {
			ID string `json:"id"`
		} `json:"tenant"`
	} `json:"channelData"`
	Entities    []entity `json:"entities"`
	Attachments []struct {
		Type string `json:"contentType"`
	} `json:"attachments"`
}

type account struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	AAD  string `json:"aadObjectId"`
}

// entity is a mention, or what the client says of itself.
type entity struct {
	Type      string  `json:"type"`
	Text      string  `json:"text"`      // mention: as it stands in the text
	Mentioned account `json:"mentioned"` // mention
	Locale    string  `json:"locale"`    // clientInfo
	Timezone  string  `json:"timezone"`  // clientInfo
}

// stamp is a time; one that cannot be read is none.
type stamp struct{ time.Time }

func (s *stamp) UnmarshalJSON(raw []byte) error {
	var written string
	if json.Unmarshal(raw, &written) == nil {
		if t, err := time.Parse(time.RFC3339, written); err == nil {
			s.Time = t.UTC()
		}
	}
	return nil
}

// personal says whether an activity is of a conversation with one person alone.
func (in activity) personal() bool {
	return !in.Conversation.Group && (in.Conversation.Kind == "personal" || in.Conversation.Kind == "")
}
