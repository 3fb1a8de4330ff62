import Arrays
import DatasetPreparation
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct PathfinderPreparationTests {
  private func parameters(count: Int, resolution: Int = 32, centered: Bool = false) throws -> PathfinderParameters {
    try PathfinderParameters(resolution: resolution, contourLength: 4, distractors: 1, count: count, seed: 2, centered: centered)
  }

  @Test("one and two threads write the same bytes") func sameBytes() throws {
    try PathfinderPreparation.prepareGenerated(parameters(count: 200), output: folder + "/one", threadCount: 1)
    try PathfinderPreparation.prepareGenerated(parameters(count: 200), output: folder + "/two", threadCount: 2)
    #expect(try files(folder + "/one") == files(folder + "/two"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["one", "two"], "no part is left")
    #expect(try PreparedCheck.run(folder + "/one").count == 5)
  }

  @Test("an interrupted preparation goes on behind its finished parts and gives the same bytes") func resumed() throws {
    // 64 pictures of 256 pixels make a part.
    let parameters = try parameters(count: 130, resolution: 256)
    try PathfinderPreparation.prepareGenerated(parameters, output: folder + "/whole", threadCount: 2)
    // A folder that is no prepared one fails only when all parts are there.
    try AtomicFile.write("precious", to: folder + "/resumed/notes.txt")
    #expect(throws: StageError.self) {
      try PathfinderPreparation.prepareGenerated(parameters, output: folder + "/resumed", threadCount: 2)
    }
    try FileManager.default.removeItem(atPath: folder + "/resumed")
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.contains(".parts-") })
    let parts = folder + "/" + name
    #expect(try FileManager.default.contentsOfDirectory(atPath: parts).sorted() == ["lock", "part-0", "part-1", "part-2"])
    try FileManager.default.removeItem(atPath: "\(parts)/part-2")
    try AtomicFile.write(Data([1, 2, 3]), to: "\(parts)/part-1")  // a part of the wrong length counts as none
    let before = try FileManager.default.attributesOfItem(atPath: "\(parts)/part-0")[.systemFileNumber] as? Int
    var steps: [Int] = []
    try PathfinderPreparation.prepareGenerated(parameters, output: folder + "/resumed", threadCount: 1) { done, _ in
      steps.append(done)
      let now = try? FileManager.default.attributesOfItem(atPath: "\(parts)/part-0")[.systemFileNumber] as? Int
      #expect(now == before, "the first part is not made again")
    }
    #expect(steps == [64, 128, 130])
    #expect(try files(folder + "/whole") == files(folder + "/resumed"))
  }

  @Test("splits are disjoint, complete and balanced exactly", arguments: [20, 46, 300]) func splits(count: Int) throws {
    let card = try PathfinderPreparation.prepareGenerated(parameters(count: count), output: folder + "/p", threadCount: 2)
    let lists = try Split.allCases.map { try NumPyFile.read(folder + "/p/split-\($0.rawValue).npy").values(as: Int32.self) }
    #expect(lists.joined().sorted() == Array(0..<Int32(count)))
    let tenth = count / 20 * 2
    #expect(lists.map(\.count) == [count - 2 * tenth, tenth, tenth])
    for counts in card.splits.values { #expect(counts.perClass == [counts.count / 2, counts.count / 2]) }
  }

  @Test("what a loader reads back, in both ranges of values", arguments: [false, true]) func readBack(centered: Bool) throws {
    let parameters = try parameters(count: 40, centered: centered)
    let card = try PathfinderPreparation.prepareGenerated(parameters, output: folder + "/p", threadCount: 2)
    #expect(card.variant == (centered ? "pathfinder-generated-centered" : "pathfinder-generated"))
    #expect(card.generator?.parameters == parameters.dictionary && !card.unofficial && !card.standIn)
    let data = try PreparedDataset(directory: folder + "/p")
    let record = try Int(NumPyFile.read(folder + "/p/split-test.npy").values(as: Int32.self)[1])
    let sample = try PathfinderGenerator(parameters.settings, seed: 2).sample(record)
    let batch = data.batch([1], of: .test)
    guard case .values(let values) = batch.input else { throw CocoaError(.featureUnsupported) }
    #expect(batch.labels == [Int32(sample.label)])
    let steps = values.values()
    for (step, pixel) in sample.pixels.enumerated() {
      let expected = centered ? Float(pixel) / 127.5 - 1 : Float(pixel) / 255
      #expect(abs(steps[step] - expected) < 1e-6)
    }
  }

  @Test("the folder's name") func preparedPath() throws {
    let recipe = try #require(DataFamily.arena.recipes(["task": "pathfinder", "centered": "true"]).first)
    let data = try recipe.description(["contourLength": 6, "distractors": 2, "count": 40_000])
    let name = "lra/pathfinder-generated-centered-contourLength-6-count-40000-distractors-2-resolution-32-seed-1"
    #expect(data.preparedPath == name)
    #expect(try PathfinderParameters(resolution: 128).distractors == 8)
  }

  @Test("impossible numbers", arguments: [(48, 6, 1, 40, 1), (32, 0, 1, 40, 1), (32, 6, -1, 40, 1), (32, 6, 1, 41, 1), (32, 6, 1, 40, -1)])
  func impossible(resolution: Int, contourLength: Int, distractors: Int, count: Int, seed: Int) {
    let error = stageError {
      _ = try PathfinderParameters(
        resolution: resolution, contourLength: contourLength, distractors: distractors, count: count, seed: seed)
    }
    #expect(error?.code == .badConfiguration)
  }
}
