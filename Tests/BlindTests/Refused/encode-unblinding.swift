// error: requires that 'Unblinding' conform to 'Encodable'
import Foundation
import TrialSeal

func save(_ unblinding: Unblinding) throws -> Data { try JSONEncoder().encode(unblinding) }
