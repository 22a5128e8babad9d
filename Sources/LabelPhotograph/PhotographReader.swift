/// Reads one photograph at a time, so that several phones do not take several times the memory.
package actor PhotographReader {
  /// A reader.
  package init() {}

  /// The one code in a file.
  ///
  /// - Parameter leftOut: bytes of the file that were too many to be kept; with any there is nothing to be read.
  /// - Throws: `PhotographError`.
  package func code(in file: [UInt8], leftOut: Int) throws(PhotographError) -> String {
    guard leftOut == 0 else { throw .tooManyBytes(file.count + leftOut) }
    return try Photograph(file).code()
  }
}
