import Foundation
import RunSupport

extension Machine {
  /// The machine that a plan's hours are for: this one, if `make calibrate` measured it; else the shipped one whose code is built here.
  ///
  /// - Parameters:
  ///   - calibrated: the file that `make calibrate` writes; it need not be there.
  ///   - shipped: `docs/step-times.csv`, and `docs/accelerator-budget.csv`, whose machines are taken by name alone.
  ///   - vectors: vector instructions of this build, `AVX2`.
  ///   - name: a machine of either file in place of that, or a part of its name.
  /// - Throws: `StageError`: what `all` says, and `usage` if no machine is called so.
  package static func choose(calibrated: String, shipped: [String], vectors: String, name: String? = nil) throws -> Machine {
    let own = FileManager.default.fileExists(atPath: calibrated) ? try all(inFile: calibrated) : []
    let others = try shipped.flatMap(all)
    guard let name else { return own.first ?? others.first { !$0.isComputed && $0.name.contains(vectors) } ?? others[0] }
    if let found = (own + others).first(where: { $0.name.localizedCaseInsensitiveContains(name) }) { return found }
    let names = (own + others).map(\.name)
    throw StageError(
      .usage, "there are no times of a machine called '\(name)'", where: "--machine",
      why: "known are \(names.joined(separator: "; "))", fix: "name one of them or a part of its name, or measure yours with make calibrate"
    )
  }
}
