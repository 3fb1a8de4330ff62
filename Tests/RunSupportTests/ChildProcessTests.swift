import Foundation
import RunSupport
import Testing

@Suite struct ChildProcessTests {
  @Test("both streams are read to their end, however long they are")
  func streams() throws {
    let script = "head -c 300000 /dev/zero | tr '\\0' e >&2; head -c 300000 /dev/zero | tr '\\0' o; exit 7"
    let child = try ChildProcess("/bin/sh", ["-c", script], output: .captured, errors: .captured)
    #expect(child.output == Data(repeating: UInt8(ascii: "o"), count: 300_000))
    #expect(child.errors == Data(repeating: UInt8(ascii: "e"), count: 300_000))
    #expect(child.status == 7 && !child.wasKilled)
  }

  @Test("a signal is told from an exit code")
  func signals() throws {
    let child = try ChildProcess("/bin/sh", ["-c", "kill -9 $$"], output: .discarded, errors: .discarded)
    #expect(child.wasKilled && child.status == 9)
  }

  @Test("variables are added to those of this process")
  func environment() throws {
    let child = try ChildProcess(
      "/bin/sh", ["-c", "printf %s \"$ANSWER:${PATH:+set}\""], environment: ["ANSWER": "42"], output: .captured, errors: .inherited)
    #expect(String(decoding: child.output, as: UTF8.self) == "42:set")
  }

  @Test("a program has none of the files that are open here") func descriptors() throws {
    // Without the flag that closes a file in programs.
    let descriptor = open("/dev/null", O_RDONLY)
    defer { close(descriptor) }
    let script = "[ -e /proc/self/fd/\(descriptor) ] || printf closed"
    let child = try ChildProcess("/bin/sh", ["-c", script], output: .captured, errors: .inherited)
    #expect(String(decoding: child.output, as: UTF8.self) == "closed")
  }

  @Test func programsThatAreMissingThrow() {
    #expect(throws: (any Error).self) { try ChildProcess("/nonexistent/program", [], output: .discarded, errors: .discarded) }
  }
}
