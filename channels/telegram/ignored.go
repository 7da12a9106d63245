package telegram

import (
	"encoding/json"
	"slices"
)

// What the library, which is of 2021, does not know of a message, and what
// makes it none of a person's own: https://core.telegram.org/bots/api#message
var (
	// others' words: neither an answer nor a command
	foreign = []string{
		"forward_origin", "forward_date", "forward_from", "forward_sender_name", "forward_from_chat",
		"via_bot", "story", "business_connection_id", "sender_business_bot", "guest_query_id",
	}
	// written by the app
	byTheApp = []string{
		"pinned_message", "message_auto_delete_timer_changed", "connected_website", "write_access_allowed", "web_app_data",
		"successful_payment", "refunded_payment", "passport_data", "proximity_alert_triggered",
		"users_shared", "user_shared", "chat_shared", "migrate_to_chat_id", "migrate_from_chat_id",
		"boost_added", "chat_background_set", "gift", "unique_gift", "gift_upgrade_sent",
		"giveaway", "giveaway_created", "giveaway_winners", "giveaway_completed",
		"paid_message_price_changed", "direct_message_price_changed", "checklist_tasks_done", "checklist_tasks_added",
		"video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
		"suggested_post_approved", "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded",
		"new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo",
		"group_chat_created", "supergroup_chat_created", "channel_chat_created",
	}
)

// ignored says whether an update is somebody else's words, or the app's: it is
// confirmed and handed to nobody.
func ignored(raw json.RawMessage) bool {
	type fields map[string]json.RawMessage
	var update struct {
		Message  fields `json:"message"`
		Edited   fields `json:"edited_message"`
		Callback struct {
			Message fields `json:"message"`
		} `json:"callback_query"`
	}
	if json.Unmarshal(raw, &update) != nil {
		return true
	}
	has := func(m fields, names []string) bool {
		return slices.ContainsFunc(names, func(name string) bool { _, has := m[name]; return has })
	}
	return has(update.Message, foreign) || has(update.Message, byTheApp) || has(update.Edited, foreign) || has(update.Callback.Message, foreign[len(foreign)-3:])
}
