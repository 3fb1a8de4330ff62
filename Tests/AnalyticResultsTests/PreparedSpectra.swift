import Arrays
import DatasetPreparation
import Datasets
import Foundation
import RunSupport

/// Prepared folders for the spectra of data, in a folder of their own.
enum PreparedSpectra {
  /// Pictures of 32 × 32 gray values: rows are noisy copies of a smooth random row, as rows of photographs are alike.
  static func images(in folder: String, count: Int = 40) throws {
    var stream = RandomStream(seed: 3, purpose: .testing)
    let bytes = (0..<count).flatMap { _ -> [UInt8] in
      let (phase, frequency, height) = (stream.uniform() * 2 * .pi, 0.1 + 0.2 * stream.uniform(), 30 + 40 * stream.uniform())
      return (0..<1024).map { step in
        UInt8(max(0, min(255, 128 + height * sin(frequency * Double(step % 32) + phase) + 10 * stream.normal())))
      }
    }
    try write(folder, "cifar10/gray", length: 1024, words: 0, lists: count) { path in
      try NumPyFile.write(NumPyArray(bytes, shape: [count, 1024, 1]), to: "\(path)/values.npy")
    }
  }

  /// Random words in sequences of 200 to 256 steps.
  static func tokens(in folder: String, name: String = "listops-generated-seed-1", count: Int = 40, standIn: Bool = false) throws {
    var stream = RandomStream(seed: 4, purpose: .testing)
    let lengths = (0..<count).map { $0 == 0 ? 256 : 200 + Int(stream.uniform() * 57) }
    let words = lengths.flatMap { length in (0..<length).map { _ in UInt8(3 + stream.uniform() * 15) } }
    let offsets = lengths.reduce(into: [Int64(0)]) { $0.append($0[$0.count - 1] + Int64($1)) }
    try write(folder, "lra/\(name)", length: 256, words: 18, lists: count, standIn: standIn) { path in
      try NumPyFile.write(NumPyArray(words, shape: [words.count]), to: "\(path)/tokens.npy")
      try NumPyFile.write(NumPyArray(offsets, shape: [offsets.count]), to: "\(path)/offsets.npy")
    }
  }

  /// Pathfinder's own pictures.
  static func pathfinder(in folder: String, contourLength: Int, count: Int) throws {
    let parameters = try PathfinderParameters(resolution: 128, contourLength: contourLength, count: count, centered: true)
    try PathfinderPreparation.prepareGenerated(
      parameters, output: "\(folder)/lra/pathfinder-generated-centered-contourLength-\(contourLength)-count-\(count)", threadCount: 2)
  }

  private static func write(
    _ folder: String, _ name: String, length: Int, words: Int, lists count: Int, standIn: Bool = false, arrays: (String) throws -> Void
  ) throws {
    let path = "\(folder)/\(name)"
    try AtomicFile.makeDirectory(path)
    try arrays(path)
    try list((0..<count).map { _ in 0 }, "labels", path)
    let (train, validation) = (count * 8 / 10, count * 9 / 10)
    var card = DatasetCard(
      family: (name as NSString).deletingLastPathComponent, variant: "demo", inputKind: words > 0 ? .tokens : .values,
      sequenceLength: length, classCount: 1)
    for (split, range) in [(Split.train, 0..<train), (.validation, train..<validation), (.test, validation..<count)] {
      try list(range.map { Int32($0) }, "split-\(split.rawValue)", path)
      card.splits[split.rawValue] = .init(count: range.count, perClass: [])
    }
    card.vocabulary = (0..<words).map { "w\($0)" }
    card.normalization = words > 0 ? nil : .init(scale: 1 / 255.0, mean: [0], deviation: [1])
    card.generator = words > 0 ? .init(name: "demo", parameters: [:]) : nil
    card.standIn = standIn
    try AtomicFile.write(try JSONText.encode(card), to: "\(path)/card.json")
  }

  private static func list(_ values: [Int32], _ name: String, _ path: String) throws {
    try NumPyFile.write(NumPyArray(values, shape: [values.count]), to: "\(path)/\(name).npy")
  }
}
