import Arrays
import RunSupport

/// Draws ListOps expressions as Long Range Arena does, but seeded and in a fixed order.
///
/// A node above depth 10 is an operator with probability 1/4, else a digit; an operator has 2…10 arguments. The size of a tree is its number of
/// words: 1 for a digit, 2 plus the sizes of the arguments for an operator. A tree is kept if `minimumLength < size < maximumLength`.
/// Tree i is the first one kept of lane i of the stream, so any tree can be drawn by itself.
///
/// - Source: google-research/long-range-arena, lra_benchmarks/data/listops.py. Independent draws in another order (operator before
///   arguments) and giving up a tree as soon as it is too large leave the distribution of the kept trees as it is.
package struct ListOpsGenerator: Sendable {
  private static let maximumDepth = 10
  private static let maximumArguments = 10
  private static let operatorProbability = 0.25
  /// So many trees thrown away in a row mean that none of the wanted sizes exists.
  private static let patience = 1_000_000

  private let sizes: Range<Int>
  private let seed: UInt64

  /// - Parameters: both bounds are exclusive, as in the original.
  /// - Throws: `StageError` (`badConfiguration`) if no size lies between the bounds.
  package init(minimumLength: Int, maximumLength: Int, seed: UInt64) throws {
    guard minimumLength >= 0, maximumLength - minimumLength >= 2 else {
      throw StageError(
        .badConfiguration, "no expression is longer than \(minimumLength) and shorter than \(maximumLength)", where: "ListOps generator",
        why: "both bounds are exclusive", fix: "use a larger --maximum-length or a smaller --minimum-length, not below 0")
    }
    sizes = minimumLength + 1..<maximumLength
    self.seed = seed
  }

  /// The first `count` distinct expressions, in the order of their lanes.
  ///
  /// - Throws: `StageError` (`badConfiguration`) if there are not so many of these sizes.
  package func examples(_ count: Int, threadCount: Int) throws -> [ListOpsExample] {
    var seen = Set<[UInt8]>()
    var examples: [ListOpsExample] = []
    var nextLane = 0
    var barrenRounds = 0
    while examples.count < count {
      let missing = count - examples.count
      guard nextLane + missing <= Int(UInt32.max) else { throw tooFew(examples.count, of: count) }
      let drawn = try orderedMap(nextLane..<nextLane + missing, threadCount: threadCount, chunkSize: 64, example(lane:))
      nextLane += missing
      let fresh = drawn.filter { seen.insert($0.words).inserted }
      examples += fresh
      barrenRounds = fresh.isEmpty ? barrenRounds + 1 : 0
      if barrenRounds == 1000 { throw tooFew(examples.count, of: count) }
    }
    return examples
  }

  /// The first tree of a wanted size in a lane of the stream.
  package func example(lane: Int) throws -> ListOpsExample {
    var draft = Draft(stream: RandomStream(seed: seed, purpose: .generation, lane: UInt32(lane)), limit: sizes.upperBound)
    for _ in 0..<Self.patience {
      draft.words.removeAll(keepingCapacity: true)
      if let value = draft.appendTree(depth: 1), sizes.contains(draft.words.count) {
        return ListOpsExample(words: draft.words, target: value)
      }
    }
    throw StageError(
      .badConfiguration, "no expression of \(sizes.lowerBound) to \(sizes.upperBound - 1) words turned up", where: "ListOps generator",
      why: "\(Self.patience) trees were drawn in vain", fix: "widen --minimum-length and --maximum-length")
  }

  private func tooFew(_ found: Int, of count: Int) -> StageError {
    StageError(
      .badConfiguration, "found only \(found) of \(count) distinct expressions", where: "ListOps generator",
      why: "there are few trees of \(sizes.lowerBound) to \(sizes.upperBound - 1) words", fix: "widen the bounds or ask for fewer")
  }

  /// A tree while it is drawn.
  private struct Draft {
    var stream: RandomStream
    var words: [UInt8] = []
    /// A tree with so many words is given up.
    let limit: Int

    /// Appends one tree and returns its value, or nil as soon as the whole has become too large.
    mutating func appendTree(depth: Int) -> UInt8? {
      if words.count >= limit { return nil }
      guard depth < maximumDepth, stream.uniform() <= operatorProbability else {
        let digit = UInt8(stream.integer(below: 10))
        words.append(digit)
        return digit
      }
      let operation = ListOpsWord.minimum + UInt8(stream.integer(below: 4))
      words.append(operation)
      var arguments = DigitCounts()
      for _ in 0..<2 + stream.integer(below: maximumArguments - 1) {
        guard let value = appendTree(depth: depth + 1) else { return nil }
        arguments.add(value)
      }
      words.append(ListOpsWord.close)
      return arguments.value(of: operation)
    }
  }
}
