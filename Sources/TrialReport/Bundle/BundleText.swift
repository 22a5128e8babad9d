import BlindRecord
import TrialAnalysis

/// The page that explains a bundle.
enum BundleText {
  static func readme(_ result: TrialResult) -> String {
    """
    \(result.title)

    A finished self-blinded trial, to be verified and analysed again. Written by SelfBlind \
    \(ProgramVersion.text).

    trial/                 the trial's folder as it is: selfblind verify trial
    report.html .md .json  the report; the JSON is described by its schema in the program's documents
    data/slots.csv         one row for each slot, one column for each variable
    data/dictionary.csv    what each column holds
    data/adverse-events.csv, data/deviations.csv, data/code-breaks.csv
    data/odm.xml           the same record as CDISC ODM-XML 1.3.2
    primary-test/          the primary test in numbers: settings, slots, reference set, what is expected
    reproduce.py           does that test again: python3 reproduce.py
    reproduce.R            does that test again: Rscript reproduce.R
    ranks_and_t.py .R      what these two need for ranks and t values
    looks.py .R            and for a trial that was looked at while it ran
    SHA256SUMS             sha256sum -c SHA256SUMS

    The two scripts share no code with the program and with each other. Each lists the schedules that
    the scheme could have drawn as two halves, or one by one for t values, counts those at least as large,
    inverts the test for the interval, and compares with the report to 1e-9. Where the key's holder looked while \
    the trial ran, the answer is another one, valid whenever one stops: they work out the evidence after every \
    block, p and that interval too. What a script leaves out it names.

    """
  }
}
