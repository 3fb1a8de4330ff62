import Foundation
import TestSupport
import Testing

/// `scripts/peers/install.sh` with a python3 that makes environments as venv does but installs nothing.
@Suite(.temporaryFolder) struct InstallPeersTests {
  private let place = Place()

  /// Makes an environment where venv can, that is where nothing is or a folder; the environment's own Python notes what pip is asked for.
  private static let python = """
    #!/bin/bash
    [ "$1 $2" = "-m venv" ] || exit 2
    if [ -L "$3" ] || ! mkdir -p "$3/bin"; then echo "Error: [Errno 17] File exists: '$3'" >&2; exit 1; fi
    [ -e "$3/bin/python" ] || [ -L "$3/bin/python" ] || cp "$(dirname "$0")/environment-python" "$3/bin/python"
    [ -x "$3/bin/python" ] || exit 1
    """
  private static let environmentPython = """
    #!/bin/bash
    if [ "$1 $2 $3" = "-m pip install" ]; then echo "$*" >> pip.log; fi
    """

  private struct Place {
    var environment: String { "\(folder)/.setup/peers-venv" }

    func write(_ text: String, to path: String) throws {
      let target = "\(folder)/\(path)"
      try FileManager.default.createDirectory(
        atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try text.write(toFile: target, atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: target)
    }

    /// Runs the script and returns how it ended and how often it installed.
    func install() throws -> (result: ProcessResult, installations: Int) {
      try? FileManager.default.removeItem(atPath: "\(folder)/pip.log")
      let result = try ProcessResult.run(
        "/bin/bash", ["\(folder)/scripts/peers/install.sh"], environment: ["PATH": "\(folder)/bin:/usr/bin:/bin"])
      let log = (try? String(contentsOfFile: "\(folder)/pip.log", encoding: .utf8)) ?? ""
      return (result, log.split(separator: "\n").count)
    }
  }

  init() throws {
    let scripts = "\(Fixtures.repository)/scripts/peers"
    for name in ["install.sh", "requirements.txt"] {
      try place.write(try String(contentsOfFile: "\(scripts)/\(name)", encoding: .utf8), to: "scripts/peers/\(name)")
    }
    try place.write(Self.python, to: "bin/python3")
    try place.write(Self.environmentPython, to: "bin/environment-python")
    try place.write("#!/bin/bash", to: "bin/c++")
    // So that no allocator is fetched.
    try place.write("/usr/lib/libtcmalloc_minimal.so.4\n", to: ".setup/peers-tcmalloc")
  }

  @Test("an environment is made once, and again for other versions") func once() throws {
    let first = try place.install()
    #expect(first.result.status == 0 && first.installations == 1, "\(first)")
    #expect(first.result.errors.contains("installing torch") && !first.result.errors.contains("broken"))
    let second = try place.install()
    #expect(second.result.status == 0 && second.installations == 0 && second.result.errors.isEmpty, "\(second)")
    let later = Date(timeIntervalSinceNow: 60)
    try FileManager.default.setAttributes([.modificationDate: later], ofItemAtPath: "\(folder)/scripts/peers/requirements.txt")
    let third = try place.install()
    #expect(third.result.status == 0 && third.installations == 1 && !third.result.errors.contains("broken"), "\(third)")
  }

  enum Damage: String, CaseIterable { case danglingLink, linkToOther, file, emptyFolder, halfMade, lostPython }

  @Test("a broken environment is removed and made again, and nothing else", arguments: Damage.allCases)
  func broken(damage: Damage) throws {
    try place.write("mine", to: "elsewhere/bin/kept")
    let manager = FileManager.default
    switch damage {
    case .danglingLink: try manager.createSymbolicLink(atPath: place.environment, withDestinationPath: "\(folder)/nowhere")
    case .linkToOther: try manager.createSymbolicLink(atPath: place.environment, withDestinationPath: "\(folder)/elsewhere")
    case .file: try place.write("no folder", to: ".setup/peers-venv")
    case .emptyFolder: try manager.createDirectory(atPath: place.environment, withIntermediateDirectories: true)
    case .halfMade: try place.write("#!/bin/bash\nexit 1", to: ".setup/peers-venv/bin/python")
    case .lostPython:
      #expect(try place.install().installations == 1)
      try manager.removeItem(atPath: "\(place.environment)/bin/python")
      try manager.createSymbolicLink(atPath: "\(place.environment)/bin/python", withDestinationPath: "/nowhere/python3")
    }
    let (result, installations) = try place.install()
    #expect(result.status == 0 && installations == 1, "\(result)")
    #expect(result.errors.contains("peers: .setup/peers-venv is broken") && !result.errors.contains("File exists"), "\(result)")
    #expect(manager.fileExists(atPath: "\(place.environment)/installed"))
    #expect(try manager.attributesOfItem(atPath: place.environment)[.type] as? FileAttributeType == .typeDirectory)
    #expect(try String(contentsOfFile: "\(folder)/elsewhere/bin/kept", encoding: .utf8) == "mine")
    #expect(try String(contentsOfFile: "\(folder)/.setup/peers-tcmalloc", encoding: .utf8).hasPrefix("/usr/lib"))
  }

  @Test("where none can be made the exit code is 75") func unavailable() throws {
    try place.write("#!/bin/bash\nexit 1", to: "bin/python3")
    let (result, _) = try place.install()
    #expect(result.status == 75 && result.errors.contains("no virtual environment could be made"), "\(result)")
  }
}
