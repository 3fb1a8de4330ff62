import Arrays
import Datasets

/// Samples in memory: values of shape [channels, L] with numbers or classes to learn; every split holds all of them.
struct ListedSource: BatchSource {
  var channels: Int
  var length: Int
  /// Shape [samples][channels · L].
  var inputs: [[Float]]
  /// Shape [samples][outputs]; empty if there are labels.
  var numbers: [[Float]] = []
  var labels: [Int32] = []

  var description: SampleDescription {
    SampleDescription(
      input: .values(channels: channels), target: numbers.isEmpty ? .classes(3) : .numbers(numbers[0].count), sequenceLength: length)
  }

  func count(of split: Split) -> Int { inputs.count }

  func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit) -> Batch {
    Batch(
      input: .values(HostArray([positions.count, channels, length], values: positions.flatMap { inputs[$0] })),
      target: target(positions, of: split))
  }

  func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target {
    numbers.isEmpty
      ? .classes(positions.map { labels[$0] })
      : .numbers(HostArray([positions.count, numbers[0].count], values: positions.flatMap { numbers[$0] }))
  }
}
