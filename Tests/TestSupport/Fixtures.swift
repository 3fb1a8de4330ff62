import Arrays
import Foundation

/// The stored files that tests compare with.
package enum Fixtures {
  /// The checkout, found from the place of this source file.
  package static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  package static let folder = repository + "/Tests/Fixtures"

  /// A path inside the folder, for example `golden/index.json`.
  package static func path(_ name: String) -> String { folder + "/" + name }

  /// Numbers made by the original authors' code; see `Tests/Fixtures/golden/README.md`.
  package static func golden(_ name: String) throws -> SafetensorsFile {
    try SafetensorsFile(path: path("golden/\(name).safetensors"))
  }
}

extension Fixtures {
  package static let plottingScripts = repository + "/paper-figures"

  /// Copies the plotting scripts, without figures that may lie beside them.
  package static func copyPlottingScripts(to folder: String) throws {
    for path in try FileManager.default.subpathsOfDirectory(atPath: plottingScripts) where path.hasSuffix(".gp") {
      let target = "\(folder)/\(path)"
      try FileManager.default.createDirectory(atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: "\(plottingScripts)/\(path)", toPath: target)
    }
  }
}

/// max|a − b| / max|b|, with at least 1e-12 below the line because a few references are exactly zero; infinite for unequal sizes or NaN.
package func maxRelative(_ values: [Double], _ reference: [Double]) -> Double {
  guard values.count == reference.count else { return .infinity }
  var difference = 0.0
  var size = 1e-12
  for (value, expected) in zip(values, reference) {
    let distance = abs(value - expected)
    if distance.isNaN { return .infinity }
    difference = max(difference, distance)
    size = max(size, abs(expected))
  }
  return difference / size
}
