import RunSupport

/// The sizes of one benchmarked model; 32 complex modes a channel in all.
struct BenchmarkShape {
  let name: String
  let batchSize: Int
  let sequenceLength: Int
  let modelWidth: Int
  let layerCount: Int
  let classCount: Int

  static let all = [
    BenchmarkShape(name: "image-small", batchSize: 16, sequenceLength: 1024, modelWidth: 128, layerCount: 4, classCount: 10),
    BenchmarkShape(name: "listops", batchSize: 32, sequenceLength: 2048, modelWidth: 128, layerCount: 6, classCount: 10),
    BenchmarkShape(name: "image", batchSize: 50, sequenceLength: 1024, modelWidth: 512, layerCount: 6, classCount: 10),
    BenchmarkShape(name: "pathfinder", batchSize: 50, sequenceLength: 1024, modelWidth: 256, layerCount: 6, classCount: 2),
    BenchmarkShape(name: "text", batchSize: 16, sequenceLength: 4096, modelWidth: 256, layerCount: 6, classCount: 2),
    BenchmarkShape(name: "pathx", batchSize: 2, sequenceLength: 16384, modelWidth: 128, layerCount: 6, classCount: 2),
    BenchmarkShape(name: "sc35", batchSize: 4, sequenceLength: 16000, modelWidth: 128, layerCount: 6, classCount: 35),
    BenchmarkShape(name: "pathx256", batchSize: 1, sequenceLength: 65536, modelWidth: 128, layerCount: 2, classCount: 2),
  ]

  static func named(_ name: String) throws -> BenchmarkShape {
    if let shape = all.first(where: { $0.name == name }) { return shape }
    let nearest = NearestName.suggestion(for: name, among: all.map(\.name))
    throw StageError(
      .usage, "unknown shape \(name)", where: "--shape", why: "known are \(all.map(\.name).joined(separator: ", "))",
      fix: nearest.map { "did you mean \($0)?" } ?? "name one of them")
  }
}
