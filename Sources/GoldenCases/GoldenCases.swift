/// All kinds of reference cases.
package enum GoldenCases {
  /// The kinds by the name of their file up to the first underscore.
  private static let kinds: [String: any GoldenCase.Type] = [
    "case01": KernelCase.self,
    "case02": DiagonalLayerCase.self,
    "case02b": ConvolutionCase.self,
    "case03a": TunedPolesCase.self,
    "case03b": WavesCase.self,
    "case03c": DenoisingCase.self,
    "case03d": TunedLayerCase.self,
    "case04": HankelLayerCase.self,
    "case04b": HankelSystemCase.self,
    "case05": FourierPolesCase.self,
    "case06": InitialPolesCase.self,
    "case07": HankelValuesCase.self,
    "case08": BlocksCase.self,
    "case09a": TrainingCase.self,
    "case09b": TrainingCase.self,
    "case10": InputWeightsCase.self,
  ]

  /// Whether there is something to compute.
  package static func covers(_ goldenCase: GoldenIndex.Case) -> Bool { kinds[goldenCase.name] != nil }

  /// Computes a subcase and compares it with what is stored; nothing where the case is not covered, or not by this computation.
  ///
  /// - Throws: `StageError` (`badData`) if the stored tensors do not fit together.
  package static func compare(_ golden: GoldenSubcase, by computation: Computation) throws -> [Comparison] {
    try golden.compare(kinds[golden.caseName]?.results(of: golden, by: computation) ?? [], computation)
  }
}
