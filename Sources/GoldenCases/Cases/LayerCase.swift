import ReferenceModels

/// How a case stores a layer: its names for the layer's arrays and sequences.
struct StoredLayer {
  /// The case's name of each array of the layer, such as `log_dt` for `kernel.log_dt`.
  let arrays: KeyValuePairs<String, String>
  let input: String
  /// Sequences are [B, L, H] instead of [B, H, L].
  let isTimeFirst: Bool

  /// - Parameter shape: [B, H, L].
  func problem(_ golden: GoldenSubcase, shape: [Int]) throws -> LayerRun.Problem {
    LayerRun.Problem(
      arrays: try golden.named(arrays), shape: shape,
      input: channelsFirst(try golden.reals(input), shape), outputGradient: channelsFirst(try golden.reals("dy"), shape))
  }

  /// The results of a run under the case's names.
  func results(_ run: LayerRun, of golden: GoldenSubcase, shape: [Int]) -> [GoldenResult] {
    var results = [
      GoldenResult("y_ssm", stored(run.convolved, shape)), GoldenResult("y_act", stored(run.activated, shape)),
      GoldenResult("y", stored(run.output, shape)), GoldenResult("d\(input)", stored(run.inputGradient, shape)),
    ]
    if golden.has("z") { results.append(GoldenResult("z", run.mixed)) }
    for (name, tensor) in arrays {
      results.append(GoldenResult(tensor == "Hm" ? "dH" : "d\(tensor)", run.gradients[name, default: []]))
    }
    return results
  }

  private func channelsFirst(_ values: [Double], _ shape: [Int]) -> [Double] {
    isTimeFirst ? Rows.transposed(values, shape[2], shape[1]) : values
  }

  private func stored(_ values: [Double], _ shape: [Int]) -> [Double] {
    isTimeFirst ? Rows.transposed(values, shape[1], shape[2]) : values
  }
}

/// Case 02: a whole diagonal layer, forward and all gradients.
enum DiagonalLayerCase: GoldenCase {
  private static let stored = StoredLayer(
    arrays: [
      "kernel.log_dt": "log_dt", "kernel.log_A_real": "log_A_real", "kernel.A_imag": "A_imag", "kernel.C": "C", "D": "D",
      "output_linear.0.weight": "out_weight", "output_linear.0.bias": "out_bias",
    ], input: "u", isTimeFirst: false)

  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes([
      "log_dt": "H", "log_A_real": "H N", "A_imag": "H N", "C": "H N 2", "D": "H", "out_weight": "2H H", "out_bias": "2H", "u": "B H L",
      "dy": "B H L",
    ])
    let (shape, kernel) = ([sizes["B"], sizes["H"], sizes["L"]], KernelPair.minimal(width: sizes["H"], modeCount: sizes["N"]))
    let problem = try stored.problem(golden, shape: shape)
    let kernels = try KernelRun(kernel, problem.arrays, length: shape[2], by: computation).kernel
    return [GoldenResult("K", kernels)] + stored.results(try LayerRun(kernel, problem, by: computation), of: golden, shape: shape)
  }
}

/// Case 03d: TFB's Long Range Arena layer with a trainable exponent for each channel.
enum TunedLayerCase: GoldenCase {
  private static let stored = StoredLayer(
    arrays: [
      "kernel.inv_dt": "inv_dt", "kernel.A_real": "A_real", "kernel.A_imag": "A_imag", "kernel.C": "C", "kernel.s": "s", "D": "D",
      "output_linear.0.weight": "W", "output_linear.0.bias": "b",
    ], input: "x", isTimeFirst: true)

  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes([
      "inv_dt": "H 1", "A_real": "H N", "A_imag": "H N", "C": "c H N 2", "s": "1 H", "D": "1 H", "W": "2H H", "b": "2H", "x": "B L H",
      "dy": "B L H",
    ])
    guard sizes["c"] <= 2 else { throw golden.misfit("C", "it has \(sizes["c"]) directions, not 1 or 2") }
    func kernel(isFiltered: Bool) -> KernelPair {
      .tuned(directions: sizes["c"], width: sizes["H"], modeCount: sizes["N"], isFiltered: isFiltered)
    }
    let shape = [sizes["B"], sizes["H"], sizes["L"]]
    let problem = try stored.problem(golden, shape: shape)
    let kernels = try KernelRun(kernel(isFiltered: false), problem.arrays, length: shape[2], by: computation).kernel
    let run = try LayerRun(kernel(isFiltered: true), problem, by: computation)
    return [GoldenResult("k", kernels)] + stored.results(run, of: golden, shape: shape)
  }
}
