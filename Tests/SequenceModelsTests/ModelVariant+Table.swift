extension ModelVariant {
  /// The two shapes that the catalogue trains come first; the others turn every switch at least twice, in different company.
  static let all = diagonalSystems + otherSystems

  private static let diagonalSystems = [
    ModelVariant(
      pipeline: .lightning, normalization: .batch, prenorm: false, pooling: .mean, form: .full, bidirectional: true, tokens: true),
    ModelVariant(
      pipeline: .lightning, normalization: .layer, prenorm: false, pooling: .mean, form: .full, bidirectional: true, tokens: false,
      dropout: 0.3),
    ModelVariant(
      pipeline: .lightning, normalization: .batch, prenorm: true, pooling: .last, form: .full, bidirectional: true, tokens: true,
      dropout: 0.3, width: 6, systemCount: 3),
    ModelVariant(
      pipeline: .lightning, normalization: .layer, prenorm: true, pooling: .mean, form: .full, bidirectional: true, tokens: false,
      dropout: 0.3, tied: false, width: 5, systemCount: 1),
    ModelVariant(
      pipeline: .lightning, normalization: .batch, prenorm: true, pooling: .mean, form: .minimal, bidirectional: false, tokens: true,
      dropout: 0.3, tied: false, width: 5),
    ModelVariant(
      pipeline: .lightning, normalization: .layer, prenorm: false, pooling: .last, form: .minimal, bidirectional: true, tokens: true,
      dropout: 0.3, discretization: .bilinear, hasUsualTimestepTransform: false),
    ModelVariant(
      pipeline: .lightning, normalization: .batch, prenorm: false, pooling: .last, form: .full, bidirectional: false, tokens: false,
      dropout: 0.3, discretization: .bilinear, systemCount: 4),
    ModelVariant(
      pipeline: .lightning, normalization: .layer, prenorm: true, pooling: .last, form: .full, bidirectional: true, tokens: true,
      hasUsualTimestepTransform: false),
    ModelVariant(
      pipeline: .script, normalization: .layer, prenorm: true, pooling: .mean, form: .minimal, bidirectional: false, tokens: false,
      dropout: 0.3),
    ModelVariant(
      pipeline: .script, normalization: .batch, prenorm: false, pooling: .mean, form: .minimal, bidirectional: false, tokens: false,
      dropout: 0.3, tied: false, width: 5),
    ModelVariant(
      pipeline: .script, normalization: .layer, prenorm: false, pooling: .mean, form: .full, bidirectional: true, tokens: false),
    ModelVariant(
      pipeline: .script, normalization: .layer, prenorm: false, pooling: .meanOfSecondHalf, form: .minimal, bidirectional: false,
      tokens: false, dropout: 0.3),
    ModelVariant(
      pipeline: .script, normalization: .batch, prenorm: true, pooling: .mean, form: .full, bidirectional: true, tokens: false,
      dropout: 0.3, discretization: .bilinear, width: 6),
  ]

  /// TFB, DFouT and HOPE, in both pipelines.
  private static let otherSystems = [
    ModelVariant(
      pipeline: .lightning, normalization: .batch, prenorm: true, pooling: .mean, form: .tuned, bidirectional: true, tokens: true,
      dropout: 0.3, system: .tuned(.cyclesPerSample)),
    ModelVariant(
      pipeline: .lightning, normalization: .layer, prenorm: false, pooling: .last, form: .tuned, bidirectional: false, tokens: false,
      width: 5, systemCount: 1, system: .tuned(.cyclesPerSample)),
    ModelVariant(
      pipeline: .script, normalization: .layer, prenorm: true, pooling: .mean, form: .full, bidirectional: false, tokens: false,
      hasUsualTimestepTransform: false, system: .tuned(.cyclesPerSample)),
    ModelVariant(
      pipeline: .lightning, normalization: .layer, prenorm: false, pooling: .mean, form: .full, bidirectional: true, tokens: false,
      dropout: 0.3, system: .dampedFourier(.synchronized, .half, .zeroOrderHold, trainsInputWeights: true)),
    ModelVariant(
      pipeline: .lightning, normalization: .batch, prenorm: true, pooling: .last, form: .full, bidirectional: false, tokens: true,
      width: 5, system: .dampedFourier(.batched, .full, .unit, trainsInputWeights: false)),
    ModelVariant(
      pipeline: .lightning, normalization: .batch, prenorm: false, pooling: .mean, form: .full, bidirectional: true, tokens: true,
      dropout: 0.3, system: .hankel(.both)),
    ModelVariant(
      pipeline: .script, normalization: .layer, prenorm: false, pooling: .mean, form: .minimal, bidirectional: false, tokens: false,
      dropout: 0.3, width: 5, system: .hankel(.forward)),
    ModelVariant(
      pipeline: .script, normalization: .layer, prenorm: false, pooling: .meanOfSecondHalf, form: .minimal, bidirectional: false,
      tokens: true, width: 5, system: .hankel(.forward)),
    ModelVariant(
      pipeline: .script, normalization: .layer, prenorm: false, pooling: .mean, form: .minimal, bidirectional: false, tokens: false,
      dropout: 0.3, system: .hankel(.halfSpectra), appendsReversal: true),
    ModelVariant(
      pipeline: .lightning, normalization: .batch, prenorm: true, pooling: .mean, form: .full, bidirectional: false, tokens: true,
      dropout: 0.3, system: .hankel(.halfSpectraOfCopy)),
  ]
}
