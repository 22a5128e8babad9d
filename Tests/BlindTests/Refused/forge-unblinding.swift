// error: argument passed to call that takes no arguments
import BlindRecord
import TrialDesign
import TrialSeal
func forge(_ allocation: Allocation, _ record: LockedRecord) -> Unblinding {
  Unblinding(allocation: allocation, record: record)
}
