package people

import (
	"context"
	"time"

	"praline/records"
)

// A roster that was sent to be looked at first is kept for an hour, and until
// it is imported: the browser need not send it twice.
const (
	kindUpload = "roster"
	uploadFor  = time.Hour
)

// Upload is a roster that waits to be imported.
type Upload struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	By   string    `json:"by"` // person
	At   time.Time `json:"at"`
	File []byte    `json:"file"`
}

func uploadKey(org, id string) records.Key { return records.Key{Org: org, Kind: kindUpload, ID: id} }

// recognised refuses a file without a single heading of a roster: it is
// something else, whatever its name says.
func recognised(rows []row) error {
	if len(rows) == 0 {
		return fault("file", "file-empty")
	}
	if l, faults := readLayout(rows[0]); len(l.at) == 0 && len(faults) > 0 {
		return faults[0].Fault
	}
	return nil
}

// KeepUpload keeps a roster that can be read, and removes what nobody imported.
func (p *People) KeepUpload(ctx context.Context, actor Actor, name string, file []byte) (Upload, error) {
	if !actor.May(ManagePeople) {
		return Upload{}, ErrNotAllowed
	}
	rows, err := readTable(file)
	if err != nil {
		return Upload{}, err
	}
	if err := recognised(rows); err != nil {
		return Upload{}, err
	}
	stale := func(u Upload) bool { return u.By == actor.Person || p.Now().Sub(u.At) > uploadFor }
	if err := p.dropUploads(ctx, actor, stale); err != nil {
		return Upload{}, err
	}
	u := Upload{newID(), name, actor.Person, p.Now().UTC(), file}
	return u, records.Put(ctx, p.Store, uploadKey(actor.Org, u.ID), u)
}

// Kept is a roster that the actor sent before; records.ErrNone if there is none
// any more, or it is another's.
func (p *People) Kept(ctx context.Context, actor Actor, id string) (Upload, error) {
	u, err := records.Load[Upload](ctx, p.Store, uploadKey(actor.Org, id))
	if err == nil && (u.By != actor.Person || p.Now().Sub(u.At) > uploadFor) {
		return Upload{}, records.ErrNone
	}
	return u, err
}

// DropUpload forgets a roster.
func (p *People) DropUpload(ctx context.Context, actor Actor, id string) error {
	return records.Remove(ctx, p.Store, uploadKey(actor.Org, id))
}

func (p *People) dropUploads(ctx context.Context, actor Actor, such func(Upload) bool) error {
	all, err := records.All[Upload](ctx, p.Store, actor.Org, kindUpload)
	if err != nil {
		return err
	}
	for _, u := range all {
		if such(u) {
			if err := p.DropUpload(ctx, actor, u.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
