package console

func (c *Console) homePages() []page {
	return []page{{"GET /console", "", c.home}}
}

// home is what waits for the visitor.
func (c *Console) home(v *visit) error { return v.draw("home", "console.nav-home", nil) }
