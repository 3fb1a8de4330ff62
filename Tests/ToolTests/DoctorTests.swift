import Foundation
import TestSupport
import Testing

/// `scripts/doctor.sh`, which has to work before anything is built.
@Suite(.temporaryFolder) struct DoctorTests {
  private func doctor(_ environment: [String: String] = [:], path: String = "") throws -> (status: Int32, lines: [String], errors: String) {
    // A mirror keeps the test off the network.
    let usual = ["PATH": path + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"), "MIRROR": folder]
    let result = try ProcessResult.run(
      "/bin/bash", ["\(Fixtures.repository)/scripts/doctor.sh"], environment: usual.merging(environment) { _, new in new })
    return (result.status, result.output.split(separator: "\n").map(String.init), result.errors)
  }

  @Test("on a machine that runs these tests nothing is missing, and each line says how it is") func healthy() throws {
    let (status, lines, errors) = try doctor()
    #expect(status == 0, "\(lines) \(errors)")
    #expect(
      lines.allSatisfy { $0.hasPrefix("ok ") || $0.hasPrefix("warning ") || $0.hasPrefix("    ") || $0.hasPrefix("doctor: ") }, "\(lines)")
    let questions = [
      "system", "processor", "cores", "memory", "disk", "disk for data", "locks", "swift", "make", "packages", "swift packages",
    ]
    for question in questions + ["browser", "revision", "mirror", "accelerator", "executables"] {
      #expect(lines.count { $0.dropFirst(9).hasPrefix(question + " ") } >= 1, "\(question): \(lines)")
    }
  }

  @Test(
    "what is missing is named with a remedy, and the exit code says that training cannot run",
    arguments: ["a missing mirror", "an old compiler", "no packages", "no room"])
  func missing(what: String) throws {
    let programs = [
      "an old compiler": ("swift", "echo 'Swift version 5.10.1 (swift-5.10.1-RELEASE)'"), "no packages": ("dpkg-query", "exit 1"),
      "no room": ("df", "printf 'Filesystem 1024-blocks Used Available Capacity Mounted\\n/dev/a 9 9 512 99%% /\\n'"),
    ]
    if let (name, text) = programs[what] {
      try "#!/bin/bash\n\(text)\n".write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/\(name)")
    }
    let (status, lines, errors) = try doctor(what == "a missing mirror" ? ["MIRROR": "/no where"] : [:], path: folder + ":")
    let expected = [
      "a missing mirror": "missing  mirror         no folder /no where",
      "an old compiler": "missing  swift          version 5.10.1, 6.3 is needed",
      "no packages": "missing  packages       libfftw3-dev", "no room": "missing  disk           0.0 GiB free in .",
    ]
    let place = lines.firstIndex { $0.hasPrefix(expected[what] ?? "?") }
    #expect(place.map { lines[$0 + 1].hasPrefix("    ") } == true, "\(lines)")
    #expect(status == 66 && errors.hasPrefix("doctor: training cannot run; missing: "))
  }

  @Test("Make asks it without building anything") func make() throws {
    let workspace = try MakeWorkspace()
    try workspace.remove("tools/.built")
    let (result, calls) = try workspace.make(["-n", "doctor"])
    #expect(result.status == 0 && result.output == "scripts/doctor.sh\n" && calls == [])
  }
}
