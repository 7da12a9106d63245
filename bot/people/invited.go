package people

import (
	"context"
	"errors"

	"praline/records"
)

// Invited returns to which organisation an invitation's code leads, for whoever
// is asked before they join; ErrInvitationWrong, ErrInvitationExpired or
// ErrInvitationUsed where it leads nowhere. Guesses are counted by who calls this.
func (p *People) Invited(ctx context.Context, code string) (Organisation, error) {
	code, ok := ReadInvitation(code)
	if !ok {
		return Organisation{}, ErrInvitationWrong
	}
	to, err := records.Load[invited](ctx, p.Store, p.invitedKey(code))
	if err != nil {
		return Organisation{}, noneIs(err, ErrInvitationWrong)
	}
	i, err := p.Invitation(ctx, to.Org, to.ID)
	switch now := p.Now(); {
	case err != nil:
		return Organisation{}, noneIs(err, ErrInvitationWrong)
	case !i.Ended.IsZero() || !now.Before(i.Expires):
		return Organisation{}, ErrInvitationExpired
	case i.Joined >= i.Limit && i.By == "": // who used it themselves may enter it again
		return Organisation{}, ErrInvitationUsed
	}
	o, err := p.Organisation(ctx, to.Org)
	return o, noneIs(err, ErrInvitationWrong)
}

// noneIs is an error with another in the place of "there is no such record".
func noneIs(err, other error) error {
	if errors.Is(err, records.ErrNone) {
		return other
	}
	return err
}
