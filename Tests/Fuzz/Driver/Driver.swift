import Foundation
import FuzzProperties

// libFuzzer's own entry (llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library").
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The target of this process; written once, before the first input.
nonisolated(unsafe) private var target = FuzzTarget.checkpoint

/// `fuzz prepare FOLDER` makes the trial and the first inputs; `fuzz TARGET …` hands over to
/// libFuzzer, whose own arguments follow; `fuzz list` names the targets.
///
/// Named as the package manager names the entry of an executable: libFuzzer brings a `main` of its own.
@_cdecl("fuzz_main")
public func fuzzMain(
  _ count: CInt, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  let arguments = (0..<Int(count)).compactMap { words[$0].map { String(cString: $0) } }
  switch arguments.dropFirst().first {
  case "list":
    for target in FuzzTarget.allCases { print(target.rawValue) }
    return 0
  case "prepare" where arguments.count == 3:
    do { try prepare(arguments[2]) } catch {
      print("fuzz: \(error)")
      return 1
    }
    return 0
  case let name?:
    guard let named = FuzzTarget(rawValue: name) else { fallthrough }
    target = named
  case nil:
    print("usage: fuzz list | fuzz prepare FOLDER | fuzz TARGET [LIBFUZZER ARGUMENTS]")
    return 64
  }
  // The name of the target is no argument of libFuzzer's.
  let rest = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: Int(count))
  rest[0] = words[0]
  for place in 2..<max(2, Int(count)) { rest[place - 1] = words[place] }
  rest[Int(count) - 1] = nil
  var restCount = count - 1
  return withUnsafeMutablePointer(to: &restCount) { countPointer in
    var list = rest
    return withUnsafeMutablePointer(to: &list) {
      runDriver(countPointer, $0) { fuzzOneInput($0, $1) }
    }
  }
}

/// One input; a property that does not hold ends the process, and libFuzzer keeps the input.
///
/// Under the name that libFuzzer's own `main` calls: without it a build that keeps unused code, as a
/// debug build does, would not link.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  do { try target.check(input) } catch { fatalError("\(target.rawValue): \(error)") }
  return 0
}
