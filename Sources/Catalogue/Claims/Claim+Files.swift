import Foundation
import RunSupport

extension Claim {
  /// Every claim of a catalogue, by paper and number; a file that is wrong stops no other.
  ///
  /// - Parameter experiments: ids that a rule may name.
  /// - Throws: what reading a file says that the system does not give.
  static func all(in catalogue: String, experiments: Set<String>) throws -> (claims: [Claim], problems: [StageError]) {
    let path = "\(catalogue)/\(folder)"
    guard FileManager.default.fileExists(atPath: path) else { return ([], []) }
    var claims: [Claim] = []
    var problems: [StageError] = []
    for name in try InputFile.names(inFolder: path) where name.hasSuffix(".yaml") && !name.hasPrefix(".") {
      do {
        let file = try ConfigurationFile(path: "\(path)/\(name)", fix: "restore it")
        let claim = try Claim(reading: file.root, id: String(name.dropLast(".yaml".count)))
        try claim.check(experiments, file: file.path)
        claims.append(claim)
      } catch let error as StageError where error.code == .badConfiguration {
        problems.append(error)
      }
    }
    return (claims.sorted { $0.order < $1.order }, problems)
  }

  /// `B10` stands behind `B9`.
  private var order: (String, Int, String) {
    let number = id.dropFirst().prefix { $0.isNumber }
    return (String(id.prefix(1)), Int(number) ?? 0, id)
  }

  private func check(_ known: Set<String>, file: String) throws {
    for id in (rule?.experiments ?? []) + larger where !known.contains(id) {
      throw StageError(
        .badConfiguration, "the claim \(self.id) names the unknown experiment \(id)", where: file,
        why: "no file of the catalogue defines it",
        fix: NearestName.suggestion(for: id, among: known).map { "did you mean \($0)?" } ?? "name one that `make plan` lists")
    }
  }
}
