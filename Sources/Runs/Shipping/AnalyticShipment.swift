import Foundation
import RunSupport

/// Tables that need no training on their way into the repository, with the hashes of what they were computed from.
package struct AnalyticShipment: Sendable {
  /// Below `results` and `results/shipped`.
  package static let folderName = "analytic"
  static let inputsName = "inputs.sha256"

  private let folder: String
  private let inputs: String

  /// - Parameters:
  ///   - results: the folder with `analytic`.
  ///   - inputs: hashes of the sources and data cards that the tables were computed from; what is older than it was computed from others.
  package init(results: String, inputs: String) { (folder, self.inputs) = ("\(results)/\(Self.folderName)", inputs) }

  /// Copies what is up to date, and deletes shipped tables that are no longer computed.
  ///
  /// - Parameter shipped: `results/shipped`.
  /// - Throws: `StageError` (`inputOutput`).
  func ship(to shipped: String) throws -> [Shipment.Line] {
    let names = try InputFile.names(inFolder: folder).filter { $0.hasSuffix(".csv") && !$0.hasPrefix(".") }
    // Rules of claims that the tables decide.
    let hashes = try InputFile.names(inFolder: folder).filter { $0.hasSuffix(".sha256") && !$0.hasPrefix(".") }
    if names.isEmpty { return [] }
    func line(_ name: String, _ outcome: Shipment.Outcome) -> Shipment.Line {
      Shipment.Line(path: "\(Self.folderName)/\(name)", outcome: outcome)
    }
    guard let made = time(of: inputs) else {
      return names.map { line($0, .leftOut("nothing says what it was computed from; run make reproduce-analytic")) }
    }
    let list = "\(folder)/.done"
    let listed = Set((try? String(contentsOfFile: list, encoding: .utf8))?.split(separator: "\n").map { ($0 as Substring).lastName } ?? [])
    let current = names.filter { name in
      // A table of the list whose content was the same keeps its time.
      (time(of: listed.contains(name) ? list : "\(folder)/\(name)") ?? .distantPast) >= made
    }
    let why = "it was computed from other code or data, and no table is shipped before make reproduce-analytic or make delay-limits"
    let stale = names.filter { !current.contains($0) }.map { line($0, .leftOut(why)) }
    // One list of hashes stands for all tables.
    if !stale.isEmpty { return stale }
    let target = "\(shipped)/\(Self.folderName)"
    let gone = try InputFile.names(inFolder: target).filter {
      $0.hasSuffix(".csv") && !names.contains($0) && !$0.hasPrefix("delay-limits-")
    }
    for name in gone { try FileManager.default.removeItem(atPath: "\(target)/\(name)") }
    return try gone.map { line($0, .removed) }
      + (names + hashes).map { line($0, try copy($0, to: target)) }
      + [line(Self.inputsName, try write(Data(plainInputs().utf8), to: "\(target)/\(Self.inputsName)"))]
  }

  private func copy(_ name: String, to target: String) throws -> Shipment.Outcome {
    try write(InputFile.data("\(folder)/\(name)", fix: "run make reproduce-analytic"), to: "\(target)/\(name)")
  }

  private func write(_ data: Data, to path: String) throws -> Shipment.Outcome {
    let exists = FileManager.default.fileExists(atPath: path)
    guard try AtomicFile.writeIfChanged(data, to: path) else { return .unchanged }
    return exists ? .replaced("computed anew") : .added
  }

  /// The hashes; the folder with `prepared` is called `data`, whatever and wherever it is on this machine.
  private func plainInputs() throws -> String {
    String(decoding: try InputFile.data(inputs, fix: "run make reproduce-analytic"), as: UTF8.self)
      .replacing(/(?m)^([0-9a-f]+  ).*\/prepared\//) { "\($0.1)data/prepared/" }
  }

  private func time(of path: String) -> Date? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
  }
}

extension Substring {
  fileprivate var lastName: String { (String(self) as NSString).lastPathComponent }
}
