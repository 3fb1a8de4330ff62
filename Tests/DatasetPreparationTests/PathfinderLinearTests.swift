import DatasetPreparation
import Testing

@Suite struct PathfinderLinearTests {
  /// 1,600 pictures to learn from, 800 to test with, contour length 3 so that debug builds draw them in seconds. A linear classifier sees
  /// single pixels; where a disc lies must not betray whether a contour joins it to the other.
  @Test("a linear classifier on pixels stays at chance") func chance() throws {
    let generator = PathfinderGenerator(PathfinderSettings(resolution: 32, contourLength: 3, distractorCount: 1), seed: 8)
    let samples = try (0..<2400).map { try generator.sample($0) }
    let inputs = samples.map { sample in sample.pixels.map { Float($0) / 255 } }
    let targets = samples.map { $0.label == 1 ? Float(1) : -1 }
    let weights = Self.fit(Array(inputs[..<1600]), Array(targets[..<1600]))
    let correct = (1600..<2400).count { Self.answer(weights, inputs[$0]) * targets[$0] > 0 }
    // Chance plus three standard errors of the test set.
    #expect(Double(correct) / 800 < 0.5 + 3 * 0.5 / 800.0.squareRoot(), "\(correct) of 800")
  }

  /// The check can fail: with one pixel brightened in pictures of label 1 the same classifier finds it.
  @Test("the classifier finds what is there") func canFail() throws {
    let inputs = (0..<400).map { index -> [Float] in
      var input = (0..<64).map { Float(($0 * 7 + index * 13) % 11) / 11 }
      if index % 2 == 1 { input[5] += 1 }
      return input
    }
    let targets = (0..<400).map { $0 % 2 == 1 ? Float(1) : Float(-1) }
    let weights = Self.fit(Array(inputs[..<300]), Array(targets[..<300]))
    #expect((300..<400).count { Self.answer(weights, inputs[$0]) * targets[$0] > 0 } > 90)
  }

  private struct Weights {
    var pixels: [Float]
    var bias: Float
  }

  /// Least squares with weight decay, by 20 sweeps of the perceptron-like rule of Widrow and Hoff over pixels that are not black.
  private static func fit(_ inputs: [[Float]], _ targets: [Float]) -> Weights {
    var weights = Weights(pixels: [Float](repeating: 0, count: inputs[0].count), bias: 0)
    let lit = inputs.map { input in input.indices.filter { input[$0] > 0 } }
    for sweep in 0..<20 {
      let rate = 0.02 / Float(1 + sweep)
      for (sample, places) in lit.enumerated() {
        var sum = weights.bias
        for place in places { sum += weights.pixels[place] * inputs[sample][place] }
        let step = rate * (targets[sample] - sum)
        weights.bias += step
        for place in places { weights.pixels[place] += step * inputs[sample][place] }
      }
    }
    return weights
  }

  private static func answer(_ weights: Weights, _ input: [Float]) -> Float {
    zip(weights.pixels, input).reduce(weights.bias) { $0 + $1.0 * $1.1 }
  }
}
