// error: 'list' consumed more than once
import BlindRecord
import TrialDesign
import TrialSeal

func twice(_ list: consuming KitList) {
  _ = list.read { (_: Occasion, arm: Arm) in arm.name }
  _ = list.read { (_: Occasion, arm: Arm) in arm.name }
}
