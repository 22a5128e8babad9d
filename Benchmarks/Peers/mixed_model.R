# Processor time in milliseconds of lme4's fit alone, and of it with Satterthwaite's degrees of freedom by
# lmerTest; then the coefficients:
#   Rscript mixed_model.R "active + guess" rows.csv
suppressMessages(library(lmerTest))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[2])
formula <- as.formula(paste("y ~", arguments[1], "+ (1 | person)"))
milliseconds <- function(body, times = 20)
  1000 * system.time(for (i in seq_len(times)) body())[["user.self"]] / times
alone <- milliseconds(function() lme4::lmer(formula, data))
whole <- milliseconds(function() coef(summary(lmer(formula, data))))
cat(alone, whole, format(fixef(lmer(formula, data)), digits = 16), "\n")
