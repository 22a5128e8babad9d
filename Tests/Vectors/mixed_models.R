# Mixed models of small simulated sets, by lme4, lmerTest and pbkrtest:
#   Rscript mixed_models.R mixed-models.json
# and of the citizen-science study, where its table is at hand:
#   Rscript mixed_models.R citizen-science-models.json citizen-science-weeks.csv
#
# Variances are searched to 1e-12 and not to lme4's default, which ends some 1e-8 before the minimum.
suppressMessages({library(lmerTest); library(jsonlite)})
control <- lmerControl(
  optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12, maxfun = 100000),
  check.conv.singular = "ignore")
versions <- c(
  R = paste(R.version$major, R.version$minor, sep = "."),
  sapply(c("lme4", "lmerTest", "pbkrtest"), function(p) as.character(packageVersion(p))))

# Estimate, standard error, degrees of freedom, t, lower, upper, p of each row of L.
lines <- function(fit, L, ddf) {
  L <- as.matrix(L)
  unname(as.matrix(do.call(rbind, lapply(seq_len(nrow(L)), function(i)
    as.data.frame(contest(fit, L[i, ], joint = FALSE, ddf = ddf, confint = TRUE))))))
}
described <- function(fit, L, reml = TRUE) {
  variances <- as.data.frame(VarCorr(fit))$vcov
  list(
    personVariance = variances[1], residualVariance = variances[2],
    deviance = if (reml) REMLcrit(fit) else -2 * as.numeric(logLik(fit)),
    satterthwaite = lines(fit, L, "Satterthwaite"),
    kenwardRoger = if (reml) lines(fit, L, "Kenward-Roger") else NULL)
}
written <- function(object, path) {
  object <- c(list(by = "Tests/Vectors/mixed_models.R"), object)
  write(toJSON(object, digits = NA, auto_unbox = TRUE, null = "null"), path)
}

simulated <- function(seed, sizes, between, within, effect, offset = 0, taken = 0) {
  set.seed(seed)
  person <- rep(seq_along(sizes), sizes)
  n <- length(person)
  active <- rbinom(n, 1, 0.5)
  guess <- rbinom(n, 1, ifelse(active == 1, 0.7, 0.4))
  age <- round(rnorm(length(sizes), 40, 10))[person]
  y <- offset + effect * active + 0.5 * guess + 0.02 * age +
    rnorm(length(sizes), 0, between)[person] + rnorm(n, 0, within)
  # Persons are made more alike than chance would, so that the variance between them is 0.
  y <- y - taken * (ave(y, person) - mean(y))
  list(person = person, active = active, guess = guess, age = age, y = round(y, 6))
}

arguments <- commandArgs(TRUE)
if (length(arguments) == 1) {
  sets <- list(
    balanced = simulated(1, rep(3, 10), 1, 1, 1),
    unbalanced = simulated(2, c(1, 1, 1, 2, 2, 3, 4, 4, 5, 6, 7), 1.5, 1, 0.5),
    boundary = simulated(3, rep(4, 9), 0, 1, 0.5, taken = 0.9),
    alike = simulated(4, rep(c(2, 3, 4), 4), 10, 0.5, 1),
    noisy = simulated(5, rep(c(1, 4), 8), 0.4, 3, 2),
    offset = simulated(6, rep(c(2, 5), 6), 2, 1, -1, offset = 30000))
  models <- c("active", "active + guess", "active * guess", "active + age")
  out <- lapply(sets, function(set) {
    data <- as.data.frame(set)
    fits <- list()
    for (reml in c(TRUE, FALSE)) for (model in models) {
      fit <- lmer(
        as.formula(paste("y ~", model, "+ (1 | person)")), data, REML = reml, control = control)
      fits[[paste(if (reml) "restricted" else "full", model)]] <-
        described(fit, diag(length(fixef(fit))), reml)
    }
    list(data = set, models = fits)
  })
  written(list(versions = as.list(versions), sets = out), arguments[1])
} else {
  data <- read.csv(arguments[2], na.strings = "")
  data$condition <- relevel(factor(data$condition), ref = "placebo")
  data$guess <- relevel(factor(data$guess), ref = "placebo")
  outcomes <- setdiff(names(data), c("person", "week", "timepoint", "condition", "guess"))
  models <- list(
    without = list("condition", diag(2)),
    with = list("condition + guess", diag(3)),
    # Active minus placebo where placebo, and active, was guessed; the guess under both; difference.
    groups = list(
      "condition * guess",
      rbind(c(0, 1, 0, 0), c(0, 1, 0, 1), c(0, 0, 1, 0), c(0, 0, 1, 1), c(0, 0, 0, 1))))
  out <- lapply(setNames(outcomes, outcomes), function(outcome) {
    rows <- data[!is.na(data[[outcome]]), ]
    lapply(models, function(model) {
      fit <- lmer(
        as.formula(paste(outcome, "~", model[[1]], "+ (1 | person)")), rows, control = control)
      described(fit, model[[2]])
    })
  })
  written(list(versions = as.list(versions), outcomes = out), arguments[1])
}
