import Accelerators
import Vocabulary

/// In a program all powers λ̄^(64b) and λ̄^j come from exponents in double precision, and sums over modes or steps are products.
extension DiagonalKernel {
  /// Steps of a block.
  private static let blockLength = 64

  static func record(_ program: Program, _ parameters: Parameters, length: Int, options: Options) -> Tensor {
    let modes = RecordedModes(program, parameters, options)
    let powers = RecordedPowers(modes.exponent, blockLength: blockLength, length: length)
    let shape = [parameters.directions] + modes.shape + [powers.blockCount]
    let weights = (modes.outputWeights * (modes.inputWeights * modes.gain).broadcast(to: Array(shape.dropLast()), axes: [1, 2]))
      .converted(to: .float32).broadcast(to: shape, axes: [0, 1, 2])
    let weighted = weights * powers.anchors.broadcast(to: shape, axes: [1, 2, 3])
    let rows = Value.concatenated([weighted.real, -weighted.imaginary], axis: 2)
      .product(powers.table, batching: [(1, 0)], contracting: [(2, 1)], isExact: true)
    // [H, directions, blocks, steps of a block].
    let kernel = rows.reshaped([modes.shape[0], parameters.directions, powers.blockCount * blockLength]).transposed([1, 0, 2])
    return Tensor(kernel.slice(axis: 2, 0..<length))
  }

  static func recordBackward(
    _ program: Program, kernelGradient: Tensor, _ parameters: Parameters, options: Options, gradients: Parameters
  ) {
    let modes = RecordedModes(program, parameters, options)
    let length = kernelGradient.shape[2]
    let powers = RecordedPowers(modes.exponent, blockLength: blockLength, length: length)
    let moments = powers.moments(of: kernelGradient.value(in: program))
    let directions = modes.outputWeights.shape
    func spread(_ value: ComplexValue) -> ComplexValue { value.broadcast(to: directions, axes: [1, 2]) }
    // Holomorphic derivatives of Σ G·c·B·g·z^l; a real loss Re(V·δp) of a complex p has the slopes Re V and −Im V.
    let (input, gain) = (spread(modes.inputWeights), spread(modes.gain))
    let summed = modes.outputWeights * input * moments.sum
    let weighted = modes.outputWeights * input * gain * moments.weightedSum
    func total(_ byGain: ComplexValue, _ byExponent: ComplexValue) -> ComplexValue {
      (summed * spread(byGain) + weighted * spread(byExponent)).sum(over: [0])
    }
    let pole = modes.perSystem(total(modes.gainByPole, modes.exponentByPole))
    let timestep = total(modes.gainByTimestep, modes.exponentByTimestep).real.sum(over: [1])
    let output = (options.outputFactor * (moments.sum * input * gain)).conjugate
    gradients.outputWeights.add(output.converted(to: .float32).interleaved)
    gradients.timestep.add((timestep * modes.timestepSlope).converted(to: .float32))
    if let decay = gradients.decay { decay.add((pole.real * modes.decayRates).converted(to: .float32)) }
    gradients.frequency.add((pole.imaginary * -options.frequencySign).converted(to: .float32))
    if let inputWeights = gradients.inputWeights {
      let slope = modes.perSystem((modes.outputWeights * gain * moments.sum).sum(over: [0])).conjugate
      inputWeights.add(slope.converted(to: .float32).interleaved)
    }
  }
}

/// Powers of discrete poles λ̄ = eˣ, x of shape [H, N].
private struct RecordedPowers {
  let blockLength: Int
  let blockCount: Int
  /// Re and Im of λ̄^j below one another, [H, 2N, 64].
  let table: Value
  /// λ̄^(64b), [H, N, blocks].
  let anchors: ComplexValue

  init(_ exponent: ComplexValue, blockLength: Int, length: Int) {
    self.blockLength = blockLength
    blockCount = max(1, (length + blockLength - 1) / blockLength)
    func powers(_ count: Int, stride: Int) -> ComplexValue {
      let shape = exponent.shape + [count]
      let steps = exponent.real.program.positions(shape, axis: 2, .float64) * Double(stride)
      return (steps * exponent.broadcast(to: shape, axes: [0, 1])).exponential.converted(to: .float32)
    }
    let first = powers(blockLength, stride: 1)
    table = Value.concatenated([first.real, first.imaginary], axis: 1)
    anchors = powers(blockCount, stride: blockLength)
  }

  /// Σ G[l]·λ̄^l and Σ G[l]·l·λ̄^l in double precision, [directions, H, N], of G [directions, H, L].
  func moments(of gradient: Value) -> (sum: ComplexValue, weightedSum: ComplexValue) {
    let shape = Array(gradient.shape.prefix(2)) + [blockCount, blockLength]
    let blocks = gradient.padded(axis: 2, behind: blockCount * blockLength - gradient.shape[2]).reshaped(shape)
    func inner(_ blocks: Value) -> ComplexValue {
      // [H, 2N, directions, blocks] → [directions, H, 2N, blocks].
      let sums = table.product(blocks, batching: [(0, 1)], contracting: [(2, 3)], isExact: true).transposed([2, 0, 1, 3])
      let modeCount = sums.shape[2] / 2
      return ComplexValue(sums.slice(axis: 2, 0..<modeCount), sums.slice(axis: 2, modeCount..<2 * modeCount))
    }
    let program = gradient.program
    let (first, second) = (inner(blocks), inner(blocks * program.positions(shape, axis: 3, .float32)))
    let starts = program.positions(first.shape, axis: 3, .float32) * Double(blockLength)
    let anchors = anchors.broadcast(to: first.shape, axes: [1, 2, 3])
    func total(_ terms: ComplexValue) -> ComplexValue { terms.converted(to: .float64).sum(over: [3]) }
    return (total(anchors * first), total(anchors * (starts * first + second)))
  }
}
