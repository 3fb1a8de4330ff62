import Vocabulary

/// Initial systems by name; N is the state size, Δ the time step.
package enum Initialization: Sendable, Hashable {
  /// S4D, by where its poles start.
  case diagonal(PoleInitialization)
  case denseLegS, denseFourier
  case tunedLongRangeArena, tunedWaves, tunedDenoising
  case hankel
  /// DFouT, by how the channels share the angles.
  case dampedFourier(FourierArrangement)

  /// One line for a list of names.
  package var summary: String {
    switch self {
    case .diagonal(let poles): "\(poles.summary), N/2 modes"
    case .denseLegS: "S4-LegS, the dense matrix, N states"
    case .denseFourier: "S4-FouT, the dense matrix without the one state that no input reaches, N−1 states"
    case .tunedLongRangeArena: "TFB, Long Range Arena: S4D-Lin with frequencies times α, N modes; filter in cycles per sample"
    case .tunedWaves: "TFB, regressor of waves: frequencies α·π·(1.3 + n), N modes; filter in bins over 10,000"
    case .tunedDenoising: "TFB, denoiser: frequencies α·π·n, N/2 modes; filter in bins over 10,000"
    case .hankel: "HOPE: N Markov parameters, normal, of deviation 1/(2·√(2N)); Δ is its Δt"
    case .dampedFourier(.synchronized): "DFouT, angles synchronised over the channels; Δ is its damping ξ"
    case .dampedFourier(.single): "DFouT, the same even grid in each channel"
    case .dampedFourier(.token): "S4D-Token: angles 2π/n"
    case .dampedFourier(.random): "S4D-RndImag: random angles"
    case .dampedFourier(.batched): "S4D-Batched-DFouT: contiguous blocks of the layer's grid"
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
}

extension Initialization: CaseIterable {
  /// Poles that are drawn come last.
  package static let allCases =
    PoleInitialization.allCases.filter { !$0.isDrawn }.map(diagonal)
    + [.denseLegS, .denseFourier, .tunedLongRangeArena, .tunedWaves, .tunedDenoising, .hankel]
    + FourierArrangement.allCases.map(dampedFourier) + PoleInitialization.allCases.filter(\.isDrawn).map(diagonal)
}

extension Initialization: RawRepresentable {
  package init?(rawValue: String) {
    guard let found = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = found
  }

  package var rawValue: String {
    switch self {
    case .diagonal(let poles): poles.methodName
    case .denseLegS: "s4-legs"
    case .denseFourier: "s4-fout"
    case .tunedLongRangeArena: "tfb-lra"
    case .tunedWaves: "tfb-waves"
    case .tunedDenoising: "tfb-denoising"
    case .hankel: "hope"
    case .dampedFourier(.synchronized): "dfout"
    case .dampedFourier(let arrangement): "dfout-\(arrangement.rawValue)"
    }
  }
}
