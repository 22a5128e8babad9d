// error: no exact matches in call to initializer
import TrialAnalysis
import TrialSeal

func early(_ trial: SealedTrial) throws -> TrialResult { try TrialResult(trial) }
