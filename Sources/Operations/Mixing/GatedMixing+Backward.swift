import Accelerators
import CBLAS

extension GatedMixing {
  /// The backward pass, in place where it can: what it reads is not needed behind it.
  ///
  /// - Parameters:
  ///   - sumGradient: the gradient of the result and so also of x; it stays.
  ///   - sum: the forward pass's result; becomes x again, x = sum − branch, up to the rounding of that sum. So x need not be kept.
  ///   - input: v; becomes its gradient.
  ///   - preGate: what `forward` returned.
  package static func backward(
    sumGradient: Tensor, sum: Tensor, input: Tensor, preGate: Tensor, weight: Tensor, dropouts: Dropouts, weightGradient: Tensor,
    biasGradient: Tensor
  ) {
    let sizes = Sizes(input: input, weight: weight, bias: biasGradient, residual: sum)
    if let program = Program.recording(sumGradient, sum) {
      return recordBackward(
        program, sumGradient: sumGradient, sum: sum, input: input, preGate: preGate, weight: weight, dropouts: dropouts,
        weightGradient: weightGradient, biasGradient: biasGradient)
    }
    precondition(
      sumGradient.shape == sum.shape && preGate.shape == sizes.preGateShape
        && weightGradient.shape == weight.shape,
      "GatedMixing: gradient \(sumGradient.shape), gate \(preGate.shape) for input \(input.shape), weight \(weight.shape)")
    let groupCount = min(maximumGroupCount, sizes.tileCount)
    let weightPartials = Tensor(uninitialized: [groupCount, 2 * sizes.width, sizes.inputs])
    let biasPartials = Tensor.zeros([groupCount, 2 * sizes.width])
    let pass = BackwardPass(
      sizes: sizes, masks: Masks(dropouts), sumGradient: Rows(sumGradient), sum: Rows(sum), input: Rows(input),
      preGate: Shared(preGate.elements), weight: Shared(weight.elements))
    let (weightSums, biasSums) = (Shared(weightPartials.elements), Shared(biasPartials.elements))
    Parallel.forEach(groupCount) { group in
      let scratch = Scratch(sizes)
      defer { withExtendedLifetime(scratch) {} }
      for index in Swift.stride(from: group, to: sizes.tileCount, by: groupCount) {
        pass.run(
          sizes.tile(index), scratch, isFirst: index == group, weightSums: weightSums.pointer + group * 2 * sizes.width * sizes.inputs,
          biasSums: biasSums.pointer + group * 2 * sizes.width)
      }
    }
    Reductions.addPartials(weightPartials, count: groupCount, to: weightGradient)
    Reductions.addPartials(biasPartials, count: groupCount, to: biasGradient)
  }

  /// Partial sums of the weight gradient: fixed, so that their order is.
  private static let maximumGroupCount = 16

  /// A tile's intermediate results, in rows of `Sizes.stride` floats.
  private struct Scratch {
    private let memory: Tensor
    /// The gradient of the gate's input, 2H rows.
    let mixedGradient: UnsafeMutablePointer<Float>
    /// drop₂(GELU(drop₁(v))), C rows; then the gradient of that.
    let active: UnsafeMutablePointer<Float>
    /// Its derivative by v.
    let slope: UnsafeMutablePointer<Float>
    let factors: UnsafeMutablePointer<Float>

    init(_ sizes: Sizes) {
      let rowCount = 2 * sizes.width + 2 * sizes.inputs + 1
      memory = Tensor(uninitialized: [rowCount * sizes.stride + Dropout.RowFactors.margin])
      mixedGradient = memory.elements
      active = mixedGradient + 2 * sizes.width * sizes.stride
      slope = active + sizes.inputs * sizes.stride
      factors = slope + sizes.inputs * sizes.stride
    }
  }

  private struct BackwardPass: Sendable {
    let sizes: Sizes
    let masks: Masks
    let sumGradient: Rows
    let sum: Rows
    let input: Rows
    let preGate: Shared<Float>
    let weight: Shared<Float>

    /// One tile; adds its part of the gradients of W and bias to the sums, of which those of W begin with the first tile.
    func run(
      _ tile: Tile, _ scratch: Scratch, isFirst: Bool, weightSums: UnsafeMutablePointer<Float>, biasSums: UnsafeMutablePointer<Float>
    ) {
      let (count, stride) = (Int32(tile.steps.count), Int32(sizes.stride))
      for channel in 0..<sizes.width { ungate(tile, channel, scratch, biasSums) }
      for channel in 0..<sizes.inputs { activateWithSlope(tile, channel, scratch) }
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, Int32(2 * sizes.width), Int32(sizes.inputs), count, 1, scratch.mixedGradient,
        stride, scratch.active, stride, isFirst ? 0 : 1, weightSums, Int32(sizes.inputs))
      cblas_sgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, Int32(sizes.inputs), count, Int32(2 * sizes.width), 1, weight.pointer,
        Int32(sizes.inputs), scratch.mixedGradient, stride, 0, scratch.active, stride)
      for channel in 0..<sizes.inputs {
        let offset = channel * sizes.stride
        VectorMath.map(
          scratch.active + offset, scratch.slope + offset, to: input(tile, channel), count: tile.steps.count
        ) { $0 * $1 }
      }
    }

    /// Takes the branch off the sum and carries the gradient through the gate: dy σ(g) for the values, dy a σ(g) (1 − σ(g)) for the gates.
    private func ungate(_ tile: Tile, _ channel: Int, _ scratch: Scratch, _ biasSums: UnsafeMutablePointer<Float>) {
      let values = preGate.pointer + sizes.preGateOffset(tile) + channel * tile.steps.count
      let gates = values + sizes.width * tile.steps.count
      let gradient = sumGradient(tile, channel)
      let total = sum(tile, channel)
      let next = min(channel + 1, sizes.width - 1)
      VectorMath.prefetch(sumGradient(tile, next), count: tile.steps.count)
      VectorMath.prefetch(sum(tile, next), count: tile.steps.count)
      VectorMath.prefetch(values + tile.steps.count, count: tile.steps.count)
      VectorMath.prefetch(gates + tile.steps.count, count: tile.steps.count)
      let valueGradients = scratch.mixedGradient + channel * sizes.stride
      let gateGradients = valueGradients + sizes.width * sizes.stride
      let factors = scratch.factors
      if let mask = masks.onBranch {
        mask.write(row: tile.row(channel, of: sizes.width), steps: tile.steps, to: factors)
      }
      var (valueSum, gateSum) = (Lanes.zero, Lanes.zero)
      var index = 0
      while index < tile.steps.count {
        let rest = tile.steps.count &- index
        let value = VectorMath.load(values + index, count: rest)
        let gate = VectorMath.sigmoid(VectorMath.load(gates + index, count: rest))
        var slope = VectorMath.load(gradient + index, count: rest)
        var branch = value * gate
        if masks.onBranch != nil {
          // Nobody wrote the factors behind the tile's last step: they could be NaN, and then the zeros there were none.
          let factor = VectorMath.load(factors + index, count: rest)
          slope *= factor
          branch *= factor
        }
        VectorMath.store(VectorMath.load(total + index, count: rest) - branch, to: total + index, count: rest)
        let valueGradient = slope * gate
        let gateGradient = valueGradient * value * (1 - gate)
        VectorMath.store(valueGradient, to: valueGradients + index)
        VectorMath.store(gateGradient, to: gateGradients + index)
        // Values that `load` filled up with zeros have zero slopes.
        valueSum += valueGradient
        gateSum += gateGradient
        index &+= 16
      }
      biasSums[channel] += VectorMath.total(valueSum)
      biasSums[channel + sizes.width] += VectorMath.total(gateSum)
    }

    /// The activation once more, and its derivative while the normal distribution is at hand.
    private func activateWithSlope(_ tile: Tile, _ channel: Int, _ scratch: Scratch) {
      let row = input(tile, channel)
      let number = tile.row(channel, of: sizes.inputs)
      let (active, slope) = (scratch.active + channel * sizes.stride, scratch.slope + channel * sizes.stride)
      let (factors, count) = (scratch.factors, tile.steps.count)
      VectorMath.prefetch(input(tile, min(channel + 2, sizes.inputs - 1)), count: count)
      let before = masks.beforeActivation
      before?.write(row: number, steps: tile.steps, to: factors)
      var index = 0
      while index < count {
        var value = VectorMath.load(row + index, count: count &- index)
        if before != nil { value *= VectorMath.load(factors + index) }
        let (result, derivative) = VectorMath.geluWithDerivative(value)
        VectorMath.store(result, to: active + index)
        VectorMath.store(before == nil ? derivative : derivative * VectorMath.load(factors + index), to: slope + index)
        index &+= 16
      }
      guard let after = masks.afterActivation else { return }
      after.write(row: number, steps: tile.steps, to: factors)
      VectorMath.map(active, factors, to: active, count: count) { $0 * $1 }
      VectorMath.map(slope, factors, to: slope, count: count) { $0 * $1 }
    }
  }
}
