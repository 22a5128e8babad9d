import ChildPrograms
import Foundation
import Testing

@Suite struct ProgramCallTests {
  @Test func theStatusIsTheProgramsOwn() throws {
    #expect(try ProgramCall("sh", ["-c", "exit 3"]).run().status == 3)
    #expect(try ProgramCall("sh", ["-c", "kill -TERM $$"]).run().status == -SIGTERM)
    let worked = try ProgramCall("sh", ["-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"])
      .run()
    #expect(worked.processor > 0 && worked.memory > 0)
  }

  @Test func whatCannotBeStartedIsNamed() throws {
    let missing = ProgramFault(program: "no-such-program", number: ENOENT)
    #expect(throws: missing) { try ProgramCall("no-such-program").run() }
    #expect(missing.isMissing)
    #expect("\(missing)" == "no-such-program: cannot be started: No such file or directory")
    #expect(throws: ProgramFault(program: "/etc", number: EACCES)) {
      try ProgramCall("/etc").run()
    }
    let nowhere = ProgramCall("true", folder: "/no/such/folder")
    #expect(throws: ProgramFault(program: "true", number: ENOENT)) { try nowhere.run() }
  }

  @Test func wordsFolderAndVariablesArriveAsTheyAre() throws {
    let call = ProgramCall(
      "sh", ["-c", #"printf '%s|' "$PWD" "$WORD" "$HOME" "$@""#, "", "a b", "", "ö*"],
      environment: ["WORD": "x=y z", "PATH": "/usr/bin:/bin"], folder: "/usr")
    let said = try call.runKeepingOutput()
    #expect(String(decoding: said.output, as: UTF8.self) == "/usr|x=y z||a b||ö*|")
  }

  @Test func filesAreEmptiedAndOnlyTheirOwners() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "calls-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (into, out) = (folder.appending(path: "in"), folder.appending(path: "out"))
    try Data("short".utf8).write(to: into)
    let call = ProgramCall("cat", input: .file(into.path), output: .file(out.path))
    #expect(try call.run().status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: out.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    try Data("something longer".utf8).write(to: out)
    #expect(try call.run().status == 0)
    #expect(try String(contentsOf: out, encoding: .utf8) == "short")
    #expect(try ProgramCall("cat", output: .file(out.path)).run().status == 0)
    #expect(try Data(contentsOf: out).isEmpty)
  }

  /// A pipe that another program held open would keep its reader waiting for ever.
  @Test func noOtherDescriptorIsHandedDown() throws {
    let other = try ProgramPipe()
    guard case .descriptor(let number) = other.writing else { return }
    // As one that somebody forgot to close on exec.
    #expect(fcntl(number, F_SETFD, 0) == 0)
    let said = try ProgramCall("sh", ["-c", "ls /dev/fd/ | sort -n | tail -1"]).runKeepingOutput()
    // The listing has its own descriptor, the lowest that is free.
    #expect(String(decoding: said.output, as: UTF8.self) == "3\n")
  }

  /// Threads of the concurrency runtime block signals, which a program would inherit.
  @Test func signalsAreAsAProgramExpectsThem() async throws {
    let state = try ProgramCall("grep", ["-E", "^Sig(Blk|Ign):", "/proc/self/status"])
      .runKeepingOutput()
    let lines = String(decoding: state.output, as: UTF8.self).split(separator: "\n")
    guard !lines.isEmpty else { return print("skipped: there is no /proc here") }
    for line in lines {
      let signals = UInt64(line.suffix(16), radix: 16)
      // 32 and 33 are the C library's own.
      #expect(signals.map { $0 & 0x7fff_ffff } == 0, "\(line)")
    }
  }

  @Test func aProgramThatNobodyWaitedForIsEnded() throws {
    var program: RunningProgram? = try ProgramCall("sleep", ["600"]).start()
    let number = try #require(program?.number)
    #expect(kill(number, 0) == 0)
    program = nil
    #expect(kill(number, 0) == -1 && errno == ESRCH)
  }

  @Test func linesGoBothWays() throws {
    let (into, from) = (try ProgramPipe(), try ProgramPipe())
    let program = try ProgramCall("cat", input: into.reading, output: from.writing).start()
    from.closeWriting()
    into.write(Array("one\n".utf8))
    #expect(from.readSome() == Array("one\n".utf8))
    into.write(Array("two\n".utf8))
    into.closeWriting()
    #expect(from.readToEnd() == Array("two\n".utf8))
    #expect(program.wait().status == 0)
  }
}
