import ComplexModule
import Foundation

/// The slow, obvious diagonal kernel in Double: every power by its own exponential or repeated product, from stored parameters.
package struct DiagonalKernelReference {
  package var directions: Int
  package var width: Int
  package var systemCount: Int
  package var modeCount: Int
  package var isBilinear = false
  package var usesSoftplus = false
  package var frequencySign = 1.0
  package var hasInputWeights = false
  package var samplingRate = 1.0
  /// Modes exp(−ξ/2 + iΩ), without decays.
  package var isDampedFourier = false
  package var hasUnitInput = false
  package var outputFactor = 2.0

  package init(directions: Int, width: Int, systemCount: Int, modeCount: Int) {
    self.directions = directions
    self.width = width
    self.systemCount = systemCount
    self.modeCount = modeCount
  }

  /// Sizes of the parts of a flat parameter vector: timestep, decay, frequency, inputWeights (if any), outputWeights.
  package var partCounts: [Int] {
    let modes = systemCount * modeCount
    return [width, isDampedFourier ? 0 : modes, modes, hasInputWeights ? 2 * modes : 0, 2 * directions * width * modeCount]
  }

  /// K[direction, channel, lag] from one flat parameter vector.
  package func kernel(_ parameters: [Double], length: Int) -> [Double] {
    var parts: [[Double]] = []
    var start = 0
    for count in partCounts {
      parts.append(Array(parameters[start..<start + count]))
      start += count
    }
    var result: [Double] = []
    for direction in 0..<directions {
      for channel in 0..<width {
        let stored = parts[0][channel]
        let timestep = samplingRate * (usesSoftplus ? log(1 + exp(stored)) : exp(stored))
        var row = [Double](repeating: 0, count: length)
        for mode in 0..<modeCount {
          let place = channel % systemCount * modeCount + mode
          let (discrete, gain) = discreteMode(
            decay: isDampedFourier ? 0 : parts[1][place], frequency: frequencySign * parts[2][place], timestep: timestep)
          let inputWeight = hasInputWeights ? Complex(parts[3][2 * place], parts[3][2 * place + 1]) : 1
          let weightPlace = 2 * ((direction * width + channel) * modeCount + mode)
          var term = Complex(outputFactor * parts[4][weightPlace], outputFactor * parts[4][weightPlace + 1]) * inputWeight * gain
          for lag in 0..<length {
            row[lag] += term.real
            term *= discrete
          }
        }
        result += row
      }
    }
    return result
  }

  /// λ̄ and B̄ of an input weight 1.
  private func discreteMode(decay: Double, frequency: Double, timestep: Double) -> (Complex<Double>, Complex<Double>) {
    if isDampedFourier {
      let x = Complex(-timestep / 2, samplingRate * frequency)
      return (.exp(x), hasUnitInput ? 1 : Complex(timestep) * .expMinusOne(x) / x)
    }
    let pole = Complex(-exp(decay), frequency)
    let x = pole * Complex(timestep)
    return isBilinear
      ? ((1 + x * Complex(0.5)) / (1 - x * Complex(0.5)), Complex(timestep) / (1 - x * Complex(0.5)))
      : (.exp(x), .expMinusOne(x) / pole)
  }
}
