import Arrays
import Foundation
import RunSupport
import StateSpace
import Training

/// The systems of all layers that a file of weights holds.
package enum ModelCheckpoint {
  /// Layer by layer, each direction by direction, each channel by channel.
  ///
  /// - Parameters:
  ///   - path: a safetensors file, or the folder of a run, of which the best weights are taken.
  ///   - options: count more than the configuration of the run that the weights lie in.
  /// - Throws: `StageError`: `missingInput`, or `badData` for a damaged file, unknown names, unfit shapes and values that are not finite.
  package static func systems(path: String, options: CheckpointOptions = CheckpointOptions()) throws -> [SystemEntry] {
    let path = try weightsFile(path)
    let file = try SafetensorsFile(path: path)
    let form = try options.completed(byRunWithWeights: path)
    let start = options.prefix + "s4_layers."
    let indices = Set(file.names.filter { $0.hasPrefix(start) }.compactMap { Int($0.dropFirst(start.count).prefix { $0 != "." }) })
    // Models of one bank of systems have no layers to count.
    let isBank = file.names.contains { $0.hasPrefix(options.prefix + "kernel.") }
    let layers = indices.sorted().map { ($0, "\(start)\($0).") } + (indices.isEmpty && isBank ? [(0, options.prefix)] : [])
    guard !layers.isEmpty else { throw noLayers(path, file.names, start) }
    return try layers.flatMap { index, prefix in
      try CheckpointLayer(index: index, prefix: prefix, file: file, path: path, options: form).systems()
    }
  }

  /// The newest `best-epoch-….safetensors` of a folder or of its folder `checkpoints`; a file is taken as it is.
  ///
  /// - Throws: `StageError` (`missingInput`) if the folder has none.
  package static func weightsFile(_ path: String) throws -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return path }
    for folder in [path, (path as NSString).appendingPathComponent("checkpoints")] {
      if let best = CheckpointStore.bestWeights(in: folder) { return best }
    }
    throw StageError(
      .missingInput, "no best weights in \(path)", where: path, why: "neither it nor its folder checkpoints holds a best-epoch file",
      fix: "let the run finish an epoch, or name a safetensors file")
  }

  private static func noLayers(_ path: String, _ names: [String], _ start: String) -> StageError {
    let found = names.compactMap { name in name.range(of: "s4_layers.").map { String(name[..<$0.lowerBound]) } }
    let prefixes = Set(found).sorted().map { $0.isEmpty ? "''" : $0 }
    return StageError(
      .badData, "no layers in \(path)", where: path, why: "none of its \(names.count) names begins with \(start) or kernel.",
      fix: prefixes.isEmpty
        ? "use a checkpoint with the names of docs/checkpoints.md" : "choose one of the prefixes \(prefixes.joined(separator: ", "))")
  }
}
