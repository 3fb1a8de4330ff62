/// Case 01: kernels of diagonal systems and their gradients.
enum KernelCase: GoldenCase {
  private static let names = ["log_dt", "log_A_real", "A_imag", "C"]

  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes(["log_dt": "H", "log_A_real": "H N", "A_imag": "H N", "C": "H N 2", "W": "H L"])
    let (arrays, weights) = (
      try Dictionary(uniqueKeysWithValues: names.map { ("kernel.\($0)", try golden.reals($0)) }), try golden.reals("W")
    )
    let run = try KernelRun(
      .minimal(width: sizes["H"], modeCount: sizes["N"]), arrays, length: sizes["L"], kernelGradient: weights, by: computation)
    return [
      GoldenResult("K", run.kernel), GoldenResult("loss", [zip(run.kernel, weights).map(*).reduce(0, +)]),
    ] + names.map { GoldenResult("d\($0)", run.gradients["kernel.\($0)", default: []]) }
  }
}
