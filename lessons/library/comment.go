package library

// Thread is what reviewers and authors say to each other about a line.
type Thread struct {
	ID string `json:"id"`
}
