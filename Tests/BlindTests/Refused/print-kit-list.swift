// error: argument type 'KitList' does not conform to expected type 'Copyable'
import TrialSeal

func show(_ list: borrowing KitList) { print(list) }
