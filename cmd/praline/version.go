package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
)

// stamp is set at build time by -ldflags "-X main.stamp=v1.2.3".
var stamp string

type versionCommand struct{}

// Run prints what this binary is.
func (versionCommand) Run(out io.Writer) error {
	fmt.Fprintf(out, "praline %s (%s, %s/%s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// version is the stamp, else what Go knows of the commit.
func version() string {
	if stamp != "" {
		return stamp
	}
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return "development"
	}
	revision, modified := "", ""
	for _, s := range build.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = "+changes"
		}
	}
	if revision == "" {
		return "development"
	}
	return "development-" + revision + modified
}
