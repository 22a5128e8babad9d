// error: cannot convert value of type 'SealedTrial' to expected argument type
import TrialAnalysis
import TrialSeal
func early(_ trial: SealedTrial) throws -> TrialResult { try TrialResult(trial) }
