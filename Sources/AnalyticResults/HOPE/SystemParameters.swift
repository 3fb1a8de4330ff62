import StateSpace

/// Complex parameters of a system: n of HOPE against 3n of S4D (A, B, C); and real numbers of a layer as ours store them.
///
/// - Source: HOPE (Yu et al., 2025), efficiency; widths are our grid.
struct SystemParameters: AnalyticResult {
  let name = "hope-parameters"
  let paper = AnalyticPaper.hope
  let title = "HOPE: parameters of a layer against S4D"

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var table = table(columns: ["states", "width", "system_complex_hope", "system_complex_s4d", "layer_real_hope", "layer_real_s4d"])
    for width in [128, 256, 512] {
      for states in [16, 32, 64, 128] {
        table.append(
          states, width, states, 3 * states, ParameterCount.hankel(width: width, parameterCount: states, directions: 1),
          ParameterCount.diagonal(width: width, modeCount: states, directions: 1, poleSetCount: width, hasInputWeights: true))
      }
    }
    return [table]
  }
}
