# Ranks and studentised differences, for reproduce.R.
#
# Each statistic is worked out from its definition for every assignment of the reference set: rank sums and
# signed ranks by counting paths with equal sums, in whole units; t values by listing the assignments. Where
# t rises with the difference under every assignment, reproduce.R's own count serves.

most_listed <- 2^19

unavailable <- function(why) {
  stop(structure(class = c("unavailable", "error", "condition"), list(message = why, call = NULL)))
}

# The smallest power of ten that makes every rating a whole number.
unit_of <- function(values) {
  for (digits in 0:12) if (all(abs(values * 10^digits - round(values * 10^digits)) < 1e-6)) break
  10^digits
}

# Counts of sums, as two parallel vectors; equal sums become one.
tally <- function(sum, number) {
  order <- order(sum)
  sum <- sum[order]
  new <- c(TRUE, diff(sum) != 0)
  list(sum = sum[new], number = as.vector(rowsum(number[order], cumsum(new))))
}

tails_of <- function(counts, own, undefined) {
  at <- function(which) undefined + sum(counts$number[which])
  list(
    total = undefined + sum(counts$number), greater = at(counts$sum >= own),
    less = at(counts$sum <= own), absolute = at(abs(counts$sum) >= abs(own)))
}

members_of <- function(test, rows) unname(split(rows, test$slots$block[rows]))

# --- Rank sums ------------------------------------------------------------------------------------

counted_sums <- function(test, rows, gain) {
  n <- nrow(test$slots)
  block <- test$slots$block
  used <- seq_len(n) %in% rows
  size <- tapply(used, block, sum)
  current <- list(list(state = 0, active = 0, known = FALSE, sum = 0, number = 1))
  for (slot in seq_len(n)) {
    ends <- slot == n || block[slot + 1] != block[slot]
    following <- list()
    for (group in current) for (arm in 0:1) {
      target <- test$layers[[slot]][group$state + 1, arm + 1]
      if (target < 0) next
      active <- group$active + if (used[slot]) arm else 0
      whole <- size[[as.character(block[slot])]]
      known <- group$known || (ends && active > 0 && active < whole)
      if (ends) active <- 0
      key <- paste(target, active, known)
      before <- following[[key]]
      following[[key]] <- list(
        state = target, active = active, known = known,
        sum = c(before$sum, group$sum + if (arm == 1) gain[slot] else 0),
        number = c(before$number, group$number))
    }
    current <- lapply(following, function(group) {
      group[c("sum", "number")] <- tally(group$sum, group$number)
      group
    })
  }
  known <- vapply(current, function(group) group$known, TRUE)
  undefined <- sum(vapply(current[!known], function(group) sum(group$number), 1))
  list(
    counts = tally(
      unlist(lapply(current[known], function(group) group$sum)),
      unlist(lapply(current[known], function(group) group$number))),
    undefined = undefined)
}

rank_sum <- function(test, rows) {
  unit <- unit_of(test$slots$value[rows])
  # Twice the ratings, so that the middle between two of their differences is whole as well.
  value <- 2 * round(test$slots$value * unit)
  observed <- test$slots$observed
  blocks <- members_of(test, rows)
  tails <- function(effect) {
    gain <- numeric(length(value))
    for (members in blocks) {
      moved <- value[members] - effect * observed[members]
      gain[members] <- 2 * rank(moved) - (length(members) + 1)
    }
    found <- counted_sums(test, rows, gain)
    tails_of(found$counts, sum(gain[observed == 1]), found$undefined)
  }
  differences <- unlist(lapply(blocks, function(members) {
    active <- value[members[observed[members] == 1]]
    as.vector(outer(active, value[members[observed[members] == 0]], "-"))
  }))
  inverted(test, sort(differences), tails, 2 * unit)
}

# --- Signed ranks ---------------------------------------------------------------------------------

signed_rank <- function(test, rows, count) {
  if (count != 2^length(unique(test$slots$block))) {
    unavailable("the scheme does not swap every pair by itself")
  }
  observed <- test$slots$observed
  blocks <- Filter(
    function(members) any(observed[members] == 1) && any(observed[members] == 0),
    members_of(test, rows))
  # A common multiple of the numbers behind the means keeps them whole.
  sizes <- unlist(lapply(blocks, function(members) {
    c(sum(observed[members]), sum(1 - observed[members]))
  }))
  common <- Reduce(function(a, b) {
    gcd <- function(x, y) if (y == 0) x else gcd(y, x %% y)
    a * b / gcd(a, b)
  }, sizes)
  unit <- unit_of(test$slots$value[rows]) * common * 4
  value <- test$slots$value
  differences <- vapply(blocks, function(members) {
    active <- members[observed[members] == 1]
    round((mean(value[active]) - mean(value[setdiff(members, active)])) * unit)
  }, 1)
  tails <- function(effect) {
    moved <- differences - effect
    ranks <- 2 * rank(abs(moved)) * (moved != 0)
    counts <- list(sum = 0, number = 1)
    for (step in ranks) {
      counts <- tally(c(counts$sum - step, counts$sum + step), rep(counts$number, 2))
    }
    tails_of(counts, sum(sign(moved) * ranks), 0)
  }
  walsh <- outer(differences, differences, "+") / 2
  inverted(test, sort(walsh[lower.tri(walsh, diag = TRUE)]), tails, unit)
}

# --- From p at effect 0 to the interval -----------------------------------------------------------

# p changes only at these differences, which are whole numbers of 1 / unit.
inverted <- function(test, differences, tails, unit) {
  points <- unique(differences)
  last <- 2 * length(points)
  known <- new.env()
  at <- function(position) {
    key <- as.character(position)
    if (is.null(known[[key]])) {
      effect <- if (position %% 2 == 1) points[position %/% 2 + 1]
      else if (position == 0) points[1] - 1
      else if (position == last) points[length(points)] + 1
      else (points[position / 2] + points[position / 2 + 1]) / 2
      known[[key]] <- tails(effect)
    }
    known[[key]]
  }
  first <- function(holds) {
    if (!holds(last)) return(NA)
    low <- 0
    high <- last
    while (low < high) {
      middle <- (low + high) %/% 2
      if (holds(middle)) high <- middle else low <- middle + 1
    }
    low
  }
  final <- function(holds) {
    if (!holds(0)) return(NA)
    low <- 0
    high <- last
    while (low < high) {
      middle <- (low + high + 1) %/% 2
      if (holds(middle)) low <- middle else high <- middle - 1
    }
    low
  }
  start <- function(position) if (position %in% c(NA, 0)) NA else points[(position - 1) %/% 2 + 1]
  end <- function(position) if (position %in% c(NA, last)) NA else points[position %/% 2 + 1]
  here <- tails(0)
  allowed <- (1 - test$level) / 2 * here$total * (1 + 1e-12)
  low <- start(first(function(p) at(p)$greater >= at(p)$less))
  high <- end(final(function(p) at(p)$greater <= at(p)$less))
  estimate <- if (is.na(low) || is.na(high)) stats::median(differences) else (low + high) / 2
  shares <- list(greater = here$greater / here$total, less = here$less / here$total)
  list(
    estimate = estimate / unit, greater = shares$greater, less = shares$less,
    doubled = min(1, 2 * min(unlist(shares))), absolute = here$absolute / here$total,
    lower = start(first(function(p) at(p)$greater > allowed)) / unit,
    upper = end(final(function(p) at(p)$less > allowed)) / unit)
}

# --- Studentised ----------------------------------------------------------------------------------

# How many active used slots a run of slots can have, over all assignments.
active_numbers <- function(test, used, from, to) {
  states <- 0
  for (slot in seq_len(from - 1)) {
    states <- unique(as.vector(test$layers[[slot]][states + 1, ]))
    states <- states[states >= 0]
  }
  reached <- cbind(states, 0)
  for (slot in from:to) {
    parts <- lapply(0:1, function(arm) {
      target <- test$layers[[slot]][reached[, 1] + 1, arm + 1]
      cbind(target, reached[, 2] + if (used[slot]) arm else 0)[target >= 0, , drop = FALSE]
    })
    reached <- unique(do.call(rbind, parts))
  }
  unique(reached[, 2])
}

rises_with_difference <- function(test, rows) {
  used <- seq_len(nrow(test$slots)) %in% rows
  if (length(unique(test$slots$block)) == 1) {
    numbers <- active_numbers(test, used, 1, nrow(test$slots))
    return(length(rows) > 3 && identical(as.numeric(numbers), length(rows) / 2))
  }
  blocks <- Filter(function(members) length(members) != 1, members_of(test, rows))
  length(blocks) > 1 && all(vapply(blocks, function(members) {
    length(members) == 2 &&
      identical(as.numeric(active_numbers(test, used, members[1], members[2])), 1)
  }, TRUE))
}

# Every assignment, one row each.
listed <- function(layers) {
  states <- 0
  arms <- matrix(integer(0), 1, 0)
  for (layer in layers) {
    parts <- lapply(0:1, function(arm) {
      target <- layer[states + 1, arm + 1]
      list(state = target[target >= 0], arms = cbind(arms[target >= 0, , drop = FALSE], arm))
    })
    states <- c(parts[[1]]$state, parts[[2]]$state)
    arms <- rbind(parts[[1]]$arms, parts[[2]]$arms)
  }
  unname(arms)
}

# A function of the effect: t of every assignment, NA for one without a statistic; the last is the real one.
t_of <- function(test, rows) {
  arms <- rbind(listed(test$layers), test$slots$observed)[, rows, drop = FALSE]
  y <- test$slots$value[rows]
  y <- y - mean(y)
  own <- test$slots$observed[rows]
  size <- max(1e-300, abs(y))
  finished <- function(difference, square, defined, effect) {
    small <- 1e-10 * (size + abs(effect))
    flat <- !is.na(square) & square <= small^2 * 1e-3
    t <- suppressWarnings(difference / sqrt(square))
    t[flat] <- ifelse(abs(difference[flat]) <= small, 0, sign(difference[flat]) * Inf)
    t[!defined] <- NA
    t
  }
  if (length(unique(test$slots$block)) == 1) {
    active <- rowSums(arms)
    other <- length(y) - active
    return(function(effect) {
      moved <- y - effect * own
      sums <- as.vector(arms %*% moved)
      squares <- as.vector(arms %*% moved^2)
      one <- sums / active
      two <- (sum(moved) - sums) / other
      square <- (squares / active - one^2) / (active - 1) +
        ((sum(moved^2) - squares) / other - two^2) / (other - 1)
      finished(one - two, square, active > 1 & other > 1, effect)
    })
  }
  places <- unname(split(seq_along(rows), test$slots$block[rows]))
  weight <- sapply(places, function(place) {
    active <- rowSums(arms[, place, drop = FALSE])
    active * (length(place) - active) / length(place)
  })
  of_block <- function(series) {
    sapply(places, function(place) {
      z <- arms[, place, drop = FALSE]
      active <- rowSums(z)
      sums <- as.vector(z %*% series[place])
      difference <- sums / active - (sum(series[place]) - sums) / (length(place) - active)
      ifelse(active == 0 | active == length(place), 0, difference)
    })
  }
  outcome <- of_block(y)
  overlap <- of_block(own)
  count <- rowSums(weight > 0)
  share <- weight / rowSums(weight)
  function(effect) {
    d <- outcome - effect * overlap
    difference <- rowSums(share * d)
    square <- count / (count - 1) * rowSums((share * (d - difference))^2)
    finished(difference, square, count > 1, effect)
  }
}

studentised <- function(test, rows, count, estimate) {
  if (count > most_listed) unavailable("too many schedules to list")
  t <- t_of(test, rows)
  tails <- function(effect) {
    all <- t(effect)
    own <- all[length(all)]
    rest <- all[-length(all)]
    undefined <- sum(is.na(rest))
    rest <- rest[!is.na(rest)]
    near <- if (is.finite(own)) 1e-11 * max(1, abs(own)) else 0
    undefined + c(
      greater = sum(rest >= own - near), less = sum(rest <= own + near),
      absolute = sum(abs(rest) >= abs(own) - near))
  }
  scale <- max(abs(estimate), diff(range(test$slots$value[rows])), 1e-300)
  allowed <- (1 - test$level) / 2 * count * (1 + 1e-12)
  # The outermost effect that is not rejected: a grid outwards, then halving.
  limit <- function(sign) {
    accepted <- function(effect) tails(effect)[[if (sign < 0) "greater" else "less"]] > allowed
    offsets <- c((0:300) / 100, 3 * 1.5^(1:39))
    kept <- which(vapply(estimate + sign * scale * offsets, accepted, TRUE))
    if (!length(kept) || max(kept) == length(offsets)) return(NA)
    inside <- estimate + sign * scale * offsets[max(kept)]
    outside <- estimate + sign * scale * offsets[max(kept) + 1]
    while (abs(outside - inside) > 1e-12 * scale) {
      middle <- (inside + outside) / 2
      if (middle %in% c(inside, outside)) break
      if (accepted(middle)) inside <- middle else outside <- middle
    }
    (inside + outside) / 2
  }
  here <- tails(0) / count
  list(
    estimate = estimate, greater = here[["greater"]], less = here[["less"]],
    doubled = min(1, 2 * min(here[["greater"]], here[["less"]])), absolute = here[["absolute"]],
    lower = limit(-1), upper = limit(1))
}
