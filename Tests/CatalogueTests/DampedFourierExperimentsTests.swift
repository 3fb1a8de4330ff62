import Catalogue
import Foundation
import SequenceModels
import TestSupport
import Testing
import Vocabulary

/// What the experiments of DFOUT's method and of its ablations train: B, angles, planes.
@Suite struct DampedFourierExperimentsTests {
  private static let experiments = (try? ExperimentCatalogue.load().experiments(at: .smoke)) ?? []

  private static func layer(_ experiment: Experiment) -> DampedFourierLayerSpecification? {
    if case .dampedFourier(let layer)? = experiment.configuration.model.blocks?.layer { layer } else { nil }
  }

  /// By ids, all layers of damped Fourier modes.
  private static let layers = Dictionary(
    uniqueKeysWithValues: experiments.compactMap { experiment in layer(experiment).map { (experiment.id, $0) } })

  @Test("all train B but those of fixed input; the input is a unit where the name says so") func inputWeights() {
    #expect(Self.layers.count > 60)
    for (id, layer) in Self.layers {
      #expect((layer.trainsInputWeights == true) == !id.hasSuffix("-fixed-input"), "\(id)")
      #expect(layer.inputFactor == (id.hasSuffix("-unit-input") ? .unit : .zeroOrderHold), "\(id)")
    }
    #expect(Self.layers.keys.count { $0.hasSuffix("-unit-input") } == 13)
    #expect(Self.layers.keys.count { $0.hasSuffix("-fixed-input") } == 2)
  }

  @Test("variants of the input answer rows of ours beside the printed ones") func rows() {
    for experiment in Self.experiments where experiment.id.hasSuffix("-input") && Self.layer(experiment) != nil {
      let isUnit = experiment.id.hasSuffix("-unit-input")
      #expect(experiment.method == (isUnit ? "S4D-DFouT (unit input)" : "S4D-DFouT (fixed input)"))
      #expect(experiment.answers.allSatisfy { $0.isExtra && $0.cell.row == experiment.method }, "\(experiment.id)")
      let plain = Self.experiments.first { "\($0.id)-\(isUnit ? "unit" : "fixed")-input" == experiment.id }
      // Table 4 repeats Table 1.
      let printed = plain?.answers.filter { $0.cell.table != "Table 4" }.map { "\($0.cell.table) \($0.cell.column)" }
      #expect(experiment.answers.map { "\($0.cell.table) \($0.cell.column)" } == printed, "\(experiment.id)")
      #expect(experiment.title == plain?.title.replacing("S4D-DFouT", with: experiment.method))
    }
  }

  @Test("what the text does not say is marked as ours") func readings() {
    func marks(_ id: String) -> [String] { Self.experiments.first { $0.id == id }?.ownReadings ?? ["no experiment \(id)"] }
    // The source of the layer's kind says how ξ is drawn.
    let (factor, plane, kind) = ("model.layer.inputFactor", "model.layer.plane", "model.layer.kind")
    for id in ["dfout-scifar", "dfout-scifar-rndimag"] { #expect(Set(marks(id)) == [factor, kind], "\(id)") }
    for id in ["token", "batched", "token-half", "batched-half-plane"] {
      #expect(Set(marks("dfout-scifar-\(id)")) == [plane, factor, kind], "\(id)")
    }
    #expect(marks("dfout-scifar-unit-input") == [kind])
    #expect(Set(marks("dfout-scifar-fixed-input")) == [factor, kind, "model.layer.trainsInputWeights"])
  }

  @Test("a configuration is silent where B keeps its ones, so it is that of earlier runs") func silence() throws {
    func text(_ id: String) throws -> String {
      let layer = try #require(Self.layers[id])
      return String(decoding: try JSONEncoder().encode(LayerSpecification.dampedFourier(layer)), as: UTF8.self)
    }
    #expect(try !text("dfout-scifar-fixed-input").contains("trainsInputWeights"))
    #expect(try text("dfout-scifar").contains(#""trainsInputWeights":true"#))
  }

  /// The angles of a layer's channels as it begins, shape [H][modes].
  private func angles(_ id: String) throws -> [[Double]] {
    let experiment = try #require(Self.experiments.first { $0.id == id })
    let model = try experiment.configuration.model.makeModel(
      input: InputDescription(kind: .values(channels: 3), outputCount: 10), seed: 1)
    let angles = try #require(model.parameters.first { $0.name == "s4_layers.0.kernel.angles" }).value
    let modeCount = angles.shape[1]
    return stride(from: 0, to: angles.count, by: modeCount).map { Array(angles.doubles[$0..<$0 + modeCount]) }
  }

  /// 16 channels at preset smoke, d_state 64.
  @Test("the first angles of the ablations on sCIFAR, and their planes", arguments: ["dfout-scifar", "dfout-pscifar"])
  func ablations(task: String) throws {
    let token = (1...64).map { 2 * Double.pi / Double($0) }
    let grid = (0..<16 * 64).map { 2 * Double.pi * Double($0) / (16 * 64) }
    func expect(_ id: String, _ plane: FourierPlane, _ expected: [[Double]]) throws {
      #expect(Self.layers[id]?.plane == plane, "\(id)")
      let found = try angles(id)
      #expect(found.map(\.count) == expected.map(\.count), "\(id)")
      #expect(maxRelative(found.flatMap { $0 }, expected.flatMap { $0 }) < 1e-6, "\(id)")
    }
    // 2π/n for n = 1 … N in every channel, and blocks of N over the whole circle, each mode stored.
    try expect("\(task)-token", .full, Array(repeating: token, count: 16))
    try expect("\(task)-batched", .full, (0..<16).map { Array(grid[$0 * 64..<($0 + 1) * 64]) })
    // The method itself: channel h begins at h of the grid and goes on in steps of H, below π.
    try expect(task, .half, (0..<16).map { channel in (0..<32).map { grid[channel + 16 * $0] } })
    let random = try angles("\(task)-rndimag")
    #expect(Self.layers["\(task)-rndimag"]?.plane == .half && random.map(\.count) == Array(repeating: 32, count: 16))
    #expect(random.flatMap { $0 }.allSatisfy { (0...2 * .pi).contains($0) } && random.flatMap { $0 }.contains { $0 > .pi })
    guard task == "dfout-scifar" else { return }
    // Half as many, each for a conjugate pair: the first N/2 of Token, blocks of N/2 over half the circle.
    try expect("\(task)-token-half", .half, Array(repeating: Array(token.prefix(32)), count: 16))
    try expect("\(task)-batched-half-plane", .half, (0..<16).map { Array(grid[$0 * 32..<($0 + 1) * 32]) })
  }
}
