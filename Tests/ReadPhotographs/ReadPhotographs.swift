import BlindRecord
import Foundation
import LabelPhotograph

/// Reads photographs of labels, one file for each line of the standard input.
///
/// Prints, for each, the code or why there is none, and after a tab the milliseconds it took. Tests/Browser
/// counts how many are right.
@main enum ReadPhotographs {
  static func main() {
    while let path = readLine() {
      let start = DispatchTime.now().uptimeNanoseconds
      let said: String
      do {
        let data = try Data(contentsOf: URL(filePath: path))
        said = try Photograph(Array(data)).code()
      } catch let refusal as any Refusal {
        said = refusal.message
      } catch {
        said = "\(error)"
      }
      let milliseconds = (DispatchTime.now().uptimeNanoseconds - start) / 1_000_000
      FileHandle.standardOutput.write(Data("\(said)\t\(milliseconds)\n".utf8))
    }
  }
}
