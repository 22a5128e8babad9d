import BlindRecord
import Foundation
import TrialAnalysis
import TrialArchive
import TrialDesign

/// Makes trials of a series from folders, from lines of trials and from lines of results.
package struct SeriesReader: Sendable {
  /// A trial, or why there is none.
  package typealias Found = Result<SeriesTrial, SeriesReader.Failure>

  /// A trial that is left out before it can be compared with others.
  package struct Failure: Error, Sendable {
    /// The trial.
    package let leftOut: LeftOut
  }

  private let designs = DesignCache()

  /// A reader.
  package init() {}

  /// Verifies a folder and analyses its trial by its own sealed plan.
  package func trial(folder path: String) -> Found {
    func fail(_ rule: LeftOut.Rule, _ error: any Error) -> Found {
      let reason = (error as? any Refusal)?.message ?? "\(error)"
      return .failure(Failure(leftOut: LeftOut(name: path, rule: rule, reason: reason)))
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return fail(.unreadable, SeriesFault("there is no such folder")) }
    do {
      let verified = try TrialFolder(path: path).verifiedTrial()
      let result = try verified.result()
      let contributions = try TrialContribution.list(verified.unblinding, result)
      guard case .sealed(let facts) = result.provenance else {
        return fail(.unverified, SeriesFault("it was not sealed by this program"))
      }
      return .success(
        SeriesTrial(
          id: facts.trial, name: path, isVerified: true, isSimulated: facts.simulated,
          contributions: contributions))
    } catch let fault as VerifiedTrial.Fault {
      return fail(.unverified, fault)
    } catch {
      return fail(.unreadable, error)
    }
  }

  /// The trial of a line: one with `folder` is verified, one with the values of a trial analysed.
  ///
  /// - Parameter place: what the line is called where it has no name of its own.
  package func trial(line: [UInt8]?, place: String) -> Found {
    var name = place
    do {
      guard let line else {
        throw LineFault(
          "found a line of more than \(LineTask.longestLine) bytes, expected a shorter one")
      }
      let node = try JSONText.read(line)
      if let folder = node["folder"] {
        let fields = try LineFields(node, "the line", known: ["folder"])
        guard let path = try fields.text("folder", limit: 4_000) else {
          throw LineFault("folder", folder, expected: "the path of a folder")
        }
        return trial(folder: path)
      }
      let trial = try TrialLine(node)
      name = trial.id
      let design = try designs.design(of: node, line)
      let record = try DeclaredRecord(name: trial.id, design: design, values: trial.values)
      let brief = try BriefAnalysis(record, design: design, units: trial.units, withSums: true)
      return .success(
        SeriesTrial(
          id: trial.id, name: trial.id, isVerified: false, isSimulated: false,
          contributions: brief.contributions))
    } catch {
      return .failure(
        Failure(leftOut: LeftOut(name: name, rule: .unreadable, reason: LineFault(error).message)))
    }
  }

  /// The trial of a line that `map` wrote.
  package static func trial(result line: [UInt8]?, place: String) -> Found {
    var name = place
    do {
      guard let line else {
        throw LineFault(
          "found a line of more than \(LineTask.longestAnswer) bytes, expected an answer of `map`")
      }
      let node = try JSONText.read(line)
      if let id = node["id"]?.text { name = id }
      if let error = node["error"] {
        throw LineFault(error["message"]?.text ?? "found an error without a message")
      }
      guard node["diagnosis"] == nil else {
        throw LineFault("found a planned design, expected the analysis of a trial")
      }
      let fields = try LineFields(node, "the line", known: ["id", "analysis", "contributions"])
      let id = try fields.required("id", fields.text("id"), expected: "a text")
      let list = try fields.required(
        "contributions", fields["contributions"]?.list, expected: "a list, as `map` writes it")
      var contributions: [TrialContribution] = []
      for part in list { contributions.append(try TrialContribution(part)) }
      return .success(
        SeriesTrial(
          id: id, name: id, isVerified: false, isSimulated: false, contributions: contributions))
    } catch {
      return .failure(
        Failure(leftOut: LeftOut(name: name, rule: .unreadable, reason: LineFault(error).message)))
    }
  }
}
