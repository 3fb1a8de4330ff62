import Catalogue
import SequenceModels
import Testing
import Vocabulary

/// What is set down in no list of reported configurations.
@Suite struct ReportedConfigurationsTests {
  static let experiments = (try? ExperimentCatalogue.load().experiments(at: .paper)) ?? []

  @Test("every diagonal model runs wherever DFOUT compares them") func diagonalModels() {
    let ids = Set(Self.experiments.map(\.id))
    let models = ["-s4d-lin", "-s4d-inv", "-s4d-legs", "-s4d-fout", ""]
    let tasks = ["listops", "text", "retrieval", "image", "pathfinder", "pathx"].map { "dfout-lra-\($0)" }
    let others = ["dfout-scifar", "dfout-pscifar", "dfout-speech-commands", "dfout-bidmc-hr", "dfout-bidmc-rr", "dfout-bidmc-spo2"]
    for id in tasks.flatMap({ task in models.map { task + $0 } })
      + others.flatMap({ task in (models + ["-token", "-rndimag", "-batched"]).map { task + $0 } })
      + (tasks + others + ["dfout-lra-pathx256"]).map({ $0 + "-unit-input" })
      + ["dfout-lra-image-fixed-input", "dfout-scifar-fixed-input", "dfout-scifar-token-half", "dfout-scifar-batched-half-plane"]
    { #expect(ids.contains(id), "\(id)") }
  }

  @Test("a choice of ours that can move the result is marked, and nothing else") func ownReadings() {
    for experiment in Self.experiments where experiment.paper != "tiny" {
      let isDamped = experiment.configuration.model.blocks?.layer.kind == .dampedFourier
      let isGrid = ["ablation", "delay", "moving-mnist", "sensitivity"].contains(experiment.group) && !experiment.id.contains("-init3")
      #expect(experiment.ownReadings.isEmpty != (isDamped || isGrid), "\(experiment.id): \(experiment.ownReadings)")
    }
  }

  @Test("settings of a grid are the decided ones") func grids() {
    let sensitivity = Self.experiments.filter { $0.group == "sensitivity" && $0.paper == "dfout" }
    let byModel = Dictionary(grouping: sensitivity) { "\($0.task) \($0.method)" }
    // PathX-256 has DFouT alone.
    #expect(byModel.count == 6 * 4 + 1)
    for (name, members) in byModel {
      #expect(members.compactMap { Self.range(of: $0)?.upperBound }.sorted() == [0.003, 0.01, 0.03, 0.1, 0.3], "\(name)")
      #expect(members.allSatisfy { Self.range(of: $0)?.lowerBound == 0.001 }, "\(name)")
    }
    let initializations = Self.experiments.filter { $0.group == "sensitivity" && $0.paper == "hope" }.map { experiment -> String in
      guard case .diagonal(let layer)? = experiment.configuration.model.blocks?.layer else { return experiment.id }
      return "\(layer.initialization) \(layer.poleLearningRate)"
    }
    #expect(initializations.sorted() == ["legS", "linear", "random"].flatMap { ["\($0) 0.001", "\($0) 0.01"] })
    let ablation = Self.experiments.filter { $0.group == "ablation" }.map { Self.filter(of: $0) }
    #expect(Set(ablation) == Set([0.3, 1, 3, 10].flatMap { scale in [-0.5, 0, 0.5, 1].map { [scale, $0] } }))
    for released in [false, true] {
      let denoisers = Self.experiments.filter { $0.group == "denoising" && $0.isAsReleased == released }.compactMap {
        experiment -> [Double]? in
        guard case .denoiser(let model) = experiment.configuration.model else { return nil }
        return [(model.frequencyStep / .pi * 1000).rounded() / 1000, model.filterExponent]
      }
      #expect(denoisers.count == 20)
      #expect(Set(denoisers) == Set([0.333, 1, 10, 156.137].flatMap { scale in [-1, -0.5, 0, 0.5, 1].map { [scale, $0] } }))
    }
  }

  @Test("TFB's ablation has the systems of TFB's own layer") func ablationLayer() {
    let layers = Self.experiments.filter { $0.group == "ablation" }.compactMap { experiment -> DiagonalLayerSpecification? in
      if case .diagonal(let layer)? = experiment.configuration.model.blocks?.layer { layer } else { nil }
    }
    #expect(layers.count == 16)
    #expect(layers.allSatisfy { $0.form == .tuned && $0.modeCount == 64 && $0.filter?.weighting == .cyclesPerSample })
  }

  /// Of time steps or damping.
  private static func range(of experiment: Experiment) -> ClosedRange<Double>? {
    experiment.configuration.model.blocks?.layer.initialRange
  }

  /// α and β.
  private static func filter(of experiment: Experiment) -> [Double] {
    guard case .diagonal(let layer)? = experiment.configuration.model.blocks?.layer else { return [] }
    return [layer.frequencyScale ?? 1, layer.filter?.exponent ?? 0]
  }
}
