import Datasets
import RunSupport
import Testing

@Suite struct GeneratedTaskTests {
  private static let waves = ["sequenceLength": 64, "train": 30, "validation": 3, "test": 5, "seed": 7]
  private static let delay = ["sequenceLength": 40, "lag": 10, "train": 6, "validation": 3, "test": 5, "seed": 7]

  @Test("the samples are those of the task; test and validation share none")
  func waves() throws {
    let source = try GeneratedTask.waves.source(Self.waves)
    #expect(Split.allCases.map(source.count) == [30, 3, 5])
    let task = WaveTask(sequenceLength: 64, testCount: 8, seed: 7)
    let batch = source.batch([4, 0], of: .test, visit: .first)
    let expected = task.batch([4, 0], of: .test)
    guard case .values(let input) = batch.input, case .numbers(let alone) = source.target([4, 0], of: .test) else {
      Issue.record("no values or no numbers")
      return
    }
    #expect(input.shape == [2, 1, 64] && input.values() == expected.input.values())
    #expect(batch.targets == expected.target.values())
    #expect(alone.shape == [2, 4] && alone.values() == batch.targets)
    #expect(source.batch([0], of: .validation, visit: .first).targets == task.batch([5], of: .test).target.values())
    // Another size of validation moves no test sample.
    var other = Self.waves
    other["validation"] = 1
    #expect(try GeneratedTask.waves.source(other).batch([4, 0], of: .test, visit: .first).targets == batch.targets)
  }

  @Test("training samples are different places of the grid, spread over it")
  func grid() throws {
    let source = try GeneratedTask.waves.source(Self.waves)
    let targets = source.batch(Array(0..<30), of: .train, visit: .first).targets
    let rows = Set(stride(from: 0, to: 120, by: 4).map { Array(targets[$0..<$0 + 4]) })
    #expect(rows.count == 30)
    #expect(Set(rows.map { $0[0] }).count > 5)
  }

  @Test("training sequences of the delay task are new in each epoch, the others never")
  func delay() throws {
    let source = try GeneratedTask.delay.source(Self.delay)
    func values(_ split: Split, _ epoch: Int) -> [Float] {
      guard case .values(let tensor) = source.batch([1], of: split, visit: Visit(seed: 1, epoch: epoch)).input else { return [] }
      return tensor.values()
    }
    #expect(values(.train, 0) != values(.train, 1))
    #expect(values(.test, 0) == values(.test, 1) && values(.validation, 0) == values(.validation, 1))
    #expect(values(.test, 0) != values(.validation, 0))
    let batch = source.batch([1], of: .test, visit: .first)
    #expect(batch.targets == [Float](repeating: 0, count: 10) + values(.test, 0).prefix(30))
  }

  @Test("impossible numbers are refused", arguments: [("lag", 40), ("sequenceLength", 3), ("train", 0), ("test", 0), ("seed", -1)])
  func impossible(name: String, value: Int) throws {
    var parameters = Self.delay
    parameters[name] = value
    #expect(#expect(throws: StageError.self) { try GeneratedTask.delay.source(parameters) }?.code == .badConfiguration)
  }

  @Test("more training samples than the grid has are refused, and so is a missing number")
  func grids() throws {
    var parameters = Self.waves
    parameters["train"] = 10_001
    #expect(throws: StageError.self) { try GeneratedTask.waves.source(parameters) }
    parameters["train"] = nil
    #expect(throws: StageError.self) { try GeneratedTask.waves.source(parameters) }
  }
}
