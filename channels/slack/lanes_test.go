package slack

import (
	"testing"
	"time"
)

// TestLanes: who gives up waiting lets nobody pass before their turn.
func TestLanes(t *testing.T) {
	var l lanes
	_, leaveFirst := l.enter("a")
	_, leaveSecond := l.enter("a")
	third, leaveThird := l.enter("a")
	left := make(chan struct{})
	go func() { leaveSecond(); close(left) }() // gives up
	if other, leave := l.enter("b"); true {
		<-other // nobody is before
		leave()
	}
	select {
	case <-third:
		t.Error("the third passed while the first is at work")
	case <-left:
		t.Error("the second left before its turn")
	case <-time.After(20 * time.Millisecond):
	}
	leaveFirst()
	<-third
	leaveThird()
	<-left
	if len(l.last) > 0 {
		t.Errorf("%d lanes are left", len(l.last))
	}
}
