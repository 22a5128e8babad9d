# What can be made here: `make` lists it.
PREFIX ?= /usr/local
SEED ?= 5
JOBS ?= 2
SECONDS ?= 60
SWIFT ?= swift
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
NEEDED := libcrypto sqlite3 libqrencode zbar libturbojpeg libpng
DEBIAN := libssl-dev libsqlite3-dev libqrencode-dev libzbar-dev libturbojpeg0-dev libpng-dev \
  pkg-config
# The Swift runtime inside, so that the installed program needs no toolchain; without symbols.
STANDALONE := -c release --static-swift-stdlib -Xlinker -s
RELEASE = $(shell $(SWIFT) build -c release --show-bin-path)

.PHONY: help demo test lint arrows examples finished-trial picture reports benchmarks cost calibration \
  fuzz tamper leak-hunt browser-tests checkin-tests serve-benchmark guide-pictures sanitize manual \
  engines documentation install uninstall packages clean

help:
	@echo "make demo                a whole simulated trial in ./demo, from new to verify"
	@echo "make test                every test"
	@echo "make install PREFIX=DIR  the binary, completions for bash, zsh and fish, the man page"
	@echo "make lint arrows         the format, and the imports that must not exist"
	@echo "make examples            the example programs and the finished trial"
	@echo "make reports             reports of simulated trials, read, printed, reproduced by programs"
	@echo "make benchmarks          time, memory and fsync counts against their limits"
	@echo "make cost                what an analysis costs, its picture, and scipy in the same run"
	@echo "make fuzz SECONDS=60     each reader of outside bytes under libFuzzer, so long each"
	@echo "make tamper              every byte and line of a finished trial changed, one at a time"
	@echo "make leak-hunt TRIALS=512  whether anything that the blind phase shows tells an arm; two hours"
	@echo "make browser-tests       the packer's pages in a real browser, sheets and photographs of labels"
	@echo "make checkin-tests       the participant's pages: days in a browser, kill -9, bad requests"
	@echo "make serve-benchmark     64 clients at once, the disk's own fsync beside it, memory"
	@echo "make engines             lines of trials on Dask and on Spark, a worker of each killed in the middle"
	@echo "make sanitize            the tests again under the address sanitizer"
	@echo "make calibration         size, coverage and posterior by simulation; some minutes"
	@echo "make finished-trial picture manual   renew what is generated from the program"
	@echo "make clean"

# Asks apt-get only for what pkg-config does not know, and only where there is an apt-get.
packages:
	@if pkg-config --exists $(NEEDED) 2>/dev/null; then :; \
	elif command -v apt-get >/dev/null; then \
	  $(SUDO) apt-get update -q && \
	  $(SUDO) apt-get install -y -q --no-install-recommends $(DEBIAN); \
	else echo "please install with their headers: $(NEEDED)" >&2; exit 1; fi

demo: packages
	@$(SWIFT) build -q -j $(JOBS) --product selfblind
	@rm -rf demo
	@$(SWIFT) run -q --skip-build selfblind demo --output demo --seed $(SEED)

test: packages
	$(SWIFT) test -j $(JOBS) --disable-xctest

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Examples Benchmarks Package.swift

arrows: packages
	$(SWIFT) build -j $(JOBS) --build-tests --explicit-target-dependency-import-check error

examples: packages
	JOBS=$(JOBS) Examples/run

# Made again whenever a format or the report changes; verify compares every byte.
finished-trial: packages
	@$(SWIFT) build -q -j $(JOBS) --product selfblind
	rm -rf Examples/finished-trial
	@$(SWIFT) run -q --skip-build selfblind demo --output Examples/finished-trial --seed 5

# The picture in the README, from the finished trial; needs chromium.
picture:
	chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size=900,1295 \
	  --screenshot="$(CURDIR)/Documentation/Images/report.png" \
	  "file://$(CURDIR)/Examples/finished-trial/report.html"

# Schema, numbers, reading, accessibility, layout, printed pages, bundles; pictures in .build/reports.
reports: packages
	JOBS=$(JOBS) Tests/Reports/run

benchmarks: packages
	$(SWIFT) build -q -j $(JOBS) $(STANDALONE) --product selfblind
	$(SWIFT) run -q -c release --package-path Benchmarks Benchmarks "$(RELEASE)/selfblind"
	$(SWIFT) build -q -j $(JOBS) $(STANDALONE) --product seal-benchmarks
	"$(RELEASE)/seal-benchmarks"

# Figures of a long run are in Documentation/Design/blind.md.
fuzz: packages
	JOBS=$(JOBS) Tests/Fuzz/run $(SECONDS)

# TRIAL is a kind (alone, witnessed, timelock) or a folder, FILES how the names of files begin.
tamper: packages
	$(SWIFT) build -q -j $(JOBS) $(STANDALONE) --product tamper
	"$(RELEASE)/tamper" $(TRIAL) $(FILES)

# Trials that are really run, half as many of three arms; figures are in Documentation/Design/blind.md.
TRIALS ?= 512
leak-hunt: packages
	$(SWIFT) build -q -j $(JOBS) $(STANDALONE) --product selfblind
	$(SWIFT) build -q -j $(JOBS) $(STANDALONE) --product leak-hunt
	"$(RELEASE)/leak-hunt" "$(RELEASE)/selfblind" $(TRIALS) $(SEED)

# How many photographs of each kind are taken; results are in Documentation/Specifications/labels.md.
PHOTOGRAPHS ?= 150
PHOTOGRAPH_SEED ?= 2031
browser-tests: packages
	JOBS=$(JOBS) Tests/Browser/run $(PHOTOGRAPHS) $(PHOTOGRAPH_SEED)

# The days of a trial in a real browser, forms during which the server is killed, and bad requests.
DAYS ?= 28
POSTS ?= 500
REQUESTS ?= 10000
checkin-tests: packages
	JOBS=$(JOBS) Tests/Browser/run-daily $(DAYS) $(POSTS) $(REQUESTS)

serve-benchmark: packages
	$(SWIFT) build -q -j $(JOBS) $(STANDALONE) --product selfblind
	Benchmarks/Serve/run "$(RELEASE)/selfblind" $(SECONDS)

# Dask and Spark on this machine, in an environment of its own; Spark needs a Java runtime.
ENGINES := .build/engines
engines: packages
	$(SWIFT) build -q -j $(JOBS) --product selfblind
	test -x $(ENGINES)/bin/pip || python3 -m venv $(ENGINES)
	$(ENGINES)/bin/pip install -q -r Examples/many-trials/requirements.txt
	$(ENGINES)/bin/python Examples/dask/test_map.py "$$($(SWIFT) build --show-bin-path)/selfblind"
	$(ENGINES)/bin/python Examples/spark/test_map.py "$$($(SWIFT) build --show-bin-path)/selfblind"

# The pictures of the guide, from the newest run of browser-tests.
guide-pictures:
	.build/browser/bin/python Tests/Browser/pictures.py .build/browser-pages Documentation/Images

# The test runner itself leaks; what is looked for is reading and writing outside of memory. The leak
# hunt's tests are left out: they search a process's memory, and a sanitized one has terabytes.
sanitize: packages
	SELFBLIND_SANITIZED=1 ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test -j $(JOBS) --disable-xctest --sanitize=address \
	  --scratch-path .build-sanitize --skip '^LeakHuntTests\.' $(if $(FILTER),--filter '$(FILTER)')

# Time and memory of the analyses, case by case, and the picture of them; then the same trials in
# scipy, in an environment of its own below .build.
PEERS := .build/peers
cost: packages
	$(SWIFT) build -q -j $(JOBS) -c release --product cost
	"$(RELEASE)/cost" > Benchmarks/cost.csv
	"$(RELEASE)/cost" --picture Benchmarks/cost.csv Documentation/Images/cost.svg
	test -x $(PEERS)/bin/python || python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install -q -r Benchmarks/Peers/requirements.txt
	"$(RELEASE)/cost" --peers $(PEERS)/bin/python Benchmarks/Peers/permutation_test.py
	"$(RELEASE)/cost" --posterior
	"$(RELEASE)/cost" --pooling
	"$(RELEASE)/cost" --mixed $$(Rscript -e 'library(lmerTest)' >/dev/null 2>&1 \
	  && echo Rscript Benchmarks/Peers/mixed_model.R)
	"$(RELEASE)/cost" --planning $(PEERS)/bin/python Benchmarks/Peers/planning.py

# The tables of Documentation/Design/statistics.md.
calibration: packages
	$(SWIFT) run -q -j $(JOBS) -c release calibration

# The man page, from the command line's own help; an empty line would be a fault in it.
manual: packages
	$(SWIFT) package plugin --allow-writing-to-package-directory generate-manual \
	  --configuration debug --date 2026-01-01
	sed 's/^$$/.Pp/' .build/plugins/GenerateManual/outputs/selfblind/selfblind.1 \
	  > Documentation/selfblind.1

# The reference pages of the three products, below .build/documentation.
documentation: packages
	mkdir -p .build/documentation
	for target in TrialJournal TrialArchive selfblind; do \
	  $(SWIFT) package --allow-writing-to-directory .build/documentation \
	    generate-documentation --target $$target \
	    --output-path .build/documentation/$$target || exit 1; \
	done

install: packages
	$(SWIFT) build -q -j $(JOBS) $(STANDALONE) --product selfblind
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -m 755 "$(RELEASE)/selfblind" "$(DESTDIR)$(PREFIX)/bin/selfblind"
	"$(RELEASE)/selfblind" --generate-completion-script bash \
	  > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/selfblind"
	"$(RELEASE)/selfblind" --generate-completion-script zsh \
	  > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_selfblind"
	"$(RELEASE)/selfblind" --generate-completion-script fish \
	  > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/selfblind.fish"
	install -m 644 Documentation/selfblind.1 "$(DESTDIR)$(PREFIX)/share/man/man1/selfblind.1"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/selfblind" "$(DESTDIR)$(PREFIX)/share/man/man1/selfblind.1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/selfblind" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_selfblind" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/selfblind.fish"

clean:
	rm -rf .build .build-* demo Examples/RecorderOnly/.build Examples/CompareDesigns/.build \
	  Benchmarks/.build
