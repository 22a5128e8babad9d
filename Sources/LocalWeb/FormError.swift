/// Why what a browser sent is no form of ours.
package enum FormError: Error, Equatable {
  /// Neither of the two encodings of a form, or one that contradicts itself.
  case malformed
  /// More bytes than are taken.
  case tooLarge
}
