package bot_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/lessons"
	"praline/scheduler/queue"
)

// damagedStore cannot read one learner.
type damagedStore struct {
	*memory
	damaged learner.ID
}

func (s damagedStore) Load(ctx context.Context, ids ...learner.ID) ([]learner.Record, error) {
	records, err := s.memory.Load(ctx, ids...)
	for i, id := range ids {
		if id == s.damaged {
			records[i] = learner.Record{Learner: learner.Learner{ID: id}, Damaged: errors.New("cannot be read")}
		}
	}
	return records, err
}

// One learner who cannot be read keeps nobody else from being written to.
func TestADamagedLearnerIsPassedOver(t *testing.T) {
	s := newMemory()
	c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
	stepReady(c, "fr")
	healthy := c.learner()
	c.bot.Store = damagedStore{memory: s, damaged: "damaged"}
	said := len(c.app.talk("ann").shown)
	settled, err := c.bot.Push(context.Background(), healthy.Push.Next.Add(time.Second), []queue.Hint{{Learner: "damaged"}, {Learner: string(healthy.ID)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range settled {
		if x.Hint.Learner == "damaged" {
			t.Errorf("the damaged learner is settled: nobody would look again")
		}
	}
	if after := c.learner(); after.Push.Last.IsZero() || len(c.app.talk("ann").shown) == said {
		t.Errorf("the healthy learner was not written to: %+v", after.Push)
	}
	if _, err := c.bot.Handle(context.Background(), c.now, channels.Event{Kind: channels.Said, Channel: "chat", Conversation: "ann", ID: "x", Text: "aide"}); err != nil {
		t.Errorf("the healthy learner is not answered: %v", err)
	}
}
