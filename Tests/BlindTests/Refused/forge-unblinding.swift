// error: incorrect argument labels in call (have 'checked:record:share:codeBreaks:openedAt:prediction:'
import BlindRecord
import TrialSeal

func forge(_ trial: SealedTrial, _ record: LockedRecord, _ at: Moment) throws -> Unblinding {
  try Unblinding(
    checked: trial, record: record, share: [], codeBreaks: [], openedAt: at, prediction: "")
}
