import ComplexModule

/// A whole convolutional state space model of video in Double, step by step as its source describes it; slow and plain.
///
/// Frames [B, T, C, height, width] in [−1, 1] go in, and for each of them a prediction of the next comes out.
///
/// - Source: ConvSSM (Smith et al., 2023), its model of frames without codes: `base.py`, `convS5/*.py` and `noVQ/convS5.py`. There
///   `reconstruct` returns tanh of the decoder's output in both places, so that the loss reads it too, whatever its name (`recon_logits`) says.
package struct ReferenceConvS5: Sendable {
  package struct Sizes: Sendable {
    package var encoderWidths: [Int]
    package var modelWidth: Int
    package var layerCount: Int
    /// P.
    package var modeCount: Int
    /// Groups of every group norm.
    package var groupCount: Int
    /// β.
    package var filterExponent: Double
    /// Of a frame.
    package var channels: Int
    package var height: Int
    package var width: Int

    package init(
      encoderWidths: [Int], modelWidth: Int, layerCount: Int, modeCount: Int, groupCount: Int, filterExponent: Double, channels: Int,
      height: Int, width: Int
    ) {
      self.encoderWidths = encoderWidths
      self.modelWidth = modelWidth
      self.layerCount = layerCount
      self.modeCount = modeCount
      self.groupCount = groupCount
      self.filterExponent = filterExponent
      self.channels = channels
      self.height = height
      self.width = width
    }

    var frameSize: Int { channels * height * width }
  }

  package var sizes: Sizes
  /// Under their names.
  package var parameters: [String: [Double]]

  package init(_ sizes: Sizes, parameters: [String: [Double]]) {
    self.sizes = sizes
    self.parameters = parameters
  }

  /// The state of each layer, a row for each video.
  package typealias States = [[ReferenceScan.Row]]

  package struct Pass {
    let graph: ReferenceGraph
    /// The decoder's output through tanh, [B, T, C, height, width].
    let output: ReferenceFrames
    /// After the last frame.
    package let states: States

    package var predictions: [Double] { output.node.value }

    /// The gradients of all parameters under their names; a pass can be differentiated once.
    ///
    /// - Parameter outputGradient: slopes by `predictions`.
    package func gradients(outputGradient: [Double]) -> [String: [Double]] {
      graph.differentiate(output.node, slopes: outputGradient)
    }
  }

  /// - Parameter states: before the first frame; nil is rest.
  package func forward(_ frames: [Double], batch: Int, states: States? = nil) -> Pass {
    let graph = ReferenceGraph(parameters: parameters)
    let input = ReferenceFrames(
      graph, graph.constant(frames), channels: sizes.channels, height: sizes.height, width: sizes.width)
    var x = mixed(encoded(input))
    let pixels = x.height * x.width
    var last: States = []
    for index in 0..<sizes.layerCount {
      let rest = Array(repeating: ReferenceScan.Row(repeating: .zero, count: sizes.modeCount * pixels), count: batch)
      let (output, state) = layer(index, x, states?[index] ?? rest)
      last.append(state)
      x = output
    }
    return Pass(graph: graph, output: decoded(x).tanh, states: last)
  }

  /// Frames behind a context [B, T₀, …]: what is predicted goes in again, [B, count, …].
  package func generate(after context: [Double], batch: Int, count: Int) -> [Double] {
    var pass = forward(context, batch: batch)
    var videos = [[Double]](repeating: [], count: batch)
    for step in 0..<count {
      let frames = Rows.cut(pass.predictions, pass.predictions.count / batch).map { $0.suffix(sizes.frameSize) }
      for (video, frame) in frames.enumerated() { videos[video] += frame }
      if step + 1 < count { pass = forward(Array(frames.joined()), batch: batch, states: pass.states) }
    }
    return Array(videos.joined())
  }

  // MARK: Parts

  /// 3 × 3 convolution, then a block for each width, with pooling between.
  private func encoded(_ frames: ReferenceFrames) -> ReferenceFrames {
    var x = frames.convolved("encoder.input", outputs: sizes.encoderWidths[0], kernel: 3)
    for (index, width) in sizes.encoderWidths.enumerated() {
      x = block("encoder.blocks.\(index)", index == 0 ? x : x.pooled, width: width)
    }
    return x
  }

  /// x + F(x)/10, F two times norm, ELU and convolution; a 1 × 1 map carries x where the widths differ.
  private func block(_ name: String, _ x: ReferenceFrames, width: Int) -> ReferenceFrames {
    let skip = x.channels == width ? x : x.convolved("\(name).skip", outputs: width, kernel: 1)
    let first = x.groupNormalized("\(name).norm1", groups: sizes.groupCount).elu.convolved("\(name).conv1", outputs: width, kernel: 3)
    let second = first.groupNormalized("\(name).norm2", groups: sizes.groupCount).elu
      .convolved("\(name).conv2", outputs: width, kernel: 3)
    return skip.adding(second, times: 0.1)
  }

  /// A 1 × 1 map of the encoder's channels and the constant action beside them.
  private func mixed(_ x: ReferenceFrames) -> ReferenceFrames {
    let graph = x.graph
    let (weight, action, bias) = (
      graph.parameter("mixing.action_weight"), graph.parameter("mixing.action"), graph.parameter("mixing.bias")
    )
    let offset = graph.record(zip(bias.value, weight.value).map { $0 + $1 * action.value[0] }) { slopes in
      bias.add(slopes)
      weight.add(slopes, times: action.value[0])
      action.add([zip(slopes, weight.value).reduce(0) { $0 + $1.0 * $1.1 }])
    }
    return x.convolved(graph.parameter("mixing.weight"), bias: offset, outputs: sizes.modelWidth, kernel: 1)
  }

  /// norm(u + G(y)): y what the system makes of u, G its block of norms, activations and convolutions.
  private func layer(
    _ index: Int, _ input: ReferenceFrames, _ states: [ReferenceScan.Row]
  ) -> (output: ReferenceFrames, states: [ReferenceScan.Row]) {
    let name = "layers.\(index)"
    let kernels = kernels("\(name).system", input.graph)
    let (x, last) = input.convolved(kernels[1], outputs: 2 * sizes.modeCount, kernel: 3).scanned(kernels[0], initial: states)
    let y = x.convolved(kernels[2], outputs: sizes.modelWidth, kernel: 3)
    var branch = y
    for part in 1...2 {
      branch = branch.groupNormalized("\(name).block.norm\(part)", groups: sizes.groupCount).tanhGELU
        .convolved("\(name).block.conv\(part)", outputs: sizes.modelWidth, kernel: 3)
    }
    return (input.adding(y.adding(branch).tanhGELU).layerNormalized("\(name).norm"), last)
  }

  /// λ̄ and the kernels of B̄ and C.
  private func kernels(_ name: String, _ graph: ReferenceGraph) -> [ReferenceGraph.Node] {
    let nodes = ["real", "imaginary", "log_timestep", "B", "C"].map { graph.parameter("\(name).\($0)") }
    let system = ReferenceConvolutionalSystem(
      decay: nodes[0].value, frequency: nodes[1].value, logTimestep: nodes[2].value, inputWeights: nodes[3].value,
      outputWeights: nodes[4].value, taps: 9, exponent: sizes.filterExponent)
    let multipliers = system.multipliers
    return graph.record([multipliers.map(\.real) + multipliers.map(\.imaginary), system.inputKernel, system.outputKernel]) { slopes in
      let gradient = system.backward(
        multipliers: multipliers.indices.map { Complex(slopes[0][$0], slopes[0][multipliers.count + $0]) }, inputKernel: slopes[1],
        outputKernel: slopes[2])
      let parts = [gradient.decay, gradient.frequency, gradient.logTimestep, gradient.inputWeights, gradient.outputWeights]
      for (node, slopes) in zip(nodes, parts) { node.add(slopes) }
    }
  }

  /// 3 × 3 convolution to the encoder's first width, then its blocks in reverse with upsampling between, norm and a map to the frame's
  /// channels.
  private func decoded(_ input: ReferenceFrames) -> ReferenceFrames {
    var x = input.convolved("decoder.input", outputs: sizes.encoderWidths[0], kernel: 3)
    for (index, width) in sizes.encoderWidths.reversed().enumerated() {
      x = block("decoder.blocks.\(index)", index == 0 ? x : x.upsampled, width: width)
    }
    return x.layerNormalized("decoder.norm").convolved("decoder.output", outputs: sizes.channels, kernel: 1)
  }
}
