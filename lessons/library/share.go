package library

import (
	"context"

	"praline/lessons"
)

func (l *Library) taught(ctx context.Context, org string) ([]*lessons.Series, error) { return nil, nil }
