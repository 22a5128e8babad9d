#!/usr/bin/env Rscript
# Does the primary test of this trial again, from the tables in primary-test/ alone.
#
# Base R, version 4 or newer; no package. It shares no code with the program that wrote the bundle.
# Prints what it finds beside what the report says; exits with status 1 where a number differs by more
# than 1e-9, and says plainly what it leaves out.

most <- 2^21    # partial assignments with different sums that are held for each half
draws <- 20000
exact_numbers <- c(
  "count", "estimate", "largestEvidence", "anytimeP", "anytimeLower", "anytimeUpper")
not_done <- c("midP", "absoluteLower", "absoluteUpper")

here <- local({
  given <- grep("^--file=", commandArgs(FALSE), value = TRUE)
  if (length(given)) dirname(sub("^--file=", "", given[1])) else "."
})
source(file.path(here, "ranks_and_t.R"))
source(file.path(here, "looks.R"))

# --- What is taken out of the ratings before the arms are compared -------------------------------

independent <- function(columns) {
  kept <- list()
  for (column in columns) {
    size <- sqrt(sum(column^2))
    if (size == 0) next
    rest <- column / size
    for (round in 1:2) for (other in kept) {
      rest <- rest - other * sum(rest * other) / sum(other^2)
    }
    left <- sqrt(sum(rest^2))
    if (left > 1e-9) kept[[length(kept) + 1]] <- rest / left
  }
  do.call(cbind, kept)
}

# P times a series, P = V^-1 - V^-1 X (X'V^-1 X)^-1 X'V^-1 with V the AR(1) correlation of the rows.
adjuster <- function(rows, phi, x) {
  v <- if (phi == 0) diag(length(rows)) else phi^abs(outer(rows, rows, "-"))
  inverse <- solve(v)
  vx <- inverse %*% x
  inverse - vx %*% solve(crossprod(x, vx), t(vx))
}

# Twice the restricted log-likelihood of an AR(1) series with these columns, up to a constant.
restricted <- function(phi, rows, y, x) {
  v <- if (phi == 0) diag(length(rows)) else phi^abs(outer(rows, rows, "-"))
  inverse <- solve(v)
  gram <- t(x) %*% inverse %*% x
  rest <- y - x %*% solve(gram, t(x) %*% inverse %*% y)
  log_of <- function(matrix) as.numeric(determinant(matrix)$modulus)
  -log_of(v) - log_of(gram) - (length(y) - ncol(x)) * log(sum(rest * (inverse %*% rest)))
}

# Whether no other autocorrelation makes the ratings likelier, the arms left out.
is_estimate <- function(test, rows) {
  extra <- lapply(test$columns, function(column) column[rows])
  x <- independent(c(list(rep(1, length(rows))), extra))
  others <- c((-49:49) / 50, test$phi + c(-1e-3, -1e-5, 1e-5, 1e-3))
  y <- test$slots$value[rows]
  best <- restricted(test$phi, rows, y, x)
  all(vapply(others[abs(others) < 1], restricted, 1, rows, y, x) <= best + 1e-9)
}

statistic <- function(test, rows) {
  slots <- nrow(test$slots)
  block <- test$slots$block
  used <- seq_len(slots) %in% rows
  size <- tapply(used, block, sum)
  plain <- is.na(test$phi) && length(test$columns) == 0
  gain <- overlap <- numeric(slots)
  value <- test$slots$value
  observed <- test$slots$observed
  if (plain) {
    for (one in unique(block[rows])) {
      members <- rows[block[rows] == one]
      gain[members] <- value[members] - mean(value[members])
      overlap[members] <- observed[members] - mean(observed[members])
    }
  } else {
    dummies <- lapply(unique(block[rows]), function(one) as.numeric(block[rows] == one))
    extra <- lapply(test$columns, function(column) column[rows])
    p <- adjuster(rows, if (is.na(test$phi)) 0 else test$phi, independent(c(dummies, extra)))
    z <- observed[rows]
    pz <- as.vector(p %*% z)
    square <- sum(z * pz)
    gain[rows] <- as.vector(p %*% value[rows]) / square
    overlap[rows] <- pz / square
  }
  list(
    plain = plain, gain = gain, overlap = overlap, used = used, block = block,
    several = length(unique(block)) > 1,
    size = function(one) { found <- size[as.character(one)]; if (is.na(found)) 0 else found },
    # Sums that differ by less are one sum: above what additions lose, below what parts two sums.
    grain = 1e-13 * max(1e-300, sum(abs(gain))),
    grain_of_overlap = 1e-13 * max(1e-300, sum(abs(overlap))))
}

closing <- function(s, block, active) {
  size <- s$size(block)
  if (size == 0) 0 else active * (size - active) / size
}

# (a, b) of one assignment, or NULL where no block is observed under both arms.
of <- function(s, arms) {
  a <- sum(s$gain[arms == 1])
  b <- sum(s$overlap[arms == 1])
  weight <- 0
  for (one in unique(s$block)) {
    weight <- weight + closing(s, one, sum(arms == 1 & s$used & s$block == one))
  }
  if (weight < 1e-12) return(NULL)
  if (s$plain) c(a, b) / weight else c(a, b)
}

# --- The reference set ----------------------------------------------------------------------------

# The number of ways to the end from each state before each slot; slots count from 1, states from 0.
ways_of <- function(layers) {
  n <- length(layers)
  ways <- vector("list", n + 1)
  ways[[n + 1]] <- rep(1, max(0, layers[[n]]) + 1)
  for (slot in rev(seq_len(n))) {
    after <- ways[[slot + 1]]
    go <- function(target) ifelse(target < 0, 0, after[pmax(target, 0) + 1])
    ways[[slot]] <- go(layers[[slot]][, 1]) + go(layers[[slot]][, 2])
  }
  ways
}

drawn <- function(layers, ways) {
  state <- 0
  arms <- integer(length(layers))
  for (slot in seq_along(layers)) {
    target <- layers[[slot]][state + 1, ]
    share <- ifelse(target < 0, 0, ways[[slot + 1]][pmax(target, 0) + 1])
    arms[slot] <- as.integer(runif(1) * sum(share) >= share[1])
    state <- target[arms[slot] + 1]
  }
  arms
}

# Equal sums become one row: a, b, number.
merged <- function(sums, s) {
  if (nrow(sums) < 2) return(sums)
  a <- round(sums[, 1] / s$grain)
  b <- round(sums[, 2] / s$grain_of_overlap)
  order <- order(a, b)
  new <- c(TRUE, diff(a[order]) != 0 | diff(b[order]) != 0)
  number <- rowsum(sums[order, 3], cumsum(new))
  cbind(sums[order, 1:2, drop = FALSE][new, , drop = FALSE], as.vector(number))
}

# All partial assignments between two borders: a list of groups with the same first and last state, the
# same number under the arm in the open block, and the same weight of closed blocks.
paths <- function(layers, s, from, to, states) {
  current <- lapply(states, function(state) {
    list(first = state, last = state, active = 0, weight = 0, sums = cbind(0, 0, 1))
  })
  for (slot in seq_len(to - from) + from) {
    following <- list()
    ends <- s$several && (slot == length(layers) || s$block[slot + 1] != s$block[slot])
    for (group in current) for (arm in 0:1) {
      target <- layers[[slot]][group$last + 1, arm + 1]
      if (target < 0) next
      active <- group$active + if (s$used[slot]) arm else 0
      weight <- group$weight
      if (ends) {
        weight <- weight + closing(s, s$block[slot], active)
        active <- 0
      }
      sums <- group$sums
      if (arm == 1) {
        sums[, 1] <- sums[, 1] + s$gain[slot]
        sums[, 2] <- sums[, 2] + s$overlap[slot]
      }
      # Rounded only to find its like: what is divided by it must tie where it should.
      key <- paste(group$first, target, active, round(weight, 9))
      known <- following[[key]]
      following[[key]] <- list(
        first = group$first, last = target, active = active, weight = weight,
        sums = if (is.null(known)) sums else rbind(known$sums, sums))
    }
    current <- lapply(following, function(group) {
      group$sums <- merged(group$sums, s)
      group
    })
    if (sum(vapply(current, function(group) nrow(group$sums), 1)) > most) return(NULL)
  }
  current
}

border <- function(layers, s) {
  n <- length(layers)
  places <- seq_len(n - 1)
  if (s$several) places <- places[s$block[places + 1] != s$block[places]]
  if (!length(places)) return(n)
  states <- vapply(places, function(m) nrow(layers[[m + 1]]), 1)
  places[order(states > 1, abs(2 * places - n))[1]]
}

# Every assignment as a first and a second half; NULL where there are too many.
halves <- function(layers, s) {
  n <- length(layers)
  middle <- border(layers, s)
  left <- paths(layers, s, 0, middle, 0)
  if (is.null(left)) return(NULL)
  states <- sort(unique(vapply(left, function(group) as.numeric(group$last), 1)))
  right <- lapply(states, function(state) {
    list(first = state, last = 0, active = 0, weight = 0, sums = cbind(0, 0, 1))
  })
  if (middle < n) right <- paths(layers, s, middle, n, states)
  if (is.null(right)) return(NULL)
  groups <- list()
  undefined <- 0
  for (one in left) for (other in right) {
    if (other$first != one$last) next
    weight <- one$weight + other$weight
    if (!s$several) weight <- weight + closing(s, s$block[1], one$active + other$active)
    if (weight < 1e-9) {
      undefined <- undefined + sum(one$sums[, 3]) * sum(other$sums[, 3])
      next
    }
    groups[[length(groups) + 1]] <- list(
      sums = one$sums, others = other$sums, unit = if (s$plain) 1 / weight else 1)
  }
  list(groups = groups, undefined = undefined)
}

# Assignments with a - tau b at least, and at most, target; ties count for both.
counted <- function(counter, target, tau, tolerance) {
  least <- most <- 0
  for (group in counter$groups) {
    values <- (group$others[, 1] - tau * group$others[, 2]) * group$unit
    order <- order(values)
    values <- values[order]
    below <- c(0, cumsum(group$others[order, 3]))
    rest <- target - (group$sums[, 1] - tau * group$sums[, 2]) * group$unit
    low <- below[findInterval(rest - tolerance, values, left.open = TRUE) + 1]
    high <- below[findInterval(rest + tolerance, values) + 1]
    least <- least + sum(group$sums[, 3] * (below[length(below)] - low))
    most <- most + sum(group$sums[, 3] * high)
  }
  c(least = least, most = most)
}

# --- The test ------------------------------------------------------------------------------------

bound <- function(counter, total, estimate, scale, allowed, side) {
  sign <- if (side == "lower") -1 else 1
  accepted <- function(tau) {
    # Without the effect tau the observed statistic is estimate - tau: b of the real one is 1.
    count <- counted(counter, estimate - tau, tau, 1e-12 * scale)
    found <- if (side == "lower") count[["least"]] else count[["most"]]
    found + counter$undefined > allowed * total * (1 + 1e-12)
  }
  inside <- estimate
  step <- scale
  while (accepted(inside + sign * step)) {
    inside <- inside + sign * step
    step <- step * 2
    if (step > scale * 2^40) return(NA)
  }
  outside <- inside + sign * step
  while (abs(outside - inside) > 1e-12 * scale) {
    middle <- inside + (outside - inside) / 2
    if (accepted(middle)) inside <- middle else outside <- middle
  }
  inside + (outside - inside) / 2
}

# What is found, and the number of draws where the schedules are too many to be counted.
run <- function(test) {
  rows <- which(test$slots$kept == 1 & !is.na(test$slots$value))
  name <- test$statistic
  if (name %in% c("mean-difference", "block-adjusted")) return(linear(test, rows))
  if (!is.na(test$phi) || length(test$columns)) {
    unavailable(paste(name, "after an adjustment is not done again here"))
  }
  count <- ways_of(test$layers)[[1]][1]
  found <- switch(
    name,
    "rank-sum" = rank_sum(test, rows),
    "signed-rank" = signed_rank(test, rows, count),
    studentised = {
      if (rises_with_difference(test, rows)) return(linear(test, rows))
      difference <- of(statistic(test, rows), test$slots$observed)[1]
      studentised(test, rows, count, difference)
    },
    unavailable(paste("the statistic", name, "is not known here")))
  list(found = c(list(count = count), found), draws = NA)
}

# The same, with the bound of a one-sided plan, and with what holds in a trial that was looked at.
answered <- function(test) {
  result <- run(test)
  if (test$sides %in% c("greater", "less") && is.na(result$draws)) {
    end <- if (test$sides == "greater") "lower" else "upper"
    again <- test
    again$level <- 2 * test$level - 1
    # At one half and below nothing is claimed.
    result$found[[if (end == "lower") "plannedLower" else "plannedUpper"]] <-
      if (again$level > 0) run(again)$found[[end]] else NA
  }
  if (!is.null(test$monitoring)) result$found <- c(result$found, looked(test))
  result
}

linear <- function(test, rows) {
  s <- statistic(test, rows)
  ways <- ways_of(test$layers)
  estimate <- of(s, test$slots$observed)[1]
  values <- test$slots$value[rows]
  scale <- max(abs(estimate), diff(range(values)), 1e-300)
  tolerance <- 1e-10 * scale
  counter <- halves(test$layers, s)
  total <- ways[[1]][1]
  count <- total
  exact <- !is.null(counter)
  if (!exact) {
    set.seed(1)
    found <- lapply(seq_len(draws), function(one) of(s, drawn(test$layers, ways)))
    found[[draws + 1]] <- of(s, test$slots$observed)
    known <- do.call(rbind, found)
    counter <- list(
      groups = list(list(sums = cbind(0, 0, 1), others = cbind(known, 1), unit = 1)),
      undefined = length(found) - nrow(known))
    total <- draws + 1
  }
  here <- counted(counter, estimate, 0, tolerance)
  greater <- (here[["least"]] + counter$undefined) / total
  less <- (here[["most"]] + counter$undefined) / total
  absolute <- 1
  if (abs(estimate) > tolerance) {
    there <- counted(counter, -estimate, 0, tolerance)
    far <- if (estimate > 0) there[["most"]] else there[["least"]]
    near <- if (estimate > 0) here[["least"]] else here[["most"]]
    absolute <- (near + far + counter$undefined) / total
  }
  found <- list(
    count = count, estimate = estimate, greater = greater, less = less,
    doubled = min(1, 2 * min(greater, less)), absolute = absolute)
  if (exact) for (side in c("lower", "upper")) {
    found[[side]] <- bound(counter, total, estimate, scale, (1 - test$level) / 2, side)
  }
  list(found = found, draws = if (exact) NA else total)
}

# --- Files ---------------------------------------------------------------------------------------

table_of <- function(number, name, ...) {
  read.csv(
    file.path(here, "primary-test", paste0(number, "-", name, ".csv")), stringsAsFactors = FALSE,
    encoding = "UTF-8", ...)
}

load_test <- function(number) {
  settings <- table_of(number, "settings", colClasses = "character")
  setting <- function(name) settings$value[settings$name == name]
  slots <- table_of(number, "slots")
  layers <- table_of(number, "layers")
  expected <- table_of(number, "expected", colClasses = "character")
  columns <- slots[grepl("^column", names(slots))]
  list(
    name = paste0(
      setting("outcome"), ", ", setting("arm"), " minus ", setting("reference")),
    statistic = setting("statistic"), level = as.numeric(setting("level")), sides = setting("sides"),
    monitoring = if ("monitoringSD" %in% settings$name) list(
      sd = as.numeric(setting("monitoringSD")),
      ends = as.numeric(strsplit(setting("monitoringEnds"), " ")[[1]])),
    phi = suppressWarnings(as.numeric(setting("phi"))),
    estimated = setting("phiIsEstimated") == "1", slots = slots, columns = as.list(columns),
    layers = lapply(seq_len(nrow(slots)), function(slot) {
      as.matrix(layers[layers$slot == slot, c("next0", "next1")])
    }),
    expected = setNames(as.list(expected$value), expected$name))
}

compare <- function(test, found, drawn) {
  failed <- left_out <- 0
  expected <- test$expected
  for (key in setdiff(names(expected), c("method", "standardError"))) {
    value <- suppressWarnings(as.numeric(expected[[key]]))
    if (is.null(found[[key]])) {
      why <- if (key %in% not_done) "not done again here" else "too many schedules to list"
      cat("left out ", test$name, ": ", key, ", ", why, "\n", sep = "")
      left_out <- left_out + 1
      next
    }
    mine <- found[[key]]
    how <- "to 1e-9"
    limit <- 1e-9 * max(1, abs(value), na.rm = TRUE)
    is_share <- key %in% c("greater", "less", "doubled", "absolute")
    if (is_share && !is.na(drawn)) {
      limit <- 10 * sqrt(max(value, 1 / drawn) / drawn)
      how <- paste("within the error of", drawn, "draws")
    } else if (expected$method == "monte-carlo" && !key %in% exact_numbers) {
      if (!is_share) {
        cat("left out ", test$name, ": ", key, ", of which the report says that it was drawn\n", sep = "")
        left_out <- left_out + 1
        next
      }
      limit <- 5 * as.numeric(expected$standardError) + 1e-4
      how <- "within the report's error"
    }
    agrees <- if (is.na(mine) || is.na(value)) is.na(mine) && is.na(value) else {
      abs(mine - value) <= limit
    }
    failed <- failed + !agrees
    cat(sprintf(
      "%-8s %s: %s %s, report %s (%s)\n", if (agrees) "ok" else "DIFFERS", test$name, key,
      format(mine, digits = 16), if (is.na(value)) "none" else expected[[key]], how))
  }
  c(failed, left_out)
}

# How many of the expected numbers do not stand in report.json, to the last digit.
absent <- function(test, report) {
  keys <- setdiff(names(test$expected), c("method", "count", "standardError"))
  failed <- 0
  for (key in keys) {
    text <- sub("\\.0$", "", test$expected[[key]])
    if (nzchar(text) && !grepl(text, report, fixed = TRUE)) {
      failed <- failed + 1
      cat("DIFFERS  ", test$name, ": ", key, " ", text, " does not stand in report.json\n", sep = "")
    }
  }
  failed
}

report <- paste(readLines(file.path(here, "report.json"), warn = FALSE), collapse = "\n")
total <- c(0, 0)
number <- 1
while (file.exists(file.path(here, "primary-test", paste0(number, "-settings.csv")))) {
  test <- load_test(number)
  total <- total + c(absent(test, report), 0)
  if (!is.na(test$phi) && test$estimated) {
    agrees <- is_estimate(test, which(test$slots$kept == 1 & !is.na(test$slots$value)))
    total <- total + c(!agrees, 0)
    cat(sprintf(
      "%-8s %s: phi %s is the likeliest, by restricted likelihood\n",
      if (agrees) "ok" else "DIFFERS", test$name, format(test$phi, digits = 16)))
  }
  if (!is.null(test$monitoring)) {
    cat("looked at ", test$name, ": the answer is anytimeP with anytimeLower to anytimeUpper\n", sep = "")
  }
  result <- tryCatch(answered(test), unavailable = function(why) {
    cat("left out ", test$name, ": ", why$message, "\n", sep = "")
    NULL
  })
  total <- total + if (is.null(result)) c(0, 1) else {
    compare(test, result$found, result$draws)
  }
  number <- number + 1
}
if (total[1] > 0) {
  cat(total[1], "numbers differ from the report\n")
  quit(status = 1)
}
if (number == 1) {
  has_test <- grepl('"doubled"', report, fixed = TRUE)
  cat(if (has_test) "primary-test/ is missing, and report.json has a test: nothing was done again\n" else {
    "the report has no randomization test: there is nothing to do again\n"
  })
  quit(status = if (has_test) 1 else 0)
}
cat(if (total[2] == 0) "the primary result follows from this bundle\n" else {
  paste0("what was done again agrees; ", total[2], " left out\n")
})
