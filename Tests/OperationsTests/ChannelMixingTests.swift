import Arrays
import Operations
import TestSupport
import Testing

@Suite struct ChannelMixingTests {
  @Test(
    "forward and backward equal plain sums",
    arguments: Engine.cases([[1, 1, 1, 1], [2, 3, 5, 7], [3, 4, 2, 513], [17, 5, 3, 1]], onDevice: [1, 2]))
  func agrees(engine: Engine, sizes: [Int]) throws {
    let (batch, inputs, outputs, length) = (sizes[0], sizes[1], sizes[2], sizes[3])
    var stream = RandomStream(seed: 1, purpose: .testing)
    func random(_ shape: [Int]) -> Tensor { Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in Float(stream.normal()) }) }
    let input = random([batch, inputs, length])
    let weight = random([outputs, inputs])
    let bias = random([outputs])
    let upstream = random([batch, outputs, length])
    let (x, w, b, g) = (input.values(), weight.values(), bias.values(), upstream.values())
    var output = [Double](repeating: 0, count: g.count)
    var inputGradient = [Double](repeating: 0, count: x.count)
    var weightGradient = [Double](repeating: 0, count: w.count)
    var biasGradient = [Double](repeating: 0, count: b.count)
    for sample in 0..<batch {
      for row in 0..<outputs {
        for time in 0..<length {
          let place = (sample * outputs + row) * length + time
          output[place] = Double(b[row])
          biasGradient[row] += Double(g[place])
          for column in 0..<inputs {
            let source = (sample * inputs + column) * length + time
            output[place] += Double(w[row * inputs + column]) * Double(x[source])
            inputGradient[source] += Double(w[row * inputs + column]) * Double(g[place])
            weightGradient[row * inputs + column] += Double(g[place]) * Double(x[source])
          }
        }
      }
    }
    // Sums of up to 1,539 products in float32.
    let tolerance = 5e-6
    let results = try engine.run([input, weight, bias, upstream]) {
      let (weightSum, biasSum) = (Tensor.zeros(like: weight), Tensor.zeros(like: bias))
      let gradient = ChannelMixing.backward(
        outputGradient: upstream, input: input, weight: weight, weightGradient: weightSum, biasGradient: biasSum)
      let (weightAlone, biasAlone) = (Tensor.zeros(like: weight), Tensor.zeros(like: bias))
      ChannelMixing.parameterGradients(
        outputGradient: upstream, input: input, weight: weight, weightGradient: weightAlone, biasGradient: biasAlone)
      return [
        ChannelMixing.forward(input, weight: weight, bias: bias), gradient, weightSum, biasSum, weightAlone, biasAlone,
      ]
    }
    for (result, expected) in zip(results, [output, inputGradient, weightGradient, biasGradient]) {
      #expect(maxRelative(result.doubles, expected) < tolerance)
    }
    #expect(results[4].values() == results[2].values() && results[5].values() == results[3].values())
  }
}
