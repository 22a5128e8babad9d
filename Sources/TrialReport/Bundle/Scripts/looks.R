# The answer of a trial that was looked at while it ran, for reproduce.R.
#
# Whoever kept the key might stop it by a rule that was sealed, so its p and interval hold whenever one stops:
# 1 over the largest evidence E after any block, and the effects at which E has stayed below 1 / (1 - level)
# after every block. E is worked out from its definition, sequence by sequence within each block.

# k / (5 sd) for k from 1 to 10, with the signs of the plan's sides.
tilts_of <- function(sd, sides) {
  sizes <- (1:10) / (5 * sd)
  c(if (sides != "less") sizes, if (sides != "greater") -sizes)
}

# What the slots of a block can have, one row each, and the state after it: blocks are drawn independently.
sequences <- function(layers, state, slots) {
  states <- state
  arms <- matrix(integer(0), 1, 0)
  for (slot in slots) {
    parts <- lapply(0:1, function(arm) {
      target <- layers[[slot]][states + 1, arm + 1]
      list(state = target[target >= 0], arms = cbind(arms[target >= 0, , drop = FALSE], rep(arm, sum(target >= 0))))
    })
    states <- c(parts[[1]]$state, parts[[2]]$state)
    arms <- rbind(parts[[1]]$arms, parts[[2]]$arms)
  }
  list(arms = unname(arms), state = states[1])
}

# The differences in means of the rows of `arms`; 0 where an arm has none.
differences <- function(arms, values) {
  active <- rowSums(arms)
  other <- ncol(arms) - active
  found <- as.vector(arms %*% values) / active - as.vector((1 - arms) %*% values) / other
  found[active == 0 | other == 0] <- 0
  found
}

# The statistics of each block: the real one's first, then those of its sequences.
blocks_of_rule <- function(test) {
  state <- 0
  from <- 1
  lapply(test$monitoring$ends, function(end) {
    slots <- from:end
    found <- sequences(test$layers, state, slots)
    state <<- found$state
    from <<- end + 1
    used <- test$slots$kept[slots] == 1 & !is.na(test$slots$value[slots])
    arms <- rbind(test$slots$observed[slots], found$arms)[, used, drop = FALSE]
    list(
      value = differences(arms, test$slots$value[slots][used]),
      overlap = differences(arms, test$slots$observed[slots][used]))
  })
}

# E after each block, were the difference between the arms this one.
path_of <- function(blocks, tilts, effect) {
  logs <- numeric(length(tilts))
  vapply(blocks, function(block) {
    there <- outer(tilts, block$value - effect * block$overlap)
    own <- there[, 1]
    there <- there[, -1, drop = FALSE]
    top <- apply(there, 1, max)
    logs <<- logs + own - top - log(rowMeans(exp(there - top)))
    most <- max(logs)
    exp(min(most, 700)) * mean(exp(logs - most))
  }, 1)
}

# The effects that were rejected after no block; where none is left, those that were left a block earlier.
sequence_interval <- function(blocks, tilts, level) {
  limit <- 1 / (1 - level)
  reach <- 50 / min(abs(tilts))
  total <- number <- 0
  means <- vapply(blocks, function(block) {
    if (block$overlap[1] > 0) {
      total <<- total + block$value[1]
      number <<- number + 1
    }
    if (number > 0) total / number else 0
  }, 1)
  for (count in rev(seq_along(means))) {
    is_rejected <- function(effect) max(path_of(blocks[1:count], tilts, effect)) >= limit
    known <- means[1:count]
    places <- rev(known)
    if (min(known) < max(known)) {
      places <- c(places, min(known) + (max(known) - min(known)) * (1:63) / 64)
    }
    inside <- Find(function(effect) !is_rejected(effect), places)
    if (is.null(inside)) next
    return(vapply(c(-1, 1), function(sign) {
      if (!is_rejected(inside + sign * reach)) return(NA_real_)
      near <- 0
      far <- reach
      for (round in 1:60) {
        middle <- (near + far) / 2
        if (is_rejected(inside + sign * middle)) far <- middle else near <- middle
      }
      inside + sign * far
    }, 1))
  }
  c(NA_real_, NA_real_)
}

# The numbers of the answer, by their names in the table of what is expected.
looked <- function(test) {
  blocks <- blocks_of_rule(test)
  tilts <- tilts_of(test$monitoring$sd, test$sides)
  largest <- max(1, path_of(blocks, tilts, 0))
  ends <- sequence_interval(blocks, tilts, test$level)
  list(
    largestEvidence = largest, anytimeP = 1 / largest, anytimeLower = ends[1], anytimeUpper = ends[2])
}
