/// Two experiments that train within a tenth of a second and write every file that models of layers leave.
enum BenchCatalogue {
  /// Folder of their data below that of all prepared data.
  static let preparedName = "lra/listops-generated-maximumLength-40-minimumLength-10-seed-1-test-40-train-200-validation-40"

  static let published = "paper,table,row_method,column_task,value,std,unit,note\n"

  static let diagonal = """
    title: S4D-Lin under attack
    group: tiny
    task: tiny
    method: S4D-Lin
    statistic: mean
    seeds: [1]
    answers: []
    data:
      family: lra
      variant: listops-generated
      parameters: {train: 200, validation: 40, test: 40, minimumLength: 10, maximumLength: 40, seed: 1}
      limits: {}
    model:
      pipeline: lightning
      layerCount: 1
      modelWidth: 8
      normalization: batch
      prenorm: false
      dropout: 0.1
      tiedDropout: true
      pooling: mean
      layer:
        kind: diagonal
        form: full
        initialization: linear
        stateSize: 8
        systemCount: 8
        discretization: zeroOrderHold
        timestepTransform: softplus
        timestepMinimum: 0.01
        timestepMaximum: 0.5
        bidirectional: true
        poleLearningRate: 0.001
    training:
      batchSize: 20
      paddingMultiple: 16
      epochs: 3
      optimizer: {learningRate: 0.01, weightDecay: 0.05, decaysBiasesAndNorms: false}
      schedule: {kind: cosineOverSteps, warmup: 5, total: 30}
    sources:
      statistic: ours
      seeds: ours
      data: ours
      model: ours
      training: ours
    presets:
      reduced: {}
      smoke: {}

    """

  static let hankel = """
    base: tiny-attack-s4d
    title: HOPE under attack
    method: HOPE
    model:
      dropout: 0
      layer:
        kind: hankel
        directions: both
        markovCount: 8
        timestepTransform: softplus
        timestepMinimum: 0.01
        timestepMaximum: 1
        timestepLearningRate: 0.001
    sources:
      model: ours

    """
}
