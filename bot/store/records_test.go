package store_test

import (
	"testing"

	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/records"
	"praline/records/recordstest"
)

var _ records.Store = (*store.Store)(nil)

func TestRecords(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) { recordstest.Contract(t, open()) })
}
