package main

import (
	"context"

	"praline/bot/learner"
	"praline/channels/web"
)

// transcripts returns what the web page shows of a learner's conversation, for
// the file of all that is stored. The files in it are left out: an earlier one
// may be such a file.
func transcripts(kept web.Transcript) func(context.Context, learner.Address) (any, error) {
	return func(ctx context.Context, at learner.Address) (any, error) {
		if at.Channel != web.Name {
			return nil, nil
		}
		entries, err := kept.Entries(ctx, at.Conversation)
		for i, e := range entries {
			if e.Message != nil && e.Message.Document != nil {
				message, document := *e.Message, *e.Message.Document
				document.Data = nil
				message.Document, entries[i].Message = &document, &message
			}
		}
		return entries, err
	}
}
