package outbound_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"praline/channels"
	"praline/channels/outbound"
	"praline/channels/outbound/outboundtest"
)

// TestStorm: ten thousand messages against an app that counts strictly, in
// time that does not pass; make bench does the same on the wall, with Redis.
func TestStorm(t *testing.T) {
	for _, row := range []struct {
		perSecond int
		rate      channels.Rate
		instances int
		moody     int
	}{
		{30, channels.Rate{PerSecond: 29, Burst: 1}, 1, 0},
		{30, channels.Rate{PerSecond: 29, Burst: 1}, 2, 0},
		{50, channels.Rate{PerSecond: 48.5, Burst: 1}, 1, 0},
		{50, channels.Rate{PerSecond: 48.5, Burst: 1}, 2, 0},
		{30, channels.Rate{PerSecond: 29, Burst: 1}, 2, 500},
	} {
		t.Run(fmt.Sprintf("%d a second, %d instances, one in %d refused", row.perSecond, row.instances, row.moody), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ledger := outbound.NewLedger()
				s := outboundtest.Storm{Messages: 10_000, Conversations: 2000, PerSecond: row.perSecond, Rate: row.rate, Answers: 3, Moody: row.moody}
				for range row.instances {
					s.Ledgers = append(s.Ledgers, ledger)
				}
				r := s.Run(t.Context())
				t.Logf("%+v", r)
				if r.Share < 0.95 || r.Again > 0 || len(r.Faults) > 0 || r.Answers < 500 || (r.Refused > 0) != (row.moody > 0) {
					t.Errorf("%+v", r)
				}
				if r.Worst > 1500*time.Millisecond && row.moody == 0 { // else the app may have asked for more
					t.Errorf("%+v", r)
				}
			})
		})
	}
}
