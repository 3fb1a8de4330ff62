import Arrays
import TestSupport
import Testing

/// Whole models against the reference in Double, which follows the description of the pipelines.
@Suite struct ModelReferenceTests {
  /// Bound of max|difference| / max|expected|: ten times what rounding to float (6e-8) grows to through two layers and their norms.
  /// A dropout, norm, mask or weight in the wrong place changes logits by more than 1e-3.
  private static let tolerance = 2e-6

  @Test("logits and running statistics of a training pass, then logits of an evaluation", arguments: ModelVariant.all)
  func logits(variant: ModelVariant) throws {
    let model = try variant.model()
    let stream = RandomStream(seed: 1, purpose: .dropout, position: 5)
    var reference = variant.reference(of: model, dropoutStream: stream)

    let trained = variant.forward(model, pass: .training(dropout: stream)).output
    #expect(maxRelative(trained.doubles, reference.logits(variant.referenceInput)) < Self.tolerance)
    for buffer in model.buffers {
      let expected = reference.runningStatistics[buffer.name, default: []]
      #expect(maxRelative(buffer.value.doubles, expected) < Self.tolerance, "\(buffer.name)")
    }

    reference.dropoutStream = nil
    let evaluated = variant.forward(model, pass: .evaluation).output
    #expect(maxRelative(evaluated.doubles, reference.logits(variant.referenceInput)) < Self.tolerance)
  }
}
