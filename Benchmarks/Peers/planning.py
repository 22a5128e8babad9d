"""The same simulation as `cost --planning` in scipy: 56 days in 14 blocks of four, 1,000 resamples.

    planning.py TRIALS

Each trial is drawn, rated from 0 to 10 with AR(1) noise, and tested by permutation_test, which gives a
p-value with a sampling error and no interval, and permutes days without regard to the blocks. Prints the
processor time in seconds and the power.
"""

import sys
import time

import numpy
from scipy import stats


def difference(active, reference, axis):
    return numpy.mean(active, axis=axis) - numpy.mean(reference, axis=axis)


def trial(random):
    arms = numpy.concatenate([random.permutation([0, 0, 1, 1]) for _ in range(14)])
    noise = numpy.empty(56)
    noise[0] = random.standard_normal()
    for day in range(1, 56):
        noise[day] = 0.3 * noise[day - 1] + numpy.sqrt(1 - 0.09) * random.standard_normal()
    return arms, numpy.clip(numpy.rint(5 + 2 * noise + arms), 0, 10)


def main(trials):
    random = numpy.random.default_rng(1)
    rejected = 0
    start = time.process_time()
    for _ in range(trials):
        arms, ratings = trial(random)
        rejected += stats.permutation_test(
            (ratings[arms == 1], ratings[arms == 0]), difference, vectorized=True,
            n_resamples=1_000, alternative="two-sided", random_state=random).pvalue <= 0.05
    print(f"{time.process_time() - start:.3f} {rejected / trials:.3f}")


main(int(sys.argv[1]))
