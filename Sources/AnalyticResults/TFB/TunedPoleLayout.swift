import StateSpace

/// Where α puts the poles: those of S4D-Lin and those of the regressor of waves, beside the waves' frequencies.
///
/// - Source: TFB, Section 4 (α times Im λ of S4D-Lin) and its script of the waves, whose four waves have 1, 16, 256 and 4096 rad/s.
struct TunedPoleLayout: AnalyticResult {
  let name = "tfb-poles"
  let paper = AnalyticPaper.tfb
  let title = "TFB: frequencies of initial poles for different α"

  static let waveScales = [0.01, 1, 10, 100]
  static let waveModeCount = 4

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var table = table(columns: ["system", "alpha", "mode", "pole_real", "pole_imaginary"])
    for scale in TunedSystems.scales {
      for (mode, pole) in try TunedSystems.systems(scale: scale, count: 1)[0].poles.enumerated() {
        table.append("s4d-lin", scale, mode, pole.real, abs(pole.imaginary))
      }
    }
    for scale in Self.waveScales {
      for (mode, pole) in TunedPoles.waves(scale: scale, modeCount: Self.waveModeCount).enumerated() {
        table.append("waves", scale, mode, pole.real, pole.imaginary)
      }
    }
    return [table]
  }
}
