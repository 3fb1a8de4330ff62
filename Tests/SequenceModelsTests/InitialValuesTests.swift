import Foundation
import SequenceModels
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// The arrays that a diagonal layer starts from, in their stored form.
@Suite struct InitialValuesTests {
  private func values(
    _ form: DiagonalLayerSpecification.Form, _ name: String, scale: Double? = nil,
    initialization: PoleInitialization = .linear, seed: UInt64 = 1
  ) throws -> [Double] {
    var variant = ModelVariant.all[0]
    variant.form = form
    variant.width = 64
    var configuration = variant.configuration
    var layer = variant.diagonalLayer(form, filter: nil)
    layer.frequencyScale = scale
    layer.initialization = initialization
    configuration.layer = .diagonal(layer)
    let model = try SequenceClassifier(configuration, input: variant.description, seed: seed)
    return try #require(model.parameters.first { $0.name == "s4_layers.1.kernel.\(name)" }).value.doubles
  }

  @Test("full form of S4D-Lin: tied rows, frequencies of at least 1e-4, B = 1")
  func fullForm() throws {
    #expect(maxRelative(try values(.full, "A_real"), Array(repeating: log(0.5), count: 6)) < 1e-6)
    #expect(maxRelative(try values(.full, "A_imag"), [1e-4, .pi, 2 * .pi, 1e-4, .pi, 2 * .pi]) < 1e-6)
    #expect(try values(.full, "A_imag")[0] == Double(Float(1e-4)))
    #expect(try values(.full, "B") == (0..<6).flatMap { _ in [1.0, 0] })
  }

  @Test("full form of S4D-LegS and -FouT: input weights as training starts from them, in each row")
  func inputWeights() throws {
    for name in [PoleInitialization.legS, .fourier] {
      let weights = try #require(try InitialPoles.trainingInputWeights(name, stateSize: 6))
      #expect(maxRelative(try values(.full, "B", initialization: name), pairs(weights + weights)) < 1e-6, "\(name)")
    }
    #expect(try #require(try values(.full, "B", initialization: .legS).map(abs).max()) == 2)
  }

  @Test("minimal form of S4D-Lin: a row for each channel, the first frequency is zero")
  func minimalForm() throws {
    #expect(maxRelative(try values(.minimal, "log_A_real"), Array(repeating: log(0.5), count: 3 * 64)) < 1e-6)
    #expect(maxRelative(try values(.minimal, "A_imag"), (0..<64).flatMap { _ in [0, .pi, 2 * .pi] }) < 1e-6)
    #expect(try values(.minimal, "A_imag")[0] == 0)
  }

  @Test("random poles: each system draws its own from the seed, in the half disc of radius πN", arguments: [1, 2] as [UInt64])
  func randomPoles(seed: UInt64) throws {
    func poles(_ form: DiagonalLayerSpecification.Form, _ decay: String, seed: UInt64) throws -> [(damping: Double, frequency: Double)] {
      zip(
        try values(form, decay, initialization: .random, seed: seed).map(exp),
        try values(form, "A_imag", initialization: .random, seed: seed)
      ).map { (damping: $0, frequency: $1) }
    }
    let perChannel = try poles(.minimal, "log_A_real", seed: seed)
    #expect(perChannel.count == 3 * 64 && Set(perChannel.map(\.damping)).count == perChannel.count)
    let perSystem = try poles(.full, "A_real", seed: seed)
    #expect(perSystem.count == 3 * 2 && Set(perSystem.map(\.damping)).count == perSystem.count)
    let radius = 3 * Double.pi
    for pole in perChannel + perSystem { #expect(hypot(pole.damping, pole.frequency) < radius * (1 + 1e-6) && pole.frequency >= 0) }
    // The squared radius is uniform: its mean over 192 poles has a deviation of R²/√(12 · 192) = R²/48; five of them are allowed.
    let squares = perChannel.map { $0.damping * $0.damping + $0.frequency * $0.frequency }
    #expect(abs(squares.reduce(0, +) / 192 / (radius * radius) - 0.5) < 5.0 / 48)

    #expect(try poles(.minimal, "log_A_real", seed: seed).map(\.damping) == perChannel.map(\.damping))
    #expect(try poles(.minimal, "log_A_real", seed: seed + 2).map(\.damping) != perChannel.map(\.damping))
    #expect(try values(.full, "B", initialization: .random) == (0..<6).flatMap { _ in [1.0, 0] })
  }

  @Test("TFB's form of S4D-Lin: as many modes as the state size, frequencies scaled by α, no input weights, as in the minimal form")
  func tunedForm() throws {
    let frequencies = try values(.tuned, "A_imag", scale: 3)
    #expect(maxRelative(frequencies, [1e-4, 3 * .pi, 6 * .pi, 1e-4, 3 * .pi, 6 * .pi]) < 1e-6)
    for form in [DiagonalLayerSpecification.Form.tuned, .minimal] {
      var variant = ModelVariant.all[0]
      variant.form = form
      let names = try SequenceClassifier(variant.configuration, input: variant.description, seed: 1).parameters.map(\.name)
      #expect(!names.contains { $0.hasSuffix(".B") })
    }
  }

  @Test("the layer with α = 1 and β = 0 is S4D-Lin of the same modes, clamp and transform")
  func tunedAtRest() throws {
    func kernels(_ form: DiagonalLayerSpecification.Form, stateSize: Int, filter: SobolevFilterSpecification?) throws -> [Float] {
      var variant = ModelVariant.all[0]
      variant.width = 4
      var layer = variant.diagonalLayer(form, filter: filter)
      layer.frequencyScale = 1
      layer.stateSize = stateSize
      var configuration = variant.configuration
      configuration.layer = .diagonal(layer)
      let model = try SequenceClassifier(configuration, input: variant.description, seed: 1)
      return model.kernels(length: 32).flatMap { $0.values() }
    }
    let filter = SobolevFilterSpecification(weighting: .cyclesPerSample, exponent: 0, learningRate: 0.01)
    // B = 1 in the full form.
    let (tuned, plain) = try (kernels(.tuned, stateSize: 3, filter: filter), kernels(.full, stateSize: 6, filter: nil))
    #expect(maxRelative(tuned.map(Double.init), plain.map(Double.init)) < 1e-6)
  }

  @Test("DFouT's channels share one even grid on the half plane; the ablations have their own angles")
  func dampedFourierAngles() throws {
    func angles(_ choice: FourierArrangement, _ plane: FourierPlane) throws -> [Double] {
      var variant = ModelVariant.all[0]
      variant.width = 4
      variant.system = .dampedFourier(choice, plane, .zeroOrderHold, trainsInputWeights: false)
      let model = try SequenceClassifier(variant.configuration, input: variant.description, seed: 1)
      return try #require(model.parameters.first { $0.name == "s4_layers.0.kernel.angles" }).value.doubles
    }
    let grid = (0..<12).map { .pi * Double($0) / 12 }
    #expect(maxRelative(try angles(.synchronized, .half).sorted(), grid) < 1e-6)
    #expect(maxRelative(try angles(.batched, .half), grid) < 1e-6)
    #expect(maxRelative(try angles(.synchronized, .full).sorted(), (0..<24).map { .pi * Double($0) / 12 }) < 1e-6)
    #expect(maxRelative(Array(try angles(.single, .half).prefix(3)), [0, .pi / 3, 2 * .pi / 3]) < 1e-6)
    #expect(maxRelative(Array(try angles(.token, .half).prefix(3)), [2 * .pi, .pi, 2 * .pi / 3]) < 1e-6)
    let random = try angles(.random, .full)
    #expect(random.allSatisfy { (0..<2 * .pi).contains($0) } && Set(random).count == random.count)
  }

  @Test("DFouT's input weights start from one for each channel and mode, and train from the kernels of fixed ones")
  func dampedFourierInputWeights() throws {
    func model(trainsInputWeights: Bool) throws -> SequenceClassifier {
      var variant = ModelVariant.all[0]
      variant.width = 4
      variant.system = .dampedFourier(.synchronized, .half, .zeroOrderHold, trainsInputWeights: trainsInputWeights)
      return try SequenceClassifier(variant.configuration, input: variant.description, seed: 1)
    }
    let (trained, fixed) = (try model(trainsInputWeights: true), try model(trainsInputWeights: false))
    let inputWeights = try #require(trained.parameters.first { $0.name == "s4_layers.1.kernel.B" })
    #expect(inputWeights.value.shape == [4, 3, 2] && inputWeights.role == .inputWeights)
    #expect(inputWeights.value.values() == (0..<12).flatMap { _ in [1, 0] })
    #expect(!fixed.parameters.contains { $0.name.hasSuffix(".B") })
    #expect(trained.kernels(length: 50).map { $0.values() } == fixed.kernels(length: 50).map { $0.values() })
  }

  @Test("HOPE starts from complex normal Markov parameters of deviation 1/(2√(2n)) in both directions")
  func markovParameters() throws {
    var variant = ModelVariant.all[0]
    variant.width = 64
    variant.system = .hankel(.both)
    let model = try SequenceClassifier(variant.configuration, input: variant.description, seed: 1)
    let markov = try #require(model.parameters.first { $0.name == "s4_layers.0.kernel.h" }).value
    #expect(markov.shape == [128, 4, 2])
    // Each part has the variance 1/(16n) = 1/64; the mean of 1024 squares has a relative deviation of √(2/1024) = 0.044.
    #expect(abs(64 * dotProduct(markov.doubles, markov.doubles) / 1024 - 1) < 0.22)
  }

  @Test("time steps fill their range evenly on the log scale; C has variance 1", arguments: DiagonalLayerSpecification.Form.allCases)
  func random(form: DiagonalLayerSpecification.Form) throws {
    let stored = try values(form, form == .minimal ? "log_dt" : "inv_dt")
    let logarithms = stored.map { form == .full ? log(log(1 + exp($0))) : $0 }
    let (lowest, highest) = (log(0.05), log(0.5))
    #expect(logarithms.allSatisfy { lowest - 1e-6 <= $0 && $0 <= highest + 1e-6 })
    // 64 uniform numbers: the deviation of their mean is range / √(12 · 64), a 28th of the range; five of them are allowed.
    #expect(abs(logarithms.reduce(0, +) / 64 - (lowest + highest) / 2) < 5 * (highest - lowest) / 28)

    let outputWeights = try values(form, "C")
    #expect(outputWeights.count == 2 * 64 * 3 * 2)
    // Real and imaginary part have 1/2 each; the mean of 768 squares has deviation 0.5 · √(2 / 768) = 0.026; five of them are allowed.
    #expect(abs(dotProduct(outputWeights, outputWeights) / 768 - 0.5) < 0.13)
  }
}
