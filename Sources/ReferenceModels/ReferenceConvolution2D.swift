/// The convolution of frames in Double, written as its sum: y[n, o, i, j] = bias[o] + Σ_c Σ_{a,b} weight[o, c, a, b]·x[n, c, i + a − m, j + b − m]
/// with m = (k − 1)/2 and x zero outside of the frame.
package struct ReferenceConvolution2D: Sendable {
  /// Shape [O, C, k, k].
  package var weight: [Double]
  /// Shape [O]; zeros where the operation has none.
  package var bias: [Double]
  /// C.
  package let inputs: Int
  /// k, odd.
  package let kernel: Int

  package init(weight: [Double], bias: [Double], inputs: Int, kernel: Int) {
    self.weight = weight
    self.bias = bias
    self.inputs = inputs
    self.kernel = kernel
  }

  /// - Parameter input: x, shape [N, C, height, width].
  package func forward(_ input: [Double], height: Int, width: Int) -> [Double] {
    var output = (0..<input.count / (inputs * height * width)).flatMap { _ in
      bias.flatMap { Array(repeating: $0, count: height * width) }
    }
    forEachProduct(frames: input.count / (inputs * height * width), height: height, width: width) { place, source, tap in
      output[place] += weight[tap] * input[source]
    }
    return output
  }

  /// Gradients of Σ output·w, shapes as the arguments'.
  package struct Gradient: Sendable {
    package fileprivate(set) var input: [Double]
    package fileprivate(set) var weight: [Double]
    package fileprivate(set) var bias: [Double]
  }

  package func backward(outputGradient: [Double], input: [Double], height: Int, width: Int) -> Gradient {
    var gradient = Gradient(input: input.map { _ in 0 }, weight: weight.map { _ in 0 }, bias: bias.map { _ in 0 })
    for (place, slope) in outputGradient.enumerated() { gradient.bias[place / (height * width) % bias.count] += slope }
    forEachProduct(frames: input.count / (inputs * height * width), height: height, width: width) { place, source, tap in
      gradient.input[source] += outputGradient[place] * weight[tap]
      gradient.weight[tap] += outputGradient[place] * input[source]
    }
    return gradient
  }

  /// Calls `body` with the places in y, x and weight of each product of the sum.
  private func forEachProduct(frames: Int, height: Int, width: Int, _ body: (_ place: Int, _ source: Int, _ tap: Int) -> Void) {
    let margin = kernel / 2
    for frame in 0..<frames {
      for output in bias.indices {
        for input in 0..<inputs {
          let plane = (frame * inputs + input) * height * width
          let target = (frame * bias.count + output) * height * width
          for down in 0..<kernel {
            for right in 0..<kernel {
              let tap = ((output * inputs + input) * kernel + down) * kernel + right
              for row in max(0, margin - down)..<max(max(0, margin - down), min(height, height + margin - down)) {
                for column in max(0, margin - right)..<max(max(0, margin - right), min(width, width + margin - right)) {
                  body(target + row * width + column, plane + (row + down - margin) * width + column + right - margin, tap)
                }
              }
            }
          }
        }
      }
    }
  }
}
