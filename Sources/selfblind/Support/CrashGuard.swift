import Foundation
import OpenSSLCrypto

/// Makes a crash silent: no memory on standard error, none in a core file.
///
/// When a Swift program traps, the runtime's own handler prints the registers and the memory they
/// point at. In a program that holds a sealed plan this must not happen, so the first statement of
/// the executable gives the fatal signals back to the system. Setting the runtime's environment
/// variable from inside the program would be too late.
enum CrashGuard {
  /// The signals the Swift runtime catches to print a backtrace.
  static let signals = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT]

  /// Resets the fatal signals, forbids core files, and keeps other processes out of the memory.
  static func arm() {
    for number in signals { signal(number, SIG_DFL) }
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    #if canImport(Glibc)
      setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    #else
      setrlimit(RLIMIT_CORE, &none)
    #endif
    ProcessMemory.protect()
  }
}
