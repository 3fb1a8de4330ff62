import Foundation
import RunSupport
import TestSupport
import Testing

/// `scripts/accelerator/setup.sh` with a wheel made here in place of a plugin's, without a network.
@Suite(.temporaryFolder, .enabled(if: Python.run(file: "-m", ["pip", "--version"])?.status == 0, "needs python3 with pip"))
struct SetupAcceleratorTests {
  private static let makeWheel = """
    import sys, zipfile
    folder, version, text = sys.argv[1:]
    information = f"made_up-{version}.dist-info"
    with zipfile.ZipFile(f"{folder}/made_up-{version}-py3-none-any.whl", "w") as wheel:
        library = zipfile.ZipInfo("library/plugin.so")
        library.external_attr = 0o644 << 16
        wheel.writestr(library, text)
        program = zipfile.ZipInfo("library/bin/assembler")
        program.external_attr = 0o755 << 16
        wheel.writestr(program, "#!/bin/sh")
        wheel.writestr(f"{information}/METADATA", f"Metadata-Version: 2.1\\nName: made-up\\nVersion: {version}\\n")
        wheel.writestr(f"{information}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{information}/RECORD", "")
    """

  private var plugin: String { folder + "/plugins/made" }

  init() throws {
    for path in ["scripts", "wheels"] { try AtomicFile.makeDirectory("\(folder)/\(path)") }
    for name in ["accelerator", "fail.bash"] {
      try FileManager.default.copyItem(atPath: "\(Fixtures.repository)/scripts/\(name)", toPath: "\(folder)/scripts/\(name)")
    }
    try publish("1.0", "first")
  }

  /// Puts a version among the wheels and on the list.
  private func publish(_ version: String, _ text: String, hash: String? = nil) throws {
    let made = try #require(Python.run(Self.makeWheel, "\(folder)/wheels", version, text))
    #expect(made.status == 0)
    let hash = try hash ?? FileHash.hex(ofFile: wheel(version))
    try AtomicFile.write(
      "# A plugin made up. 1 kB to download.\n# plugin: library/plugin.so\nmade-up==\(version) --hash=sha256:\(hash)\n",
      to: folder + "/scripts/accelerator/made.txt")
  }

  private func wheel(_ version: String) -> String { "\(folder)/wheels/made_up-\(version)-py3-none-any.whl" }

  private func setUp(_ device: String = "made", path: String? = nil) throws -> ProcessResult {
    let path = path ?? ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try ProcessResult.run(
      "/bin/bash", ["\(folder)/scripts/accelerator/setup.sh", device], in: folder,
      environment: ["PATH": path, "MIRROR": folder + "/wheels", "SSM_ACCELERATORS": folder + "/plugins"])
  }

  private func content(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  /// The folder of plugins holds nothing besides what is said and the lock.
  private func expectOnly(_ names: [String]) throws {
    #expect(try InputFile.names(inFolder: folder + "/plugins") == [".made.lock"] + names)
  }

  @Test("wheels are unpacked once; programs may be run; a second call needs not even Python") func once() throws {
    let first = try setUp()
    #expect(first.status == 0 && first.errors.contains("1 kB to download"), "\(first)")
    #expect(content(plugin + "/library/plugin.so") == "first" && access(plugin + "/library/bin/assembler", X_OK) == 0)
    #expect(access(plugin + "/library/plugin.so", X_OK) != 0)
    try expectOnly(["made"])
    #expect(content(plugin + "/plugin.json")?.contains(try FileHash.hex(ofFile: wheel("1.0"))) == true)
    try FileManager.default.removeItem(atPath: folder + "/wheels")
    try AtomicFile.write("#!/bin/sh\nexit 1\n", to: folder + "/bin/python3")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/bin/python3")
    let second = try setUp(path: folder + "/bin:/usr/bin:/bin")
    #expect(second.status == 0 && second.output.contains("is set up") && second.errors.isEmpty, "\(second)")
  }

  @Test("another version on the list replaces what is there") func newer() throws {
    _ = try setUp()
    // Both versions lie among the wheels of a call that was killed.
    try AtomicFile.makeDirectory("\(folder)/plugins/.made.part/replaced/library")
    try FileManager.default.copyItem(atPath: folder + "/wheels", toPath: "\(folder)/plugins/.made.part/wheels")
    try publish("2.0", "second")
    #expect(try setUp().status == 0 && content(plugin + "/library/plugin.so") == "second")
    try expectOnly(["made"])
  }

  @Test("what a killed call left is used or replaced, never taken for a plugin") func leftovers() throws {
    let name = (wheel("1.0") as NSString).lastPathComponent
    try AtomicFile.write("half a wheel", to: "\(folder)/plugins/.made.part/wheels/\(name)")
    try AtomicFile.write("half a plugin", to: "\(folder)/plugins/.made.part/unpacked/library/other.so")
    try AtomicFile.write("half a plugin", to: plugin + "/library/plugin.so")
    let result = try setUp()
    #expect(result.status == 0 && content(plugin + "/library/plugin.so") == "first", "\(result)")
    #expect(content(plugin + "/library/other.so") == nil)
    try expectOnly(["made"])
  }

  @Test("a wheel with another hash, or none, is refused and changes nothing", arguments: [true, false]) func refused(isThere: Bool) throws {
    _ = try setUp()
    try publish("2.0", "second", hash: String(repeating: "0", count: 64))
    if !isThere { unlink(wheel("2.0")) }
    let result = try setUp()
    #expect(result.status == 75 && result.errors.contains("  fix:   "), "\(result)")
    #expect(content(plugin + "/library/plugin.so") == "first")
  }

  @Test("an unknown device, none, or no pip say what to do") func mistakes() throws {
    let unknown = try setUp("rocm")
    #expect(unknown.status == 64 && unknown.errors.contains("known are: cpu cuda made"), "\(unknown)")
    let none = try setUp("")
    #expect(none.status == 64 && none.errors.contains("DEVICE=cpu or DEVICE=cuda"), "\(none)")
    #expect(try setUp("../made").status == 64)
    try AtomicFile.write("#!/bin/sh\nexit 1\n", to: folder + "/bin/python3")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/bin/python3")
    let without = try setUp(path: folder + "/bin:/usr/bin:/bin")
    #expect(without.status == 66 && without.errors.contains("python3-pip"), "\(without)")
  }
}
