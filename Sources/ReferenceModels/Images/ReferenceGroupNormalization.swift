/// Group norm of frames [N, C, pixels] in Double: the channels of a group have mean 0 and variance 1 (biased, plus 1e-6) over all pixels,
/// then each channel its own scale and shift.
///
/// - Source: Wu, He, "Group Normalization", 2018; ε of Flax.
package struct ReferenceGroupNormalization: Sendable {
  /// Shape [C].
  package var scale: [Double]
  /// Shape [C].
  package var shift: [Double]
  package var groups: Int

  package init(scale: [Double], shift: [Double], groups: Int) {
    self.scale = scale
    self.shift = shift
    self.groups = groups
  }

  package func forward(_ input: [Double], pixels: Int) -> [Double] {
    normalized(input, pixels).enumerated().map { scale[channel($0, pixels)] * $1.value + shift[channel($0, pixels)] }
  }

  /// Gradients of Σ y·w.
  package struct Gradient: Sendable {
    package fileprivate(set) var input: [Double]
    package fileprivate(set) var scale: [Double]
    package fileprivate(set) var shift: [Double]
  }

  package func backward(outputGradient: [Double], input: [Double], pixels: Int) -> Gradient {
    let normal = normalized(input, pixels)
    var gradient = Gradient(input: [], scale: scale.map { _ in 0 }, shift: shift.map { _ in 0 })
    for (index, slope) in outputGradient.enumerated() {
      gradient.scale[channel(index, pixels)] += slope * normal[index].value
      gradient.shift[channel(index, pixels)] += slope
    }
    for start in starts(input, pixels) {
      let group = start..<start + size(pixels)
      let slopes = group.map { outputGradient[$0] * scale[channel($0, pixels)] }
      let mean = slopes.reduce(0, +) / Double(group.count)
      let projection = zip(group, slopes).reduce(0) { $0 + normal[$1.0].value * $1.1 } / Double(group.count)
      gradient.input += zip(group, slopes).map { ($1 - mean - normal[$0].value * projection) / normal[$0].deviation }
    }
    return gradient
  }

  /// (x − mean)/deviation, and the deviation.
  private func normalized(_ input: [Double], _ pixels: Int) -> [(value: Double, deviation: Double)] {
    starts(input, pixels).flatMap { start in
      let group = input[start..<start + size(pixels)]
      let mean = group.reduce(0, +) / Double(group.count)
      let variance = group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(group.count)
      let deviation = (variance + 1e-6).squareRoot()
      return group.map { (($0 - mean) / deviation, deviation) }
    }
  }

  private func size(_ pixels: Int) -> Int { scale.count / groups * pixels }

  private func starts(_ input: [Double], _ pixels: Int) -> [Int] { Array(stride(from: 0, to: input.count, by: size(pixels))) }

  private func channel(_ index: Int, _ pixels: Int) -> Int { index / pixels % scale.count }
}
