extension JournalError {
  /// A full disk, a missing right and a program in the way are not the input's fault.
  public var isFaultOfTheSystem: Bool {
    switch self {
    case .diskFull, .fileFailed, .noPermission, .logOnReadOnlyDisk, .busy, .inUse, .notDurable,
      .database:
      true
    default: false
    }
  }
}
