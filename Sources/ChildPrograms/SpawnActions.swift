import CSpawn
import Foundation

/// What `posix_spawn` does in the new process before the program begins.
struct SpawnActions {
  #if canImport(Darwin)
    var list: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
  #else
    var list = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
  #endif

  /// No action on files; no signal is blocked or ignored, whatever the calling thread does.
  init() {
    posix_spawn_file_actions_init(&list)
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    for kept in [SIGKILL, SIGSTOP] { sigdelset(&signals, kept) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    #if canImport(Darwin)
      flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #endif
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  mutating func destroy() {
    posix_spawn_file_actions_destroy(&list)
    posix_spawnattr_destroy(&attributes)
  }

  /// Leads a standard stream somewhere; `mode` is how a file is opened.
  mutating func lead(_ number: Int32, to stream: ProgramCall.Stream, mode: Int32) {
    switch stream {
    case .inherited:
      #if canImport(Darwin)
        posix_spawn_file_actions_addinherit_np(&list, number)
      #endif
    case .nothing: posix_spawn_file_actions_addopen(&list, number, "/dev/null", O_RDWR, 0)
    case .file(let path): posix_spawn_file_actions_addopen(&list, number, path, mode, 0o600)
    case .descriptor(let open): posix_spawn_file_actions_adddup2(&list, open, number)
    }
  }

  /// After the streams: paths of files are those that the caller means.
  mutating func startIn(_ folder: String) {
    posix_spawn_file_actions_addchdir_np(&list, folder)
  }

  /// Closes every other descriptor, so that no pipe is held open by a program that knows nothing of it.
  mutating func closeOthers() {
    #if !canImport(Darwin)
      posix_spawn_file_actions_addclosefrom_np(&list, 3)
    #endif
  }
}
