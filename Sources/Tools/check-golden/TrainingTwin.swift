import ComplexModule
import Foundation
import StateSpace

/// The classifiers of cases 09a and 09b in Double, from StateSpace's own layers: encoder, blocks, mean, decoder, AdamW.
struct TrainingTwin {
  /// HOPE's released layers behind a reversed copy, post-norm with layer norm; else S4D, pre-norm with batch norm.
  let isHankel: Bool
  let layerCount: Int
  /// Under the authors' names.
  var parameters: [String: [Double]]
  /// Of batch norm.
  var running: [String: [Double]] = [:]

  private struct Block {
    let layer: ReferenceLayer
    /// What the layer read, and what the norm did.
    let layerInput: [Double]
    let normInput: [Double]
    let activations: ReferenceLayer.Activations
  }

  struct Step {
    let loss: Double
    let logits: [Double]
    let gradients: [String: [Double]]
  }

  /// Loss and gradients on a batch, x in the order [B, channels, L]; moves the running statistics.
  mutating func step(_ x: [Double], labels: [Int], length: Int) -> Step {
    let encoder = mixing("encoder")
    let encoded = encoder.forward(x, length: length)
    let steps = isHankel ? 2 * length : length
    var activation = isHankel ? Self.withReversal(encoded, length) : encoded
    var blocks: [Block] = []
    for index in 0..<layerCount {
      let (block, output) = forward(index, activation, steps)
      if !isHankel { updateStatistics(index, block.normInput, steps) }
      blocks.append(block)
      activation = output
    }
    let head = ReferenceClassification(decoder: mixing("decoder"))
    let end = head.backward(activation, labels: labels, length: steps)
    var gradients = ["decoder.weight": end.decoder.weight, "decoder.bias": end.decoder.bias]
    var slope = end.input
    for (index, block) in blocks.enumerated().reversed() { slope = backward(index, block, slope, steps, &gradients) }
    let encoderGradient = encoder.backward(
      outputGradient: isHankel ? Self.withoutReversal(slope, length) : slope, input: x, length: length)
    gradients["encoder.weight"] = encoderGradient.weight
    gradients["encoder.bias"] = encoderGradient.bias
    return Step(
      loss: head.loss(activation, labels: labels, length: steps), logits: head.logits(activation, length: steps), gradients: gradients)
  }

  /// Logits with the running statistics.
  func evaluate(_ x: [Double], length: Int) -> [Double] {
    let encoded = mixing("encoder").forward(x, length: length)
    let steps = isHankel ? 2 * length : length
    var activation = isHankel ? Self.withReversal(encoded, length) : encoded
    for index in 0..<layerCount {
      if isHankel {
        activation = forward(index, activation, steps).output
      } else {
        let normed = norm(index).forward(
          activation, mean: running["norms.\(index).running_mean"] ?? [], variance: running["norms.\(index).running_var"] ?? [],
          length: steps)
        activation = Self.sum(activation, layer(index, steps).forward(normed, length: steps).output)
      }
    }
    return ReferenceClassification(decoder: mixing("decoder")).logits(activation, length: steps)
  }

  private func forward(_ index: Int, _ input: [Double], _ length: Int) -> (block: Block, output: [Double]) {
    let layer = layer(index, length)
    let layerInput = isHankel ? input : norm(index).forward(input, length: length)
    let activations = layer.forward(layerInput, length: length)
    let sum = Self.sum(input, activations.output)
    let block = Block(layer: layer, layerInput: layerInput, normInput: isHankel ? sum : input, activations: activations)
    return (block, isHankel ? norm(index).forward(sum, length: length) : sum)
  }

  private func backward(
    _ index: Int, _ block: Block, _ slope: [Double], _ length: Int, _ gradients: inout [String: [Double]]
  ) -> [Double] {
    func normBackward(_ slope: [Double]) -> ReferenceNormalization.Gradient {
      norm(index).backward(outputGradient: slope, input: block.normInput, length: length)
    }
    let behind = isHankel ? normBackward(slope) : nil
    let sumSlope = behind?.input ?? slope
    let gradient = block.layer.backward(
      outputGradient: sumSlope, input: block.layerInput, activations: block.activations, length: length)
    let normGradient = behind ?? normBackward(gradient.convolution.input)
    let name = "s4_layers.\(index)"
    gradients["norms.\(index).weight"] = normGradient.scale
    gradients["norms.\(index).bias"] = normGradient.shift
    gradients["\(name).D"] = gradient.convolution.skip
    gradients["\(name).output_linear.0.weight"] = gradient.mixing.weight
    gradients["\(name).output_linear.0.bias"] = gradient.mixing.bias
    for (key, values) in kernelGradients(index, gradient.convolution.circles, length) { gradients["\(name).kernel.\(key)"] = values }
    return Self.sum(sumSlope, isHankel ? gradient.convolution.input : normGradient.input)
  }

  private func norm(_ index: Int) -> ReferenceNormalization {
    ReferenceNormalization(isHankel ? .layer : .batch, scale: values("norms.\(index).weight"), shift: values("norms.\(index).bias"))
  }

  private func layer(_ index: Int, _ length: Int) -> ReferenceLayer {
    let name = "s4_layers.\(index)"
    return ReferenceLayer(
      convolution: ReferenceConvolution(circles: circles(index, length), skip: values("\(name).D")),
      mixing: mixing("\(name).output_linear.0"))
  }

  private mutating func updateStatistics(_ index: Int, _ input: [Double], _ length: Int) {
    let (means, variances) = norm(index).statistics(input, length: length)
    let count = Double(input.count / means.count)
    for (key, values) in [("running_mean", means), ("running_var", variances.map { $0 * count / (count - 1) })] {
      running["norms.\(index).\(key)"] = zip(running["norms.\(index).\(key)"] ?? [], values).map { 0.9 * $0 + 0.1 * $1 }
    }
  }

  private func mixing(_ name: String) -> ReferenceMixing {
    ReferenceMixing(weight: values("\(name).weight"), bias: values("\(name).bias"))
  }

  private func values(_ name: String) -> [Double] { parameters[name] ?? [] }

  private static func sum(_ first: [Double], _ second: [Double]) -> [Double] { zip(first, second).map { $0 + $1 } }

  private static func withReversal(_ values: [Double], _ length: Int) -> [Double] {
    stride(from: 0, to: values.count, by: length).flatMap { Array(values[$0..<$0 + length]) + values[$0..<$0 + length].reversed() }
  }

  /// The gradient behind `withReversal`.
  private static func withoutReversal(_ slopes: [Double], _ length: Int) -> [Double] {
    stride(from: 0, to: slopes.count, by: 2 * length).flatMap { start in
      (0..<length).map { slopes[start + $0] + slopes[start + 2 * length - 1 - $0] }
    }
  }
}

extension TrainingTwin {
  private func kernelValues(_ index: Int, _ key: String) -> [Double] { parameters["s4_layers.\(index).kernel.\(key)"] ?? [] }

  private static func complex(_ parts: [Double]) -> [Complex<Double>] {
    stride(from: 0, to: parts.count, by: 2).map { Complex(parts[$0], parts[$0 + 1]) }
  }

  private func diagonalSystems(_ index: Int) -> [DiagonalSystem] {
    let (timesteps, decays, frequencies) = (
      kernelValues(index, "log_dt"), kernelValues(index, "log_A_real"), kernelValues(index, "A_imag")
    )
    let weights = Self.complex(kernelValues(index, "C"))
    let count = decays.count / timesteps.count
    return timesteps.indices.map { channel in
      let modes = channel * count..<(channel + 1) * count
      return DiagonalSystem(
        poles: modes.map { Complex(-exp(decays[$0]), frequencies[$0]) }, outputWeights: Array(weights[modes]),
        timestep: exp(timesteps[channel]))
    }
  }

  private func hankelSystems(_ index: Int) -> [HankelSystem] {
    let (timesteps, markov) = (kernelValues(index, "log_dt"), Self.complex(kernelValues(index, "H")))
    let count = markov.count / timesteps.count
    return timesteps.indices.map {
      HankelSystem(markovParameters: Array(markov[$0 * count..<($0 + 1) * count]), timestep: exp(timesteps[$0]))
    }
  }

  private func circles(_ index: Int, _ length: Int) -> [[Double]] {
    guard isHankel else {
      return diagonalSystems(index).map { DirectConvolution.circle(forward: $0.kernel(length: length)) }
    }
    let samples = hankelSystems(index).map { $0.samples(count: length / 2) }
    let width = samples.count / 2
    return (0..<width).map {
      FrequencySamples.kernel(FrequencySamples.halfSpectra(first: samples[$0], second: samples[width + $0]))
    }
  }

  private func kernelGradients(_ index: Int, _ slopes: [[Double]], _ length: Int) -> [String: [Double]] {
    guard isHankel else {
      let gradients = zip(diagonalSystems(index), slopes).map {
        DiagonalKernelGradient(of: $0, kernelGradient: Array($1.prefix(length)))
      }
      return [
        "log_dt": gradients.map(\.logTimestep), "log_A_real": gradients.flatMap(\.logNegativeRealPoles),
        "A_imag": gradients.flatMap(\.imaginaryPoles),
        "C": gradients.flatMap(\.outputWeights).flatMap { [$0.real, $0.imaginary] },
      ]
    }
    let halves = slopes.map { FrequencySamples.halfSpectraGradient(FrequencySamples.gradient(kernelGradient: $0)) }
    let gradients = zip(hankelSystems(index), halves.map(\.first) + halves.map(\.second)).map { $0.gradient(samplesGradient: $1) }
    return [
      "log_dt": gradients.map(\.logTimestep), "H": gradients.flatMap(\.markovParameters).flatMap { [$0.real, $0.imaginary] },
    ]
  }
}
