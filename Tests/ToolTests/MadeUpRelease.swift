import Arrays
import DatasetPreparation
import Foundation
import RunSupport
import TestSupport
import Testing

/// Small raw files in the layout of a release, large enough that a tool needs a moment for them.
struct MadeUpRelease: Sendable, CustomTestStringConvertible {
  let tool: String
  /// Entry in the list of sources.
  let dataset: String
  /// What `download` takes besides the folders.
  var downloadOptions: [String] = []
  /// What `preprocess` takes besides the folders.
  let options: [String]
  let files: @Sendable () throws -> [String: Data]

  var testDescription: String { ([tool] + options).joined(separator: " ") }

  static let movingDigits = MadeUpRelease(
    tool: "prepare-moving-mnist", dataset: "moving-mnist",
    options: ["--variant", "coloured", "--frames", "30", "--train", "20", "--validation", "1", "--test", "1"], files: digits)

  static let all = [
    movingDigits,
    MadeUpRelease(tool: "prepare-cifar10", dataset: "cifar10", options: ["--variant", "gray"], files: colourPictures),
    MadeUpRelease(
      tool: "prepare-lra", dataset: "imdb", downloadOptions: ["--task", "text"], options: ["--task", "text"], files: reviews),
    MadeUpRelease(
      tool: "prepare-lra", dataset: "lra", downloadOptions: ["--task", "listops"], options: ["--task", "listops", "--source", "released"],
      files: arena),
    MadeUpRelease(
      tool: "prepare-lra", dataset: "lra", downloadOptions: ["--task", "retrieval"], options: ["--task", "retrieval"], files: arena),
    MadeUpRelease(
      tool: "prepare-lra", dataset: "lra", downloadOptions: ["--task", "pathfinder"],
      options: ["--task", "pathfinder", "--source", "released"], files: arena),
    MadeUpRelease(tool: "prepare-speech-commands", dataset: "speech-commands", options: ["--variant", "16khz"], files: clips),
    MadeUpRelease(
      tool: "prepare-celeba", dataset: "celeba", options: ["--source", "released", "--height", "256", "--width", "64"], files: faces),
    MadeUpRelease(tool: "prepare-bidmc", dataset: "bidmc", downloadOptions: ["--task", "hr"], options: ["--task", "hr"], files: signals),
  ]

  /// Options of `download` for files of a mirror that vouches for them.
  func mirror(in folder: String) throws -> [String] {
    var sums = ""
    var entries = ""
    for (name, content) in try files() {
      try AtomicFile.write(content, to: "\(folder)/mirror/\(name)")
      sums += "\(FileHash.hex(of: content))  \(name)\n"
      entries += "{name: \(name), sha256: \(FileHash.hex(of: content)), mirror: [\(name)]}, "
    }
    if dataset == "lra" {
      let members =
        ["train", "val", "test"].map { "listops-1000/basic_\($0).tsv" }
        + ["train", "eval", "test"].map { "tsv_data/new_aan_pairs.\($0).tsv" }
      entries += members.map { "{name: \($0), hash: none published, memberOf: lra_release.gz}, " }.joined()
    }
    try AtomicFile.write(sums, to: folder + "/mirror/SHA256SUMS")
    let sources = "\(dataset): {title: t, home: h, licence: l, byHand: b, files: [\(entries)]}"
    try AtomicFile.write(sources, to: folder + "/sources.yaml")
    return ["--mirror", folder + "/mirror", "--sources", folder + "/sources.yaml"] + downloadOptions
  }

  @Sendable private static func digits() -> [String: Data] {
    let pixels = Data((0..<40 * 784).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    let images = Data([0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 28, 0, 0, 0, 28]) + pixels
    let labels = Data([0, 0, 8, 1, 0, 0, 0, 40]) + Data((0..<40).map { UInt8($0 % 10) })
    return [
      "train-images-idx3-ubyte.gz": images, "train-labels-idx1-ubyte.gz": labels, "t10k-images-idx3-ubyte.gz": images,
      "t10k-labels-idx1-ubyte.gz": labels,
    ]
  }

  @Sendable private static func colourPictures() -> [String: Data] {
    let names = ["test_batch"] + (1...5).map { "data_batch_\($0)" }
    let members = names.enumerated().map { batch, name in
      let records = (0..<60).map { record in Data([UInt8(record % 10)]) + Data(repeating: UInt8(record + batch), count: 3072) }
      return (name: "cifar-10-batches-bin/\(name).bin", content: records.reduce(Data(), +))
    }
    return ["cifar-10-binary.tar.gz": TarWriter.archive(members)]
  }

  @Sendable private static func reviews() -> [String: Data] {
    let members = ["train/neg", "train/pos", "test/neg", "test/pos"].flatMap { folder in
      (0..<30).map { ("aclImdb/\(folder)/\($0)_5.txt", Data(String(repeating: "words, \($0) é ", count: 60).utf8)) }
    }
    return ["aclImdb_v1.tar.gz": TarWriter.archive(members.map { (name: $0.0, content: $0.1) })]
  }

  @Sendable private static func arena() throws -> [String: Data] {
    var members = ["train", "val", "test"].map { split in
      let lines = (0..<200).map { "( ( ( [MAX \($0 % 9) ) \($0 % 7) ) ] )\t\(max($0 % 9, $0 % 7))\n" }
      return (name: "lra_release/listops-1000/basic_\(split).tsv", content: Data(("Source\tTarget\n" + lines.joined()).utf8))
    }
    members += ["train", "eval", "test"].map { split in
      let lines = (0..<60).map { "\($0 % 2).0\tx\ty\t\(String(repeating: "one \($0) ", count: 30))\tanother \($0)\n" }
      return (name: "lra_release/tsv_data/new_aan_pairs.\(split).tsv", content: Data(lines.joined().utf8))
    }
    let folder = "lra_release/lra_release/pathfinder32/curv_contour_length_14"
    for number in 0..<60 {
      let picture = Picture(width: 32, height: 32, channelCount: 1, pixels: [UInt8](repeating: UInt8(number), count: 1024))
      members.append((name: "\(folder)/imgs/0/sample_\(number).png", content: try PNGFile.encode(picture)))
    }
    let lines = (0..<60).map { "imgs/0 sample_\($0).png \($0) \($0 % 2) 1.0 14 4 5 0.5 1 1\n" }
    members.append((name: folder + "/metadata/0.npy", content: Data(lines.joined().utf8)))
    return ["lra_release.gz": TarWriter.archive(members)]
  }

  @Sendable private static func clips() -> [String: Data] {
    let names = (0..<24).map { "\(["bed", "cat", "zero"][$0 % 3])/\($0)a_nohash_0.wav" }
    let sounds = names.enumerated().map { index, name in
      (name: name, content: WaveWriter.file((0..<8000).map { Int16(truncatingIfNeeded: $0 &* (index + 7)) }))
    }
    func list(_ range: Range<Int>) -> Data { Data((names[range].joined(separator: "\n") + "\n").utf8) }
    let lists = [(name: "validation_list.txt", content: list(0..<4)), (name: "testing_list.txt", content: list(4..<9))]
    return ["speech_commands_v0.02.tar.gz": TarWriter.archive(lists + sounds)]
  }

  @Sendable private static func faces() throws -> [String: Data] {
    let jpeg = try SafetensorsFile(path: Fixtures.path("pillow/pictures.safetensors")).tensor("jpeg-420.file").data
    let names = (1...30).map { String(format: "%06d.jpg", $0) }
    return [
      "img_align_celeba.zip": TarWriter.archive(names.map { (name: "img_align_celeba/" + $0, content: Data(jpeg)) }),
      "list_eval_partition.txt": Data(names.enumerated().map { "\($1) \($0 % 3)\n" }.joined().utf8),
    ]
  }

  @Sendable private static func signals() -> [String: Data] {
    func series(_ start: Int) -> String { (0..<4000).map { String(start + $0 % 100) }.joined(separator: ",") }
    let lines = (0..<12).map { "\(series($0)):\(series(3 * $0)):\(60 + $0)\n" }
    let file = Data(("@dimensions 2\n@seriesLength 4000\n@data\n" + lines.joined()).utf8)
    return ["BIDMC32HR_TRAIN.ts": file, "BIDMC32HR_TEST.ts": file]
  }
}
