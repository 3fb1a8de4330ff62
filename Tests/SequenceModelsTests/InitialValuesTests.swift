import Foundation
import SequenceModels
import TestSupport
import Testing

/// The arrays that a diagonal layer starts from, in their stored form.
@Suite struct InitialValuesTests {
  private func values(_ form: DiagonalLayerConfiguration.Form, _ name: String) throws -> [Double] {
    var variant = ModelVariant.all[0]
    variant.form = form
    variant.width = 64
    let model = try SequenceClassifier(variant.configuration, input: variant.description, seed: 1)
    return try #require(model.parameters.first { $0.name == "s4_layers.1.kernel.\(name)" }).value.doubles
  }

  @Test("full form of S4D-Lin: tied rows, frequencies of at least 1e-4, B = 1")
  func fullForm() throws {
    #expect(maxRelative(try values(.full, "A_real"), Array(repeating: log(0.5), count: 6)) < 1e-6)
    #expect(maxRelative(try values(.full, "A_imag"), [1e-4, .pi, 2 * .pi, 1e-4, .pi, 2 * .pi]) < 1e-6)
    #expect(try values(.full, "A_imag")[0] == Double(Float(1e-4)))
    #expect(try values(.full, "B") == (0..<6).flatMap { _ in [1.0, 0] })
  }

  @Test("minimal form of S4D-Lin: a row for each channel, the first frequency is zero")
  func minimalForm() throws {
    #expect(maxRelative(try values(.minimal, "log_A_real"), Array(repeating: log(0.5), count: 3 * 64)) < 1e-6)
    #expect(maxRelative(try values(.minimal, "A_imag"), (0..<64).flatMap { _ in [0, .pi, 2 * .pi] }) < 1e-6)
    #expect(try values(.minimal, "A_imag")[0] == 0)
  }

  @Test("time steps fill their range evenly on the log scale; C has variance 1", arguments: DiagonalLayerConfiguration.Form.allCases)
  func random(form: DiagonalLayerConfiguration.Form) throws {
    let stored = try values(form, form == .full ? "inv_dt" : "log_dt")
    let logarithms = stored.map { form == .full ? log(log(1 + exp($0))) : $0 }
    let (lowest, highest) = (log(0.05), log(0.5))
    #expect(logarithms.allSatisfy { lowest - 1e-6 <= $0 && $0 <= highest + 1e-6 })
    // 64 uniform numbers: the deviation of their mean is range / √(12 · 64), a 28th of the range; five of them are allowed.
    #expect(abs(logarithms.reduce(0, +) / 64 - (lowest + highest) / 2) < 5 * (highest - lowest) / 28)

    let outputWeights = try values(form, "C")
    #expect(outputWeights.count == 2 * 64 * 3 * 2)
    // Real and imaginary part have 1/2 each; the mean of 768 squares has deviation 0.5 · √(2 / 768) = 0.026; five of them are allowed.
    #expect(abs(dotProduct(outputWeights, outputWeights) / 768 - 0.5) < 0.13)
  }
}
