import ArgumentParser
import BlindRecord
import TrialArchive

/// A command on a trial that may be running.
protocol TrialCommand {
  /// The trial's folder.
  var folder: String { get }
}

/// What a power failure leaves at the last moment of packing alone: the key, with `packed` in the record.
///
/// Here and not in each command, so that none is forgotten, and none of the blind phase needs to know the folder's
/// other files.
enum LeftPackingKey {
  /// Destroys it before a command begins, and says so.
  ///
  /// - Throws: `CommandRefusal` where it cannot be destroyed; in an emergency that is a warning.
  static func destroy(before command: any ParsableCommand) throws {
    guard let command = command as? any TrialCommand else { return }
    let left = "packing.key was left behind by a stop at the last moment"
    do {
      guard try TrialFolder(path: command.folder).forgetLeftPacking() else { return }
      Failure.warn([CommandRefusal("\(left); it is destroyed now")])
    } catch {
      let refusal = CommandRefusal(
        "\(left) and cannot be destroyed: \((error as? any Refusal)?.message ?? "\(error)")",
        hint:
          "remove it by hand, then run this again: until then it can answer what every slot holds",
        isFaultOfTheSystem: true)
      guard isForEmergencies(command) else { throw refusal }
      Failure.warn([refusal])
    }
  }

  /// Nothing stands in the way of help.
  private static func isForEmergencies(_ command: any TrialCommand) -> Bool {
    command is BreakCodeCommand || command is EmergencySheetCommand || command is DeviateCommand
  }
}

extension AnchorCommand: TrialCommand {}
extension BreakCodeCommand: TrialCommand {}
extension CalendarCommand: TrialCommand {}
extension CheckInCommand: TrialCommand {}
extension CheckpointCommand: TrialCommand {}
extension DeviateCommand: TrialCommand {}
extension EmergencySheetCommand: TrialCommand {}
extension ExportCommand: TrialCommand {}
extension ImportCommand: TrialCommand {}
extension KitListCommand: TrialCommand {}
extension LabelCommand: TrialCommand {}
extension LockCommand: TrialCommand {}
extension MonitorCommand: TrialCommand {}
extension PackCommand: TrialCommand {}
extension RehearseCommand: TrialCommand {}
extension RemindCommand: TrialCommand {}
extension ReplaceCommand: TrialCommand {}
extension ServeCommand: TrialCommand {}
extension SolveCommand: TrialCommand {}
extension StatusCommand: TrialCommand {}
