import LabelPhotograph

/// Reads one photograph at a time, so that several phones do not take several times the memory.
actor PhotographReader {
  /// The one code in a file.
  ///
  /// - Throws: `PhotographError`.
  func code(in file: [UInt8]) throws(PhotographError) -> String { try Photograph(file).code() }
}
