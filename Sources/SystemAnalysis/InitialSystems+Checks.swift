import RunSupport

extension InitialSystems {
  /// Sizes beyond these are slips of the keyboard.
  private static let largestState = 1 << 14
  private static let largestDenseState = 1 << 10
  private static let largestWidth = 1 << 16

  /// - Throws: `StageError` (`badConfiguration`).
  func check() throws {
    try require(stateSize, in: 1...(isDense ? Self.largestDenseState : Self.largestState), "state size")
    try require(width, in: 1...Self.largestWidth, "width")
    guard !needsPairs || stateSize.isMultiple(of: 2) else {
      throw refused("the state size \(stateSize) is odd", "its poles come in conjugate pairs", "choose an even number, for example 64")
    }
    guard timesteps.lowerBound > 0, timesteps.upperBound.isFinite else {
      throw refused("the time step \(timesteps) is impossible", "it must be positive and finite", "choose, for example, 0.001 to 0.1")
    }
    guard frequencyScale.isFinite, sobolevExponent.isFinite else {
      throw refused("α or β is not finite", "they are \(frequencyScale) and \(sobolevExponent)", "choose numbers, for example 1 and 0")
    }
    if initialization == .denseFourier { try require(stateSize, in: 2...Self.largestDenseState, "state size") }
  }

  private var isDense: Bool { initialization == .denseLegS || initialization == .denseFourier }

  private var needsPairs: Bool {
    switch initialization {
    case .diagonal, .denseFourier, .tunedDenoising: true
    case .dampedFourier: plane == .half
    case .denseLegS, .tunedLongRangeArena, .tunedWaves, .hankel: false
    }
  }

  private func require(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws {
    guard !range.contains(value) else { return }
    throw refused(
      "the \(name) \(value) is impossible", "it must be from \(range.lowerBound) to \(range.upperBound)", "choose, for example, 64")
  }

  private func refused(_ what: String, _ why: String, _ fix: String) -> StageError {
    StageError(.badConfiguration, what, where: "initialisation \(initialization.rawValue)", why: why, fix: fix)
  }
}
