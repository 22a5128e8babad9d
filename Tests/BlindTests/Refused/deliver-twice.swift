// error: 'sealing' consumed more than once
import TrialSeal

func two(_ sealing: consuming Sealing) {
  _ = sealing.deliver { _ in }
  _ = sealing.deliver { _ in }
}
