import Testing
import TrialReport

/// The whole Markdown of a small trial, as a reader sees it.
struct GoldenReportTests {
  @Test func everyLine() throws {
    let found = try Report(MadeTrial.eventful().result()).markdown.split(
      separator: "\n", omittingEmptySubsequences: false)
    let expected = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
    let different = zip(found, expected).filter { $0 != $1 }
    #expect(found.count == expected.count)
    #expect(different.count == 0)
    for (found, expected) in different.prefix(3) { #expect(found == expected) }
  }

  private static let text = """
    # A trial made for tests

    A self-blinded trial of one person · active against placebo · 6 slots · sealed 1 March 2026, locked 10 March 2026 · mood: “How was your mood today?”, 0 to 10

    **Ratings were higher under active, by an amount that matters.**

    On average, mood was 2.83 higher on active slots than on placebo slots (50 % interval 2.71 to 3; two-sided p = 0.25).

    The whole interval lies at or beyond 1, which the plan calls relevant. By the protocol, higher is better.

    How sure: in the Bayesian model of the plan, mood is higher under active with a probability of 99.5 %, and by 1 or more with 98.3 %.

    Expected before the seal was opened: “Better with \\*active\\*” (as the file of the opening has it; no commitment binds it). It names no outcome and arm of the plan in the form that is compared.

    ## The evidence

    *Figure: The effect, with its interval.* Randomization test, 50 % interval: 2.83, from 2.71 to 3. Bayesian model, 50 % interval: 2.92, from 2.54 to 3.31. without 2 slots with a broken code or another kit: 3.5, from 3 to 5. The shaded band holds differences below 1, too small to matter by the plan.

    *Figure: Ratings by slot.* mood over 6 slots. placebo: 3 ratings, mean 4.67; active: 2 ratings, mean 7.5. 1 missing.

    *Figure: Differences within blocks.* active minus placebo, block by block: 1: 3, 2: 3. 2 above zero, 0 below.

    *Figure: The randomization distribution.* Differences in mood under all 8 schedules that the scheme could have drawn, if the arms made no difference. The observed difference is 2.83; 12.5 % of the schedules give one at least as high. The two-sided p-value is twice their share, at most 1.

    *Figure: The posterior of the effect.* Mean 2.92, 50 % interval 2.54 to 3.31. Above zero: 99.5 %; 1 or more: 98.3 %; −1 or less: 0.227 %; between, too small to matter: 1.43 %.

    ## The numbers

    **Randomization test of mood**

    | Quantity | Value |
    | :-- | --: |
    | Estimate, active minus placebo | 2.83 |
    | Hodges-Lehmann estimate | 2.83 |
    | 50 % interval, equal-tailed, lower | 2.71 |
    | 50 % interval, equal-tailed, upper | 3 |
    | 50 % interval of the absolute test, lower | 2.71 |
    | 50 % interval of the absolute test, upper | 3 |
    | Two-sided p, twice the smaller side (the plan's) | 0.25 |
    | Two-sided p, absolute difference | 0.25 |
    | One-sided p, greater | 0.13 |
    | One-sided p, less | 1 |
    | One-sided mid-p, greater | 0.063 |
    | Schedules that the scheme could have drawn | 8 |
    | of these without both arms rated, counted as extreme | 0 |
    | Method | exact, over all of them |

    **Bayesian model of mood: AR(1) noise, the priors of the plan**

    | Quantity | Value |
    | :-- | --: |
    | Posterior mean of the effect | 2.92 |
    | Posterior standard deviation | 0.871 |
    | 50 % interval, lower | 2.54 |
    | 50 % interval, upper | 3.31 |
    | Probability that the effect is above zero | 99.5 % |
    | Probability of an effect of 1 or more | 98.3 % |
    | Probability of an effect of −1 or less | 0.227 % |
    | Probability of an effect between, too small to matter | 1.43 % |
    | Autocorrelation of the noise, posterior mean | 0.402 |

    **Effect sizes of mood, described as if ratings were independent**

    | Size | Value | Lower | Upper |
    | :-- | --: | --: | --: |
    | difference of the means | 2.83 | 2.34 | 3.33 |
    | standardised difference (Cohen's d) | 4.54 | 2.77 | 5.47 |
    | standardised difference, corrected (Hedges's g) | 3.29 | 2.77 | 5.47 |
    | difference in standard deviations of the reference (Glass's delta, corrected) | 2.77 | 2.11 | 3.43 |
    | nonoverlap of all pairs (NAP) | 1 | 0.876 | 1 |
    | Tau of the pairs (Cliff's delta) | 1 | 0.752 | 1 |

    **Ratings of mood by arm, slots in the analysis**

    | Arm | Ratings | Mean | SD | Lowest | Highest |
    | :-- | --: | --: | --: | --: | --: |
    | placebo | 3 | 4.67 | 0.577 | 4 | 5 |
    | active | 2 | 7.5 | 0.707 | 7 | 8 |

    **Sensitivity: the primary analysis over other sets of slots**

    | Analysis set | Ratings | Estimate | Lower | Upper | Two-sided p |
    | :-- | --: | --: | --: | --: | --: |
    | as scheduled | 5 | 2.83 | 2.71 | 3 | 0.25 |
    | without 2 slots with a broken code or another kit | 3 | 3.5 | 3 | 5 | 0.5 |

    *Figure: The same effect, computed otherwise.* primary analysis (5 ratings): 2.83, from 2.71 to 3. without 2 slots with a broken code or another kit (3 ratings): 3.5, from 3 to 5. Bayesian, as planned: flat effect: 2.92, from 2.54 to 3.31. Bayesian, flat effect; reference prior of φ: 2.94, from 2.58 to 3.31. Bayesian, normal effect, SD 0.156: 0.0311, from −0.0745 to 0.137. Bayesian, normal effect, SD 0.312: 0.129, from −0.0859 to 0.343. Bayesian, normal effect, SD 0.624: 0.6, from 0.136 to 1.06. Bayesian, normal effect, SD 1.25: 2.07, from 1.61 to 2.71. The shaded band holds differences below 1, too small to matter by the plan.

    **Exploratory: other items, the same test, not corrected for their number**

    | Item | Ratings | Estimate | Lower | Upper | Two-sided p |
    | :-- | --: | --: | --: | --: | --: |
    | sleep | 5 | −0.0833 | −0.214 | 0 | 0.75 |

    ## What a simple t-test would have said

    Most reports of self-experiments put all days of one arm in one heap, all days of the other in another, and compare the heaps by a t-test. The table shows what that would have said here.

    **Welch's t-test of the ratings, not used**

    | Comparison | Difference | Lower | Upper | p of the t-test | p of the plan | Neighbours' correlation |
    | :-- | --: | --: | --: | --: | --: | --: |
    | mood | 2.83 | 2.34 | 3.33 | 0.047 | 0.25 | 0.387 |

    It is not used, for four reasons. It takes every day for a person of its own, but a bad night makes the next day bad too: the last column shows how far neighbouring days agree once the arms' means are taken off, and 0 is what it takes for granted. It takes the ratings for draws from a normal distribution. It does not know that the arms were balanced within blocks. And it ignores the one thing that is certain here, namely how the schedule was drawn. The two p-values may lie close together; that is luck, and only one of them is right without luck.

    ## What was believed beforehand

    The first row has the priors of the plan, the others stand beside it to show how much the answer depends on them. A Bayes factor above 1 says that the ratings are likelier with an effect of that prior than with none; below 1, that they are likelier with none; a flat prior has none. The standard deviations of the normal priors are a quarter, a half, once and twice that of the ratings around the arms' means.

    *Figure: The Bayesian effect of active under other priors.* as planned: flat effect: 2.92, from 2.54 to 3.31. flat effect; reference prior of φ: 2.94, from 2.58 to 3.31. normal effect, SD 0.156: 0.0311, from −0.0745 to 0.137. normal effect, SD 0.312: 0.129, from −0.0859 to 0.343. normal effect, SD 0.624: 0.6, from 0.136 to 1.06. normal effect, SD 1.25: 2.07, from 1.61 to 2.71. The shaded band holds differences below 1, too small to matter by the plan.

    **The effect on mood under several priors**

    | Priors | Mean | Lower | Upper | Above zero | Bayes factor |
    | :-- | --: | --: | --: | --: | --: |
    | as planned: flat effect | 2.92 | 2.54 | 3.31 | 99.5 % | – |
    | flat effect; reference prior of φ | 2.94 | 2.58 | 3.31 | 99.5 % | – |
    | normal effect, SD 0.156 | 0.0311 | −0.0745 | 0.137 | 57.9 % | 1.02 |
    | normal effect, SD 0.312 | 0.129 | −0.0859 | 0.343 | 65.7 % | 1.1 |
    | normal effect, SD 0.624 | 0.6 | 0.136 | 1.06 | 80.9 % | 1.59 |
    | normal effect, SD 1.25 | 2.07 | 1.61 | 2.71 | 96.8 % | 6.8 |

    ## Block by block

    The scheme: 3 pairs of slots, each in a random order.

    **Means of mood; rated slots of those planned for each arm**

    | Block | Slots | placebo: rated | active: rated | placebo: mean | active: mean | Difference |
    | :-- | :-- | :-- | :-- | --: | --: | --: |
    | 1 | 1–2 | 1 of 1 | 1 of 1 | 4 | 7 | 3 |
    | 2 | 3–4 | 1 of 1 | 1 of 1 | 5 | 8 | 3 |
    | 3 | 5–6 | 1 of 1 | 0 of 1 | 5 | – | – |

    ## Did the blind hold?

    Of 3 calls 66.7 % were right; always naming the commoner arm would have been right in 66.7 %. The guesses do not show that the arms could be told apart. With 4 guesses, a smaller leak cannot be excluded.

    > 1 guess is left out (slot 5): it was written down after a code break had made the arm certain.

    *Figure: Guesses against arms.* active: 1 right, 0 wrong, 1 don't know. placebo: 1 right, 1 wrong, 0 don't know.

    **Guesses by arm; Bang's index is 0 for guessing, 1 for knowing**

    | Arm | Right | Wrong | Don't know | Bang's index | 95 % lower | 95 % upper |
    | :-- | --: | --: | --: | --: | --: | --: |
    | placebo | 1 | 1 | 0 | 0 | −1 | 1 |
    | active | 1 | 0 | 1 | 0.5 | −0.193 | 1 |

    **Scores over all guesses made blind**

    | Quantity | Value |
    | :-- | --: |
    | Guesses left out, written after a code break | 1 |
    | Slots with an answer | 4 |
    | Right calls | 66.7 % |
    | Always naming the commoner arm | 66.7 % |
    | The best guesser who knows the scheme and all earlier arms | 75 % |
    | Share of possible schedules that the guesses would fit as well, p | 0.5 |
    | Simple index (0: no leak, 1: all known) | 0.5 |
    | its 95 % interval, lower | −0.391 |
    | its 95 % interval, upper | 0.905 |
    | Kappa of guess and truth (0: chance, 1: all known) | 0.4 |
    | its 95 % interval, lower | −0.368 |
    | its 95 % interval, upper | 1 |
    | James's index (1: nobody could tell) | 0.475 |
    | its standard error | 0.211 |
    | Mean log score (chance: −0.693) | −0.514 |
    | Brier score (chance: 0.25) | 0.173 |

    > How the difference would look at another rate of right guesses is not computed: only 1 rated active slots were guessed to be active, and the curve would rest on them; it needs at least 5.

    ## Planned against actual

    5 of 6 scheduled slots are in the primary analysis; 1 recorded after the due day; 1 without a check-in; 1 with another kit than scheduled; 1 with a broken code; 1 correction.

    *Figure: The flow of the trial.* Sealed schedule: 6 slots, 3 blocks. placebo: slots: 3; recorded: 3, not recorded: 0, another kit taken: 1, code broken: 1; ratings: 3, without the outcome: 0. active: slots: 3; recorded: 2, not recorded: 1, of these late: 1; ratings: 2, without the outcome: 1.

    *Figure: How the record was kept.* 6 slots. on the day: 2, late: 1, no rating: 1, another kit: 1, code broken: 1.

    **Every slot of the schedule**

    | Slot | Day | Arm | Record | mood | Guess: active | Remarks |
    | :-- | :-- | :-- | :-- | --: | --: | :-- |
    | 1 | 2026-03-02 | placebo | on the day | 4 | 20 % |   |
    | 2 | 2026-03-03 | active | 1 day late | 7 | 80 % |   |
    | 3 | 2026-03-04 | active | on the day | 8 | don't know | corrected |
    | 4 | 2026-03-05 | placebo | on the day | 5 | 60 % | kit 4GT6787 (held active) instead of 6XJ678B, co-medication |
    | 5 | 2026-03-06 | placebo | on the day | 5 | 10 % | code broken, guess not counted, rated with the arm known |
    | 6 | 2026-03-07 | active | missing | – | – | certain once slot 5 was opened |

    ## Corrections, deviations, opened codes, adverse events

    **Corrections: the later answer counts, the earlier one stays readable**

    | Written (UTC) | Slot | Item | Old | New | Reason | Arm known before |
    | :-- | --: | :-- | --: | --: | :-- | :-- |
    | 2026-03-04 12:00 | 3 | mood | 6 | 8 | slipped | no |

    **Deviations, recorded before the opening**

    | Written | Slot | Arm | Kind | Reason |
    | :-- | :-- | :-- | :-- | :-- |
    | 2026-03-05 | 4 | placebo | co-medication | ibuprofen |

    **Codes broken before the lock**

    | When (UTC) | Slot | Arm | Reason | Certain with it | Better guessed |
    | :-- | --: | :-- | :-- | :-- | :-- |
    | 2026-03-06T12:00:00Z | 5 | placebo | palpitations | 6 | none |

    > An opened slot tells something about the others, by the scheme alone. The last two columns say which slots were certain from then on, and which could be guessed better than by the scheme without any opening, by at least 5 points in a hundred.

    **Adverse events, recorded before the opening**

    | Onset | Arm | Event | Severity | Serious | Action | Outcome |
    | :-- | :-- | :-- | :-- | :-- | :-- | :-- |
    | 2026-03-04 | active | headache | mild | no | – | – |

    *Figure: Adverse events by arm.* placebo: 0 over 3 slots; active: 1 (1 mild) over 3 slots.

    ## What could mislead, and what was seen of it

    **Doubts, one by one**

    | Doubt | What was seen |
    | :-- | :-- |
    | Several questions at once | One comparison was planned. Every other number is exploratory or a sensitivity analysis. |
    | Exploratory items | 1 further item was compared and not corrected for their number. |
    | Days that resemble each other | The Bayesian model finds 0.402 from one day to the next. The randomization test is right whatever it is. |
    | Effects that outlast their slot | The plan does not look for carry-over. |
    | Slots without a rating | 1 of 6 slots is not in the primary analysis. If the arm was the reason for missing it, the estimate is off; the p-value is about the others. |
    | Guessing the arms | Of 3 calls 66.7 % were right; always naming the commoner arm would have been right in 66.7 %. The guesses do not show that the arms could be told apart. With 4 guesses, a smaller leak cannot be excluded. |
    | Packing | The record does not show who filled the kits, nor how it was checked that they look, weigh and taste alike. |

    ## How it was blinded, and what that cannot prevent

    The schedule was drawn by the program, committed to and sealed on 1 March 2026 before the first rating, together with the analysis. Ratings were written to an append-only journal of 11 entries and locked on 10 March 2026 ("the last day has passed") before the seal was opened.

    - Custody: self. The participant held the passphrase. That stops accidents and other people; it does not stop the participant from looking.
    - Not witnessed: re-drawing is not excluded. No public value was mixed into the draw, so several schedules could have been sealed and one kept.
    - No sealing was given up before this one, as far as this folder shows.
    - 1 of 11 entries have a time that was set by hand: the record says when they claim to have been written, not when they were.
    - No commitment binds the prediction and the time of the opening. They stand as the file of the opening has them, and could have been changed since.
    - Without a witness who saw a checkpoint early, a whole journal could have been written anew. Taste, smell, weight and effects of the capsules are outside of what a program can hide.

    **For a stranger who checks**

    | What | Value |
    | :-- | :-- |
    | Trial | 0123456789abcdef |
    | Sealed (UTC) | 2026-03-01T12:00:00Z |
    | Locked (UTC) | 2026-03-10T12:00:00Z |
    | Opened (UTC), bound by no commitment | 2026-03-20T09:46:40Z |
    | Custody of the key | self |
    | Second key | none |
    | Public value mixed into the draw | none |
    | Sealings given up before this one | 0 |
    | SHA-256 of the protocol | abababababababababababababababababababababababababababababababab |
    | Root of the committed schedule | cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd |

        selfblind/journal/0123456789abcdef
        11
        root
        
        — recorder x

    ## For whom this holds

    The answer is about one person, in these weeks, with these capsules. It says nothing about other people, other doses, or longer use. It is no medical advice, and no finding here is a reason to start or stop a medicine without a clinician.

    ## Method in short

    **The plan, sealed with the schedule; everything else in this report is exploratory**

    | Part | Fixed as |
    | :-- | :-- |
    | Primary outcome | mood: “How was your mood today?”, 0 to 10 |
    | Arms | active against placebo |
    | Statistic | the difference in means |
    | Sides and p-value | two-sided, twice the smaller side; equal-tailed interval |
    | Level of the intervals | 50 % |
    | Smallest difference that matters | 1 |
    | Priors of the Bayesian model | of the effect flat; of the autocorrelation flat between −1 and 1 |

    The statistic is the difference in means. It was computed for the schedule that was drawn and for the others that the same scheme could have drawn. The scheme: 3 pairs of slots, each in a random order. If the arms make no difference, each of these was equally likely to meet the same ratings. So the share of schedules with a difference at least as large is an exact p-value, whatever the trend, the autocorrelation or the shape of the ratings \\[1, 2\\]. The analysis conditions on which slots are missing. The interval holds every constant effect that the same test does not reject \\[3\\]; the Hodges-Lehmann value is the effect at which neither direction is the likelier \\[4\\]. A p-value from draws counts the observed schedule too \\[5\\].

    The Bayesian model has an intercept, the effect, the columns that the plan takes out, and stationary AR(1) noise, with the priors of the plan; it is integrated numerically, without sampling.

    Guesses are counted as calls above and below one half. Bang's index is right minus wrong over all, for each arm \\[6\\]; James's index weighs the "don't know" \\[7\\]. The best guesser knows the scheme and all earlier arms \\[8\\]. The structure of this report follows CENT 2015 \\[9\\].

    - \\[1\\] Fisher RA. The Design of Experiments. Oliver and Boyd, 1935.
    - \\[2\\] Edgington ES, Onghena P. Randomization Tests, 4th ed. Chapman and Hall/CRC, 2007.
    - \\[3\\] Rosenbaum PR. Observational Studies, 2nd ed. Springer, 2002.
    - \\[4\\] Hodges JL, Lehmann EL. Estimates of location based on rank tests. Ann Math Stat 1963;34:598-611.
    - \\[5\\] Phipson B, Smyth GK. Permutation p-values should never be zero. Stat Appl Genet Mol Biol 2010;9:39.
    - \\[6\\] Bang H, Ni L, Davis CE. Assessment of blinding in clinical trials. Control Clin Trials 2004;25:143-156.
    - \\[7\\] James KE, Bloch DA, Lee KK, Kraemer HC, Fuller RK. An index for assessing blindness in a multi-centre clinical trial. Stat Med 1996;15:1421-1434.
    - \\[8\\] Blackwell D, Hodges JL. Design for the control of selection bias. Ann Math Stat 1957;28:449-460.
    - \\[9\\] Vohra S, Shamseer L, Sampson M, et al. CONSORT extension for reporting N-of-1 trials (CENT) 2015 statement. BMJ 2015;350:h1738.

    ## The checklist for trials in one person

    CENT 2015, the extension of CONSORT to trials in one person \\[9\\], lists what a report must say. Here is every item by its number, in our own words, with the place where it is answered or the plain statement that it is not. There are 25 items in 44 parts.

    **CENT 2015, item by item**

    | Item | What it asks | Where |
    | :-- | :-- | :-- |
    | 1a | The title says that it is a trial in one person | Title: the line below it |
    | 1b | A short structured summary | The answer: headline, effect, certainty |
    | 2a.1 | Background and reasons | not provided: a protocol here fixes what is done, not why; add it where the report is published |
    | 2a.2 | Why a trial in one person | Method in short: the question is about this person and is answered over their own days |
    | 2b | Aims or hypotheses | Method in short: primary outcome and arms of the plan, and its threshold |
    | 3a | Design, periods planned and how long | Block by block: the scheme |
    | 3b | Changes after the start | Corrections, deviations, opened codes, adverse events: deviations; the protocol itself cannot change after the seal |
    | 4a | Condition, diagnosis, other illnesses and treatments | not provided: not asked by the protocol |
    | 4b | Where the data were collected | not provided: a person's own daily life, not recorded |
    | 4c | Research or not, and ethics approval | the safety part of protocol.yaml: whether a clinician was asked; no approval is held |
    | 5 | What was given, how and when, so that it could be repeated | Planned against actual: planned against actual; substance and dose are named in protocol.yaml only as far as the person wrote them |
    | 6a.1 | Outcomes: what, how, when | Method in short: the plan's outcomes |
    | 6a.2 | How good the measuring instruments are | not provided: no validity study is named |
    | 6b | Changes of outcomes after the start | How it was blinded, and what that cannot prevent: none is possible: they are sealed |
    | 7a | How the number of slots was chosen | not provided: the sealed protocol fixes the number, not the reasoning |
    | 7b | Looks before the end, and stopping rules | stopping rules are in protocol.yaml; the plan allowed no look at the arms |
    | 8a | Whether and how the order was drawn | Method in short: the scheme and the draw |
    | 8b | The kind of randomization and its restrictions | Block by block: the scheme |
    | 8c | The whole intended order | Planned against actual: every slot |
    | 9 | How the order was kept hidden until use | How it was blinded, and what that cannot prevent: commitments and custody |
    | 10 | Who drew, who prepared, who assigned | How it was blinded, and what that cannot prevent: the program drew; custody of the key; who filled the kits is not recorded |
    | 11a | Who was blind, and how | Did the blind hold?: the participant, and how well it held |
    | 11b | How alike the arms were | not provided: no matching test of the capsules is part of the record |
    | 12a | How the outcomes were compared | Method in short: statistic, p-value, interval |
    | 12b | Further analyses, or how trials were pooled | The numbers: sensitivity and exploratory analyses; one trial, so nothing is pooled |
    | 12c | Carry-over, time trends, and days that resemble each other | What could mislead, and what was seen of it: the plan does not look for carry-over; the test allows for nothing beside the arms |
    | 13a.1 | Periods completed, and changes with reasons | Planned against actual: the flow, slot by slot |
    | 13a.2 | In a series: how many people | does not apply: one person |
    | 13b | Losses and exclusions with reasons | Planned against actual: slots without a rating; reasons as far as they were written down |
    | 14a | When it began and ended | Planned against actual: the day of every slot |
    | 14b | Why it ended, periods stopped early | How it was blinded, and what that cannot prevent: the reason given for the lock |
    | 15 | The person at the start | not provided: no description of the person is part of a trial's folder |
    | 16 | How many slots were analysed, for each arm | Planned against actual: the flow |
    | 17a.1 | Each outcome: results by period, effect and precision | The numbers: the effect and its interval; by period in the table of blocks |
    | 17a.2 | In a series: the pooled effect | does not apply: one person |
    | 17b | For yes-or-no outcomes absolute and relative effects | does not apply: the outcome is a number |
    | 18 | Other analyses, planned and exploratory apart | The numbers: marked as such |
    | 19 | Harms under each arm | Corrections, deviations, opened codes, adverse events: adverse events |
    | 20 | Limits and sources of bias | What could mislead, and what was seen of it: and what the seal cannot prevent |
    | 21 | For whom else it may hold | For whom this holds: for this person, in these weeks; nothing follows for others |
    | 22 | What it means | The answer: against the threshold of relevance |
    | 23 | Registration | not provided: the seal shows when the plan was fixed; no registry was used |
    | 24 | Where the protocol can be read | protocol.yaml in the folder; \\`selfblind protocol\\` prints it |
    | 25 | Funding | not provided: not recorded |

    ## What the words mean

    - **adverse event**: Anything unwanted that happened during the trial, whatever its cause.
    - **AR(1)**: Noise in which each value keeps a fixed share of the one before.
    - **arm**: One of the things that are compared: a treatment, a placebo, or nothing.
    - **autocorrelation**: How much a rating resembles the one of the slot before, beyond what the arms explain: 0 not at all, 1 fully.
    - **Bang's index**: Right guesses minus wrong ones, over all guesses under an arm: 0 for guessing, 1 for knowing, below 0 for a leaning to the other arm.
    - **Bayes factor**: How many times likelier the ratings are with an effect than without one.
    - **Bayesian model**: A description of how ratings arise, from which the probability of each effect follows, given what was believed beforehand.
    - **best guesser**: Somebody who knows the scheme and all earlier arms and names the likelier one.
    - **blind**: Not knowing which arm a slot has.
    - **block**: A run of slots within which the arms are balanced, so that slow changes cancel.
    - **Brier score**: The mean square of how far the stated probabilities were off; smaller is better.
    - **carry-over**: An effect that outlasts its slot and shows in the next one.
    - **checkpoint**: A signed line that stands for every entry of the journal up to it.
    - **code break**: Opening the arm of one slot before the end, in an emergency. The reason is in the record first.
    - **commitment**: A digest that was published before, to which what is opened later must fit.
    - **custody**: Who held the key to the seal during the trial, and how.
    - **deviation**: A departure from the protocol, written down while the arms were still hidden.
    - **effect size**: The difference on a scale without units, to compare it with other studies.
    - **exploratory**: Not fixed beforehand, or not the planned question. It can suggest something, and shows nothing.
    - **Hodges-Lehmann estimate**: The effect in the middle of those that the test does not reject.
    - **interval**: The effects that the data do not speak against. Of many 95 % intervals, 95 in 100 hold the true effect.
    - **James's index**: A score of blinding that weighs "don't know" most: 1 where nobody could tell, 0 where everybody could, 0.5 for plain guessing.
    - **kappa**: Agreement of guess and truth beyond chance: 0 none, 1 full.
    - **kit**: The container of one slot, with a code that tells nothing about what is in it.
    - **log score**: How well the stated probabilities foretold the arms; nearer to 0 is better.
    - **mid-p**: A p-value in which schedules with exactly the observed difference count half.
    - **p-value**: The share of possible schedules that would have given a difference at least as large if the arms made none. A small one says that chance alone is a poor explanation.
    - **posterior**: What is believed about the effect after the ratings.
    - **prior**: What is believed about the effect before the ratings.
    - **randomization test**: A test that compares what was observed with what every other schedule of the same draw would have shown. It needs no assumption about the noise.
    - **sealed**: Encrypted and bound by digests, so that the schedule can neither be read early nor changed.
    - **sensitivity analysis**: The same analysis with one choice made otherwise, to see whether the answer hangs on it.
    - **slot**: One occasion of taking something, as a rule one day. It has one arm and one rating.
    - **standard deviation**: How far ratings usually lie from their mean.
    - **standard error**: How far an estimate usually lies from the truth.
    - **t-test**: The usual comparison of two means. It takes every rating for a separate, independent case.
    - **threshold of relevance**: The smallest difference that would matter to the person, as the plan names it.
    - **witness**: A person or service outside who saw a commitment or a checkpoint at a certain time.

    """
}
