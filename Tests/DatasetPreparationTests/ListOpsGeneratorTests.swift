import DatasetPreparation
import Foundation
import TestSupport
import Testing

@Suite struct ListOpsGeneratorTests {
  private static let words = (0...9).map(String.init) + ["[MIN", "[MAX", "[MED", "[SM", "]"]

  private func node(_ example: ListOpsExample) throws -> ListOpsReference.Node {
    try #require(ListOpsReference.parse(example.words.map { Self.words[Int($0)] }))
  }

  @Test("every tree is well formed and its value is right", arguments: [(500, 2000, 40), (3, 60, 400), (0, 12, 50)])
  func values(minimum: Int, maximum: Int, count: Int) throws {
    let examples = try ListOpsGenerator(minimumLength: minimum, maximumLength: maximum, seed: 11).examples(count, threadCount: 2)
    #expect(examples.count == count)
    #expect(Set(examples.map(\.words)).count == count, "trees are distinct")
    for example in examples {
      let node = try node(example)
      #expect(example.words.count > minimum && example.words.count < maximum)
      #expect(ListOpsReference.value(node) == Int(example.target))
      #expect(ListOpsReference.depth(node) <= 10)
      #expect(ListOpsReference.argumentCounts(node).allSatisfy { (2...10).contains($0) })
    }
  }

  @Test("the same seed gives the same trees on one and two threads; another seed gives others") func determinism() throws {
    let generator = try ListOpsGenerator(minimumLength: 20, maximumLength: 200, seed: 3)
    let trees = try generator.examples(300, threadCount: 1)
    #expect(try generator.examples(300, threadCount: 2) == trees)
    #expect(try generator.examples(100, threadCount: 2) == Array(trees.prefix(100)), "a smaller count gives the first of them")
    #expect(try generator.example(lane: 7) == trees[7])
    #expect(try ListOpsGenerator(minimumLength: 20, maximumLength: 200, seed: 4).examples(300, threadCount: 2) != trees)
  }

  @Test("duplicates are replaced, the same on any number of threads") func distinct() throws {
    // Sizes 1 and 4: ten digits and [op a b ] with 400 forms.
    let generator = try ListOpsGenerator(minimumLength: 0, maximumLength: 5, seed: 5)
    let trees = try generator.examples(200, threadCount: 1)
    #expect(Set(trees.map(\.words)).count == 200)
    #expect(try generator.examples(200, threadCount: 3) == trees)
  }

  @Test("a quarter of the roots are operators, of four equally likely kinds") func distribution() throws {
    // Hardly any tree has 5000 words, so nearly all draws are kept, and a root is a digit with probability 3/4.
    let generator = try ListOpsGenerator(minimumLength: 0, maximumLength: 5000, seed: 6)
    let roots = try (0..<4000).map { try generator.example(lane: $0).words[0] }
    // 4 standard errors of a share at 4000 draws are below 0.028.
    #expect(abs(Double(roots.count { $0 < 10 }) / 4000 - 0.75) < 0.028)
    for operation in ListOpsWord.minimum..<ListOpsWord.close {
      // 4 standard errors of 1/16 are 0.0153.
      #expect(abs(Double(roots.count { $0 == operation }) / 4000 - 0.0625) < 0.0153)
    }
  }

  @Test("impossible wishes are errors", arguments: [(500, 501), (-1, 10), (10, 5), (1, 4)]) func impossible(minimum: Int, maximum: Int) {
    let error = stageError { _ = try ListOpsGenerator(minimumLength: minimum, maximumLength: maximum, seed: 1).examples(1, threadCount: 1) }
    #expect(error?.code == .badConfiguration)
  }

  @Test("more distinct trees than there are") func tooMany() {
    let error = stageError { _ = try ListOpsGenerator(minimumLength: 0, maximumLength: 2, seed: 1).examples(11, threadCount: 1) }
    #expect(error?.code == .badConfiguration && error?.what == "found only 10 of 11 distinct expressions")
  }
}
