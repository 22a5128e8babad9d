// error: 'OpenedKey' initializer is inaccessible due to 'internal' protection level
import TrialSeal

func forge(_ trial: SealedTrial) -> OpenedKey {
  OpenedKey(trial: trial.manifest.trial, content: .share([]))
}
