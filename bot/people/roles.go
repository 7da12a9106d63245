package people

import "slices"

// Role is what a person is in their organisation. Everybody is a learner.
type Role string

// The roles.
const (
	Learner       Role = "learner"
	Trainer       Role = "trainer"
	Reviewer      Role = "reviewer"
	Manager       Role = "manager"
	Administrator Role = "administrator"
)

// Roles are all roles, in the order in which tables show them.
var Roles = []Role{Learner, Trainer, Reviewer, Manager, Administrator}

// Action is something that not everybody may do.
type Action string

// The actions, in the order in which tables show them.
const (
	Learn              Action = "learn"              // the chat, one's own data, what one's manager sees, one's badges
	SignFacts          Action = "sign-facts"         // of a lesson, by whom its trainer asked
	SeeCatalogue       Action = "see-catalogue"      // series as they are taught, in the console
	WriteSeries        Action = "write-series"       // drafts, uploads, other formats in and out
	ReviewSeries       Action = "review-series"      // comments, approval, publishing, going back
	SeeQuestions       Action = "see-questions"      // how questions do, from five people on
	AnswerLearners     Action = "answer-learners"    // "ask a trainer"
	RunSurveys         Action = "run-surveys"        //
	ScheduleCampaigns  Action = "schedule-campaigns" //
	SponsorCampaigns   Action = "sponsor-campaigns"  // a sentence, and protected minutes
	SeeTeams           Action = "see-teams"          // the digest of the teams that one manages
	DeclareCompulsory  Action = "declare-compulsory" //
	SeeCompletions     Action = "see-completions"    // "done / not yet" of compulsory training
	ManagePeople       Action = "manage-people"      // roster, roles, invitations, leaving
	ManageOrganisation Action = "manage-organisation"
	SeeAudit           Action = "see-audit"
)

// Actions are all actions.
var Actions = []Action{
	Learn, SignFacts, SeeCatalogue, WriteSeries, ReviewSeries, SeeQuestions, AnswerLearners, RunSurveys, ScheduleCampaigns,
	SponsorCampaigns, SeeTeams, DeclareCompulsory, SeeCompletions, ManagePeople, ManageOrganisation, SeeAudit,
}

// table says which roles may do what; docs/roles.md shows it.
var table = map[Action][]Role{
	Learn:              Roles,
	SignFacts:          Roles,
	SeeCatalogue:       {Trainer, Reviewer, Manager, Administrator},
	WriteSeries:        {Trainer},
	ReviewSeries:       {Reviewer},
	SeeQuestions:       {Trainer, Reviewer},
	AnswerLearners:     {Trainer},
	RunSurveys:         {Trainer},
	ScheduleCampaigns:  {Trainer, Administrator},
	SponsorCampaigns:   {Manager},
	SeeTeams:           {Manager},
	DeclareCompulsory:  {Administrator},
	SeeCompletions:     {Manager, Administrator},
	ManagePeople:       {Administrator},
	ManageOrganisation: {Administrator},
	SeeAudit:           {Administrator},
}

// May says whether a role may do an action.
func May(role Role, action Action) bool { return slices.Contains(table[action], role) }

// Actor is who acts, in the console or by a command: a person of one
// organisation, and of no other.
type Actor struct {
	Org    string
	Person string // Person.ID; "" for a command of the server's own administrator
	Name   string
	Lang   string
	Roles  []Role
	Teams  []string // that they manage
}

// May says whether the actor may do an action.
func (a Actor) May(action Action) bool {
	return slices.ContainsFunc(a.Roles, func(r Role) bool { return May(r, action) })
}

// ManagesTeam says whether a team is one that the actor may see figures of:
// one that they manage; any, for whoever runs the server.
func (a Actor) ManagesTeam(team string) bool {
	return a.Person == "" || a.May(SeeTeams) && slices.Contains(a.Teams, team)
}
