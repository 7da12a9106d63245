// Command praline is the whole product in one binary: `praline` (or `praline
// serve`) runs the bot; the other subcommands check and preview series, look
// after people's data, and say what this binary is. `praline --help` lists all
// flags with the environment variable of each.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	_ "time/tzdata" // zones on machines that have none

	"github.com/alecthomas/kong"

	"praline/scheduler"
)

// Exit codes.
const (
	exitDone  = 0
	exitFound = 1 // something is wrong with the input
	exitUsage = 2 // used wrongly
)

// commands are the subcommands, a file each.
type commands struct {
	Serve    serveCommand    `cmd:"" default:"withargs" help:"Run the bot (this is what praline alone does)."`
	Check    checkCommand    `cmd:"" help:"Check series: every fault as file:line, and advice."`
	Publish  publishCommand  `cmd:"" help:"Publish series of an organisation, list them, go back to a former version."`
	Preview  previewCommand  `cmd:"" help:"Show lessons as learners see them, in the terminal or on a page."`
	Doctor   doctorCommand   `cmd:"" help:"Look at how Praline is set up, and say what is missing or wrong and how to mend it."`
	Slack    slackCommand    `cmd:"" help:"Help to set Slack up."`
	Teams    teamsCommand    `cmd:"" help:"Help to set Microsoft Teams up."`
	Badge    badgeCommand    `cmd:"" help:"Verify a badge that somebody shows, and name the key that signs here."`
	People   peopleCommand   `cmd:"" help:"Who belongs to an organisation: roster, teams, roles, invitations."`
	Report   reportCommand   `cmd:"" help:"Figures of questions and of teams; none of them names anybody."`
	Campaign campaignCommand `cmd:"" help:"Schedule campaigns: forecast, launch, change, pause, extend, stop."`
	Audit    auditCommand    `cmd:"" help:"Verify and read the audit log."`
	Import   importCommand   `cmd:"" help:"Bring a file of another format (GIFT, Moodle XML, XLSX, CSV, Aiken, a zip) into a draft."`
	Export   exportCommand   `cmd:"" help:"Take a series along in another format."`
	Data     dataCommand     `cmd:"" help:"Export, erase, and forget what is too old."`
	Version  versionCommand  `cmd:"" help:"Say what this binary is."`
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is main with everything given, and returns the exit code.
func run(arguments []string, out, errs io.Writer) int {
	unsetEmpty()
	var all commands
	exit := -1
	parser, err := kong.New(&all,
		kong.Name("praline"),
		kong.Description("Bite-sized lessons and quizzes, in the chat app that is already open."),
		kong.Writers(out, errs),
		kong.UsageOnError(),
		kong.Vars{"employers": strings.Join(scheduler.Employers(), ", ")},
		kong.Exit(func(code int) { exit = code }),
		kong.BindTo(out, (*io.Writer)(nil)),
	)
	if err != nil {
		fmt.Fprintln(errs, "praline:", err)
		return exitUsage
	}
	context, err := parser.Parse(arguments)
	if exit >= 0 { // --help
		if len(arguments) == 1 { // of praline alone: its settings are those of serve
			fmt.Fprintln(out)
			return run([]string{"serve", arguments[0]}, out, errs)
		}
		return exit
	}
	if err != nil {
		fmt.Fprintf(errs, "praline: %v\nRun \"praline --help\" to see what there is.\n", err)
		return exitUsage
	}
	return code(context.Run(), errs)
}

// code is how a subcommand's error ends the process.
func code(err error, errs io.Writer) int {
	var found foundError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &found):
		if found.words != "" {
			fmt.Fprintln(errs, "praline:", found.words)
		}
		return exitFound
	}
	fmt.Fprintln(errs, "praline:", err)
	return exitUsage
}

// foundError says that the input is wrong (exit 1); its words were said already
// where they are empty.
type foundError struct{ words string }

func (e foundError) Error() string { return e.words }

// unsetEmpty makes an empty variable count as one that is not set.
func unsetEmpty() {
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		ours := slices.ContainsFunc(variables, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
		if ours && value == "" {
			os.Unsetenv(name)
		}
	}
}
