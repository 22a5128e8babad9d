// error: 'sealedFiles' is inaccessible due to 'package' protection level
import TrialSeal

func peek(_ trial: SealedTrial) -> [String: [UInt8]] { trial.sealedFiles }
