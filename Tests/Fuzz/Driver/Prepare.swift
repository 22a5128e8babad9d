import Foundation
import FuzzProperties

/// Makes `FOLDER/trial` unless it is there, and the inputs that follow from it.
func prepare(_ folder: String) throws {
  let trial = "\(folder)/trial"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  if !FileManager.default.fileExists(atPath: trial) { try FuzzTrial.make(at: trial) }
  setenv("SELFBLIND_FUZZ_TRIAL", trial, 1)
  for target in FuzzTarget.allCases {
    let place = "\(folder)/corpus/\(target.rawValue)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    for (number, bytes) in try FuzzSeeds.inputs(of: target).enumerated() {
      try Data(bytes).write(to: URL(filePath: "\(place)/seed-\(number)"))
    }
  }
}
