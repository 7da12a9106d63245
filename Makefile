# All that one can do here. `make` alone says it.

.DEFAULT_GOAL := help
.PHONY: help run test check lint race long bench fuzz properties kills life pages build cross screenshots tools clean

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
LDFLAGS := -s -w -X main.stamp=$(VERSION)
TOOL := go tool -modfile=tools/go.mod
export CGO_ENABLED = 0

help: ## what one can do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: ## run the bot with the series that ship
	go run ./cmd/praline

test: tools ## everything that must hold: format, vet, lint, arrows, series, tests (what CI runs)
	./.ci/steps

check: ## the checker over the series that ship
	go run ./cmd/praline check --strict series/*/

lint: tools ## format, vet, staticcheck
	./.ci/steps lint

race: tools ## all tests with the race detector
	CGO_ENABLED=1 go test -race -parallel 4 ./...

long: tools ## what takes longer: fuzzing, properties, kills, benchmarks; ends by itself
	$(MAKE) fuzz properties kills life pages bench

fuzz: ## ten minutes of fuzzing, shared by all targets
	./.ci/fuzz 10m

properties: ## the properties of the gate, memory and any learner's life, thirty times as long as in make test
	go test -count=1 -timeout 30m -rapid.checks=3000 -run 'Any|Propert|Gate|Minute|Through' ./bot ./bot/learner ./scheduler ./scheduler/recall

kills: ## 200 kill -9 during a scripted learner's month, on the file and on Redis
	PRALINE_KILLS=200 go test -count=1 -timeout 30m -run 'TestKills' -v ./cmd/praline

pages: tools ## every page of the console in both languages, on four screens, with axe; a thousand attacks on figures
	PRALINE_PAGES=all go test -count=1 -timeout 20m -run Browser ./bot/console
	go test -count=1 -run 'Thousand|Nobodys' ./bot/report

life: tools ## the life of an organisation, from the first administrator to a badge that verifies, on Redis and on the file
	PRALINE_REQUIRE_TOOLS=1 go test -count=1 -timeout 20m -run '^TestOrganisation$$' -v ./cmd/praline

bench: tools ## the figures of docs/performance.md, on this machine
	./.ci/bench

build: ## bin/praline, static and stamped
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/praline ./cmd/praline

cross: ## bin/ for linux, windows and darwin
	@for target in linux/amd64 linux/arm64 windows/amd64 darwin/arm64; do \
		os=$${target%/*}; arch=$${target#*/}; ext=; [ $$os = windows ] && ext=.exe; \
		echo "  $$target"; GOOS=$$os GOARCH=$$arch go build -trimpath -ldflags '$(LDFLAGS)' -o bin/praline-$$os-$$arch$$ext ./cmd/praline || exit 1; \
	done; ls -l bin

screenshots: tools ## a week of one learner's life and an organisation's month in a real browser, and Teams in its emulator: docs/screenshots
	PRALINE_SCREENSHOTS=$(CURDIR)/docs/screenshots go test -count=1 -timeout 40m -parallel 1 -run 'TestWeek|TestEmulator|TestOrganisation' -v ./cmd/praline

tools: ## install or build what the tests need (Debian: redis-server, chromium, npm)
	./.ci/tools

clean: ## remove what was built
	rm -rf bin .tools
