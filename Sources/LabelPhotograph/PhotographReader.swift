/// Reads one photograph at a time, so that several phones do not take several times the memory.
package actor PhotographReader {
  /// A reader.
  package init() {}

  /// The one code in a file.
  ///
  /// - Throws: `PhotographError`.
  package func code(in file: [UInt8]) throws(PhotographError) -> String {
    try Photograph(file).code()
  }
}
