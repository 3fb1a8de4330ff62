import StateSpace
import Vocabulary

/// Initial systems by name; N is the state size, Δ the time step.
package enum Initialization: String, Sendable, CaseIterable {
  case s4dLinear = "s4d-lin"
  case s4dInverse = "s4d-inv"
  case s4dLegS = "s4d-legs"
  case s4dFourier = "s4d-fout"
  case s4LegS = "s4-legs"
  case s4Fourier = "s4-fout"
  case tunedLongRangeArena = "tfb-lra"
  case tunedWaves = "tfb-waves"
  case tunedDenoising = "tfb-denoising"
  case hope
  case fourier = "dfout"
  case fourierSingle = "dfout-single"
  case fourierToken = "dfout-token"
  case fourierRandom = "dfout-random"
  case fourierBatched = "dfout-batched"
  case random

  /// One line for a list of names.
  package var summary: String {
    switch self {
    case .s4dLinear: "S4D-Lin, N/2 modes"
    case .s4dInverse: "S4D-Inv, N/2 modes"
    case .s4dLegS: "S4D-LegS with the moduli of HiPPO's input weights, N/2 modes"
    case .s4dFourier: "S4D-FouT with the least damping that a layer stores, 1e-4, N/2 modes"
    case .s4LegS: "S4-LegS, the dense matrix, N states"
    case .s4Fourier: "S4-FouT, the dense matrix without the one state that no input reaches, N−1 states"
    case .tunedLongRangeArena: "TFB, Long Range Arena: S4D-Lin with frequencies times α, N modes; filter in cycles per sample"
    case .tunedWaves: "TFB, regressor of waves: frequencies α·π·(1.3 + n), N modes; filter in bins over 10,000"
    case .tunedDenoising: "TFB, denoiser: frequencies α·π·n, N/2 modes; filter in bins over 10,000"
    case .hope: "HOPE: N Markov parameters, normal, of deviation 1/(2·√(2N)); Δ is its Δt"
    case .fourier: "DFouT, angles synchronised over the channels; Δ is its damping ξ"
    case .fourierSingle: "DFouT, the same even grid in each channel"
    case .fourierToken: "S4D-Token: angles 2π/n"
    case .fourierRandom: "S4D-RndImag: random angles"
    case .fourierBatched: "S4D-Batched-DFouT: contiguous blocks of the layer's grid"
    case .random: "poles uniform in the left half disc of radius π·N/2, N/2 modes"
    }
  }

  /// The scripts of the waves and of the denoiser fix Δ.
  package var defaultTimestep: Double { self == .tunedWaves || self == .tunedDenoising ? 1e-4 : 0.01 }

  /// Points of the Fourier transform in the script that counts frequencies in its bins.
  package var filterPointCount: Int? {
    switch self {
    case .tunedWaves: 62_832
    case .tunedDenoising: 524_288
    default: nil
    }
  }

  /// How damped Fourier systems share the angles; nil for other systems.
  var angles: FourierArrangement? {
    switch self {
    case .fourier: .synchronized
    case .fourierSingle: .single
    case .fourierToken: .token
    case .fourierRandom: .random
    case .fourierBatched: .batched
    default: nil
    }
  }
}
