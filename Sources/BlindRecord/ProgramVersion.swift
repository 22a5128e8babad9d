/// The version of this program, as files and the command line name it.
public enum ProgramVersion {
  /// Name and semantic version.
  public static let text = "selfblind 0.1.0"
}
