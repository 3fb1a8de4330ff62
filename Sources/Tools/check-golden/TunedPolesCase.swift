import StateSpace

/// Case 03a: α-scaled initial poles; computed in Double only, because models round them once.
enum TunedPolesCase {
  static func check(_ golden: GoldenSubcase) throws {
    let scale = try golden.number("alpha")
    if golden.has("waves_A_imag") {
      let poles = TunedPoles.waves(scale: scale, modeCount: try golden.sizes(["waves_A_imag": "N"])["N"])
      try golden.compare("waves_A_imag", float64: poles.map(\.imaginary))
    }
    if golden.has("lra_A_imag") {
      let poles = TunedPoles.longRangeArena(scale: scale, modeCount: try golden.sizes(["lra_A_imag": "N", "lra_A_real": "N"])["N"])
      try golden.compare("lra_A_imag", float64: poles.map { -$0.imaginary })
      try golden.compare("lra_A_real", float64: poles.map { .log(-$0.real) })
    }
    if golden.has("denoise_A_imag") {
      let sizes = try golden.sizes(["denoise_A_imag": "N", "denoise_log_A_real": "N"])
      let poles = TunedPoles.denoising(spacing: .pi * scale, modeCount: sizes["N"])
      try golden.compare("denoise_A_imag", float64: poles.map(\.imaginary))
      try golden.compare("denoise_log_A_real", float64: poles.map { .log(-$0.real) })
    }
  }
}
