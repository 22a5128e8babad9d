import BlindRecord
import TrialDesign

extension SafetyPart {
  /// What of the safety part goes into the manifest: what a participant needs in an emergency.
  var forTheParticipant: Manifest.Safety {
    Manifest.Safety(emergencyContact: emergencyContact, stoppingRules: stoppingRules)
  }
}
