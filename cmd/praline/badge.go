package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"praline/bot/recognition"
)

// badgeCommand is about badges. Nothing here lists who has one.
type badgeCommand struct {
	Verify badgeVerify `cmd:"" help:"Verify a badge that somebody shows; asks no other machine."`
	Issuer badgeIssuer `cmd:"" help:"Name the key that signs badges here, for others to compare with."`
}

type badgeVerify struct {
	File   string `arg:"" help:"The badge as it was received: .json or .svg."`
	Issuer string `help:"The key that should have signed (did:key:…), from \"praline badge issuer\" of who gave it."`
	Name   string `help:"The name of whose badge it should be."`
	JSON   bool   `name:"json" help:"Say it in JSON."`
}

// verdict is what verifying found, in JSON.
type verdict struct {
	recognition.Verified
	Expected *bool `json:"expected_issuer,omitempty"` // with --issuer
	Theirs   *bool `json:"name_fits,omitempty"`       // with --name
}

// Run verifies a badge.
func (c *badgeVerify) Run(out io.Writer) error {
	file, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w: give the path of the badge", c.File, err)
	}
	v, err := recognition.Verify(file)
	if err != nil {
		return foundError{fmt.Sprintf("%s: %v", c.File, err)}
	}
	found := verdict{Verified: v}
	var wrong error
	if c.Issuer != "" {
		same := v.Issuer == c.Issuer
		if found.Expected = &same; !same {
			wrong = foundError{fmt.Sprintf("%s: the signature fits, but it is another's key than --issuer: ask who gave it for their \"praline badge issuer\"", c.File)}
		}
	}
	if c.Name != "" {
		theirs := v.Is(c.Name)
		if found.Theirs = &theirs; !theirs && wrong == nil {
			wrong = foundError{fmt.Sprintf("%s: the badge is true, but it is not %s's: compare the spelling of the name", c.File, c.Name)}
		}
	}
	if c.JSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(found); err != nil {
			return err
		}
		return wrong
	}
	if wrong != nil {
		return wrong
	}
	fmt.Fprintf(out, "%s: true\n  series        %s, version %s\n  given by      %s, %s\n  for           %s\n  signed by     %s\n",
		c.File, v.Title, v.Version, v.Organisation, v.At.Format("2006-01-02"), v.Criteria, v.Issuer)
	if c.Name != "" {
		fmt.Fprintf(out, "  whose         %s\n", c.Name)
	}
	if c.Issuer == "" {
		fmt.Fprintln(out, "The signature fits that key. That the key is the organisation's you learn from the organisation: --issuer compares.")
	}
	return nil
}

type badgeIssuer struct {
	storeFlags
	JSON bool `name:"json" help:"Say it in JSON."`
}

// Run names the key that signs.
func (c *badgeIssuer) Run(out io.Writer) error {
	body, err := json.Marshal(c.JSON)
	if err != nil {
		return err
	}
	return c.with(context.Background(), out, adminRequest{Do: "badge issuer", Body: body})
}

func sayIssuer(a administration, _ context.Context, body json.RawMessage, out io.Writer) error {
	issuer, err := a.house.recognition.Issuer()
	if err != nil {
		return err
	}
	if string(body) == "true" {
		return json.NewEncoder(out).Encode(map[string]string{"issuer": issuer})
	}
	_, err = fmt.Fprintln(out, issuer)
	return err
}
