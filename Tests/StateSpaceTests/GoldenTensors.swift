import Arrays
import ComplexModule

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
}

/// (re, im) pairs end to end, as golden files store them.
func pairs(_ values: [Complex<Double>]) -> [Double] { values.flatMap { [$0.real, $0.imaginary] } }
