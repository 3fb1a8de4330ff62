import ReferenceModels

/// Case 03b: TFB's regressor of waves, whose filter runs over the whole circle without padding.
enum WavesCase: GoldenCase {
  private static let arrays: KeyValuePairs = [
    "kernel.log_dt": "log_dt", "kernel.log_A_real": "log_A_real", "kernel.A_imag": "A_imag", "kernel.C": "C", "D": "D",
    "encoder.weight": "enc_w", "encoder.bias": "enc_b", "decoder.weight": "dec_w", "decoder.bias": "dec_b",
  ]

  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes([
      "log_dt": "H", "log_A_real": "H N", "A_imag": "H N", "C": "H N 2", "beta": "1", "D": "1", "enc_w": "H", "enc_b": "H", "dec_w": "o H",
      "dec_b": "o", "u": "B L", "dout": "B o",
    ])
    let run = try FilteredBankRun(
      FilteredBankRun.Problem(
        kind: .waves(outputCount: sizes["o"]), arrays: try golden.named(arrays), exponent: try golden.reals("beta")[0],
        shape: [sizes["B"], sizes["H"], sizes["L"]], modeCount: sizes["N"], input: try golden.reals("u"),
        outputGradient: try golden.reals("dout")), by: computation)
    return [
      GoldenResult("K", run.kernel), GoldenResult("y_ssm", run.convolved), GoldenResult("out", run.output),
      GoldenResult("du", run.inputGradient), GoldenResult("dbeta", [run.exponentGradient]),
    ] + arrays.map { GoldenResult("d\($1)", run.gradients[$0, default: []]) }
  }
}

/// Case 03c: TFB's linear denoiser, whose filter is mirrored one bin off.
enum DenoisingCase: GoldenCase {
  private static let arrays: KeyValuePairs = [
    "kernel.log_dt": "log_dt", "kernel.log_A_real": "log_A_real", "kernel.A_imag": "A_imag", "kernel.C": "C", "output.weight": "W",
    "output.bias": "b",
  ]

  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes([
      "log_dt": "H", "log_A_real": "H N", "A_imag": "H N", "C": "H N 2", "beta": "1", "W": "H H", "b": "H", "u": "B H L", "dy": "B H L",
    ])
    let run = try FilteredBankRun(
      FilteredBankRun.Problem(
        kind: .denoising, arrays: try golden.named(arrays), exponent: try golden.reals("beta")[0],
        shape: [sizes["B"], sizes["H"], sizes["L"]], modeCount: sizes["N"], input: try golden.reals("u"),
        outputGradient: try golden.reals("dy")), by: computation)
    return [
      GoldenResult("K", run.kernel), GoldenResult("y_conv", run.convolved), GoldenResult("y", run.output),
      GoldenResult("du", run.inputGradient), GoldenResult("dbeta", [run.exponentGradient]),
    ] + arrays.map { GoldenResult("d\($1)", run.gradients[$0, default: []]) }
  }
}
