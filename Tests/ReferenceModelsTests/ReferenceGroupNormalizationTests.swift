import ReferenceModels
import TestSupport
import Testing

/// The twin's gradients by differences.
@Suite struct ReferenceGroupNormalizationTests {
  @Test("gradients", arguments: [(1, 1, 3), (2, 1, 2), (2, 2, 5)])
  func gradients(frames: Int, groups: Int, pixels: Int) {
    let norm = ReferenceGroupNormalization(
      scale: (0..<2 * groups).map { 1 + Double($0) / 3 }, shift: (0..<2 * groups).map { Double($0) / 7 }, groups: groups)
    let values = (0..<frames * 2 * groups * pixels).map { Double(($0 * 7) % 23) / 4 - 2.7 }
    let slopes = values.indices.map { Double(($0 * 5) % 13) / 5 - 1.2 }
    let gradient = norm.backward(outputGradient: slopes, input: values, pixels: pixels)
    func loss(_ norm: ReferenceGroupNormalization, _ values: [Double]) -> Double {
      dotProduct(norm.forward(values, pixels: pixels), slopes)
    }
    let differences =
      GradientCheck.differences("input", gradient.input.map { Float($0) }, at: values) { loss(norm, $0) }
      + GradientCheck.differences("scale", gradient.scale.map { Float($0) }, at: norm.scale) {
        loss(ReferenceGroupNormalization(scale: $0, shift: norm.shift, groups: groups), values)
      }
      + GradientCheck.differences("shift", gradient.shift.map { Float($0) }, at: norm.shift) {
        loss(ReferenceGroupNormalization(scale: norm.scale, shift: $0, groups: groups), values)
      }
    #expect(differences == [])
  }
}
