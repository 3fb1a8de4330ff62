import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct TokenEmbeddingTests {
  private static func tokens(_ count: Int, below vocabularySize: Int) -> [Int32] {
    (0..<count).map { Int32($0 * 7 % vocabularySize) }
  }

  @Test(
    "rows and gradient agree with the reference",
    arguments: Engine.cases([[1, 1, 1, 1], [2, 3, 5, 4], [2, 18, 17, 11]], onDevice: [1, 2]))
  func agreesWithReference(engine: Engine, sizes: [Int]) throws {
    let (batch, width, length, vocabularySize) = (sizes[0], sizes[1], sizes[2], sizes[3])
    let table = Tensor.random([vocabularySize, width], lane: 1)
    let tokens = Self.tokens(batch * length, below: vocabularySize)
    func reference(_ table: [Double]) -> [Double] {
      ReferenceEmbedding.forward(tokens, batch: batch, length: length, table: table, width: width)
    }
    let outputGradient = Tensor.random([batch, width, length], lane: 2)
    let tableGradient = Tensor(table.shape, filledWith: 2)
    let output = try engine.run([table, outputGradient, tableGradient]) {
      TokenEmbedding.backward(outputGradient: outputGradient, tokens: Integers(tokens), tableGradient: tableGradient)
      return [TokenEmbedding.forward(Integers(tokens), batchSize: batch, length: length, table: table)]
    }[0]
    #expect(output.shape == [batch, width, length])
    #expect(output.doubles == reference(table.doubles))
    let differences = GradientCheck.differences("table", tableGradient.values().map { $0 - 2 }, at: table.doubles) {
      dotProduct(reference($0), outputGradient.doubles)
    }
    #expect(differences == [], "B=\(batch), H=\(width), L=\(length), V=\(vocabularySize)")
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let table = Tensor.random([13, 40], lane: 3)
    let tokens = Integers(Self.tokens(3 * 101, below: 13))
    let outputGradient = Tensor.random([3, 40, 101], lane: 4)
    #expect(
      isIndependentOfThreads {
        let tableGradient = Tensor.zeros([13, 40])
        TokenEmbedding.backward(outputGradient: outputGradient, tokens: tokens, tableGradient: tableGradient)
        return [TokenEmbedding.forward(tokens, batchSize: 3, length: 101, table: table), tableGradient]
      })
  }
}
