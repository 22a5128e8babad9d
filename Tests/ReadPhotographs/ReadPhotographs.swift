import BlindRecord
import Foundation
import LabelPhotograph

/// Reads photographs of labels, one file for each line of the standard input.
///
/// Prints, for each, the code or why there is none, and after a tab the milliseconds it took. Tests/Browser
/// counts how many are right.
@main enum ReadPhotographs {
  static func main() {
    setvbuf(stdout, nil, _IOLBF, 0)
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
      print("\(said)\t\((DispatchTime.now().uptimeNanoseconds - start) / 1_000_000)")
    }
  }
}
