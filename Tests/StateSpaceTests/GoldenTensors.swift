import Arrays
import ComplexModule
import StateSpace

/// Reading of one subcase of a golden file.
struct GoldenTensors {
  let file: SafetensorsFile
  let subcase: String

  func reals(_ name: String) throws -> [Double] { try file.tensor("\(subcase).\(name)").doubles() }

  func shape(_ name: String) throws -> [Int] { try file.tensor("\(subcase).\(name)").shape }

  func complex(_ name: String) throws -> [Complex<Double>] {
    let parts = try reals(name)
    return stride(from: 0, to: parts.count, by: 2).map { Complex(parts[$0], parts[$0 + 1]) }
  }

  /// One system per channel, from the stored parameters of cases 01 and 02.
  func systems() throws -> [DiagonalSystem] {
    let shape = try shape("A_imag")
    let (logTimesteps, logReal, imaginary) = (try reals("log_dt"), try reals("log_A_real"), try reals("A_imag"))
    let outputWeights = try complex("C")
    return (0..<shape[0]).map { channel in
      let modes = channel * shape[1]..<(channel + 1) * shape[1]
      return DiagonalSystem(
        poles: modes.map { Complex(-Double.exp(logReal[$0]), imaginary[$0]) }, outputWeights: Array(outputWeights[modes]),
        timestep: .exp(logTimesteps[channel]))
    }
  }

  /// Case 04, one per row.
  func hankelSystems() throws -> [HankelSystem] {
    let shape = try shape("Hm")
    let (parameters, logTimesteps) = (try complex("Hm"), try reals("log_dt"))
    return (0..<shape[0]).map { row in
      HankelSystem(
        markovParameters: Array(parameters[row * shape[1]..<(row + 1) * shape[1]]), timestep: .exp(logTimesteps[row]))
    }
  }
}

/// (re, im) pairs end to end, as golden files store them.
func pairs(_ values: [Complex<Double>]) -> [Double] { values.flatMap { [$0.real, $0.imaginary] } }
