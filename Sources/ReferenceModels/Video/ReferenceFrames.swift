import ComplexModule
import Foundation

/// Frames [N, C, height, width] of a pass in Double, and the operations of video models on them.
package struct ReferenceFrames {
  let graph: ReferenceGraph
  package let node: ReferenceGraph.Node
  package let channels: Int
  let height: Int
  let width: Int

  init(_ graph: ReferenceGraph, _ node: ReferenceGraph.Node, channels: Int, height: Int, width: Int) {
    self.graph = graph
    self.node = node
    self.channels = channels
    self.height = height
    self.width = width
  }

  private var pixels: Int { height * width }

  private func made(_ node: ReferenceGraph.Node, channels: Int? = nil, height: Int? = nil, width: Int? = nil) -> ReferenceFrames {
    ReferenceFrames(
      graph, node, channels: channels ?? self.channels, height: height ?? self.height, width: width ?? self.width)
  }

  /// Convolution with a kernel [outputs, C, k, k].
  func convolved(_ weight: ReferenceGraph.Node, bias: ReferenceGraph.Node? = nil, outputs: Int, kernel: Int) -> ReferenceFrames {
    let (node, height, width) = (node, height, width)
    let convolution = ReferenceConvolution2D(
      weight: weight.value, bias: bias?.value ?? Array(repeating: 0, count: outputs), inputs: channels, kernel: kernel)
    let result = graph.record(convolution.forward(node.value, height: height, width: width)) { slopes in
      let gradient = convolution.backward(outputGradient: slopes, input: node.value, height: height, width: width)
      node.add(gradient.input)
      weight.add(gradient.weight)
      bias?.add(gradient.bias)
    }
    return made(result, channels: outputs)
  }

  /// Convolution with the parameters `name.weight` and, where there is one, `name.bias`.
  func convolved(_ name: String, outputs: Int, kernel: Int) -> ReferenceFrames {
    let bias = graph.hasParameter("\(name).bias") ? graph.parameter("\(name).bias") : nil
    return convolved(graph.parameter("\(name).weight"), bias: bias, outputs: outputs, kernel: kernel)
  }

  /// Group norm with the parameters `name.weight` and `name.bias`.
  func groupNormalized(_ name: String, groups: Int) -> ReferenceFrames {
    let (node, pixels) = (node, pixels)
    let (scale, shift) = (graph.parameter("\(name).weight"), graph.parameter("\(name).bias"))
    let norm = ReferenceGroupNormalization(scale: scale.value, shift: shift.value, groups: groups)
    return made(
      graph.record(norm.forward(node.value, pixels: pixels)) { slopes in
        let gradient = norm.backward(outputGradient: slopes, input: node.value, pixels: pixels)
        node.add(gradient.input)
        scale.add(gradient.scale)
        shift.add(gradient.shift)
      })
  }

  /// Norm over the channels of each pixel, with the parameters `name.weight` and `name.bias`.
  func layerNormalized(_ name: String) -> ReferenceFrames {
    let (node, pixels) = (node, pixels)
    let (scale, shift) = (graph.parameter("\(name).weight"), graph.parameter("\(name).bias"))
    let norm = ReferenceNormalization(.layer, scale: scale.value, shift: shift.value, epsilon: 1e-6)
    return made(
      graph.record(norm.forward(node.value, length: pixels)) { slopes in
        let gradient = norm.backward(outputGradient: slopes, input: node.value, length: pixels)
        node.add(gradient.input)
        scale.add(gradient.scale)
        shift.add(gradient.shift)
      })
  }

  func mapped(_ function: @escaping (Double) -> Double, slope: @escaping (Double) -> Double) -> ReferenceFrames {
    let node = node
    return made(graph.record(node.value.map(function)) { slopes in node.add(zip(slopes, node.value).map { $0 * slope($1) }) })
  }

  var elu: ReferenceFrames { mapped(ReferenceActivation.elu, slope: ReferenceActivation.eluSlope) }

  var tanhGELU: ReferenceFrames { mapped(ReferenceActivation.tanhGELU, slope: ReferenceActivation.tanhGELUSlope) }

  var tanh: ReferenceFrames { mapped({ Foundation.tanh($0) }, slope: ReferenceActivation.tanhSlope) }

  /// This + factor · other.
  func adding(_ other: ReferenceFrames, times factor: Double = 1) -> ReferenceFrames {
    let node = node
    return made(
      graph.record(zip(node.value, other.node.value).map { $0 + factor * $1 }) { slopes in
        node.add(slopes)
        other.node.add(slopes, times: factor)
      })
  }

  /// Half as high and wide.
  var pooled: ReferenceFrames {
    let (node, height, width) = (node, height, width)
    let result = graph.record(ReferenceResampling.averagePooled(node.value, height: height, width: width)) { slopes in
      node.add(ReferenceResampling.nearestUpsampled(slopes, height: height / 2, width: width / 2), times: 0.25)
    }
    return made(result, height: height / 2, width: width / 2)
  }

  /// Twice as high and wide.
  var upsampled: ReferenceFrames {
    let (node, height, width) = (node, height, width)
    let result = graph.record(ReferenceResampling.nearestUpsampled(node.value, height: height, width: width)) { slopes in
      node.add(ReferenceResampling.averagePooled(slopes, height: 2 * height, width: 2 * width), times: 4)
    }
    return made(result, height: 2 * height, width: 2 * width)
  }

  /// Inputs [N, 2P, …] of a scan as its states, the real parts in the first P channels.
  ///
  /// - Parameters:
  ///   - multipliers: λ̄, real parts and then imaginary parts.
  ///   - initial: a row for each video.
  /// - Returns: the states, and the last one of each video.
  func scanned(_ multipliers: ReferenceGraph.Node, initial: [ReferenceScan.Row]) -> (states: ReferenceFrames, last: [ReferenceScan.Row]) {
    let (node, modes) = (node, multipliers.value.count / 2)
    let size = modes * pixels
    let scan = ReferenceScan(
      multipliers: (0..<modes).map { Complex(multipliers.value[$0], multipliers.value[modes + $0]) }, pixels: pixels)
    func videos(_ values: [Double]) -> [[ReferenceScan.Row]] {
      let rows = Rows.cut(values, 2 * size).map { row in (0..<size).map { Complex(row[$0], row[size + $0]) } }
      return Rows.cut(rows, rows.count / initial.count)
    }
    func flat(_ rows: [ReferenceScan.Row]) -> [Double] { rows.flatMap { $0.map(\.real) + $0.map(\.imaginary) } }
    let states = zip(videos(node.value), initial).map { scan.forward($0, initial: $1) }
    let result = graph.record(states.flatMap(flat)) { slopes in
      let gradients = videos(slopes).indices.map { video in
        scan.backward(stateGradient: videos(slopes)[video], states: states[video], initial: initial[video])
      }
      node.add(gradients.flatMap { flat($0.inputs) })
      for gradient in gradients { multipliers.add(gradient.multipliers.map(\.real) + gradient.multipliers.map(\.imaginary)) }
    }
    return (made(result), states.map { $0.last ?? [] })
  }
}
