import ReferenceModels
import TestSupport
import Testing

/// The twin of the video model by differences, and its two ways over time.
@Suite struct ReferenceConvS5Tests {
  private static let sizes = ReferenceConvS5.Sizes(
    encoderWidths: [4, 6], modelWidth: 4, layerCount: 2, modeCount: 2, groupCount: 2, filterExponent: -4, channels: 3, height: 4, width: 4)

  private static let model = ReferenceConvS5(sizes, parameters: parameters())

  private static func values(_ count: Int, _ start: Int) -> [Double] {
    (0..<count).map { Double((($0 + start) * 37 + start) % 101) / 70 - 0.7 }
  }

  /// Names and counts by the contract of the model.
  private static func parameters() -> [String: [Double]] {
    var counts: [String: Int] = [:]
    func block(_ name: String, _ inputs: Int, _ outputs: Int) {
      counts["\(name).norm1.weight"] = inputs
      counts["\(name).norm1.bias"] = inputs
      counts["\(name).conv1.weight"] = outputs * inputs * 9
      counts["\(name).conv1.bias"] = outputs
      counts["\(name).norm2.weight"] = outputs
      counts["\(name).norm2.bias"] = outputs
      counts["\(name).conv2.weight"] = outputs * outputs * 9
      counts["\(name).conv2.bias"] = outputs
      if inputs != outputs { counts["\(name).skip.weight"] = outputs * inputs }
    }
    counts["encoder.input.weight"] = 4 * 3 * 9
    counts["encoder.input.bias"] = 4
    block("encoder.blocks.0", 4, 4)
    block("encoder.blocks.1", 4, 6)
    counts["mixing.weight"] = 4 * 6
    counts["mixing.action_weight"] = 4
    counts["mixing.action"] = 1
    counts["mixing.bias"] = 4
    for layer in 0..<2 {
      for name in ["real", "imaginary", "log_timestep"] { counts["layers.\(layer).system.\(name)"] = 2 }
      for name in ["B", "C"] { counts["layers.\(layer).system.\(name)"] = 2 * 2 * 4 * 9 }
      block("layers.\(layer).block", 4, 4)
      for name in ["weight", "bias"] { counts["layers.\(layer).norm.\(name)"] = 4 }
    }
    counts["decoder.input.weight"] = 4 * 4 * 9
    counts["decoder.input.bias"] = 4
    block("decoder.blocks.0", 4, 6)
    block("decoder.blocks.1", 6, 4)
    for name in ["weight", "bias"] { counts["decoder.norm.\(name)"] = 4 }
    counts["decoder.output.weight"] = 3 * 4
    counts["decoder.output.bias"] = 3
    var parameters = Dictionary(
      uniqueKeysWithValues: counts.sorted { $0.key < $1.key }.enumerated().map { ($1.key, values($1.value, $0)) })
    for layer in 0..<2 {
      parameters["layers.\(layer).system.real"] = [-0.5, -0.8]
      parameters["layers.\(layer).system.imaginary"] = [-11, 7]
      parameters["layers.\(layer).system.log_timestep"] = [-2.2, -1.4]
    }
    return parameters
  }

  @Test("gradients agree with central differences")
  func gradients() {
    let frames = Self.values(2 * 2 * Self.sizes.channels * 16, 3)
    let slopes = Self.values(frames.count, 8)
    let gradients = Self.model.forward(frames, batch: 2).gradients(outputGradient: slopes)
    #expect(gradients.count == Self.model.parameters.count)
    for (name, gradient) in gradients {
      // One element of each; the others follow the same formula.
      let (place, values) = (gradient.count / 2, Self.model.parameters[name] ?? [])
      let differences = GradientCheck.differences(name, [Float(gradient[place])], at: [values[place]]) { moved in
        var model = Self.model
        model.parameters[name]?[place] = moved[0]
        return dotProduct(model.forward(frames, batch: 2).predictions, slopes)
      }
      #expect(differences == [])
    }
  }

  @Test("frames one by one, the state carried on, give the predictions of all at once")
  func stepByStep() {
    let frames = Self.values(2 * 3 * 48, 5)
    let whole = Rows.cut(Self.model.forward(frames, batch: 2).predictions, 48)
    var states: ReferenceConvS5.States?
    for step in 0..<3 {
      let pass = Self.model.forward(Rows.cut(frames, 48)[step] + Rows.cut(frames, 48)[3 + step], batch: 2, states: states)
      states = pass.states
      #expect(maxRelative(pass.predictions, whole[step] + whole[3 + step]) < 1e-13)
    }
  }
}
