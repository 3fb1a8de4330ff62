import SequenceModels
import StateSpace
import SystemAnalysis
import TestSupport
import Testing
import Vocabulary

/// What weights do not say is taken from the configuration of their run.
@Suite struct RunConfigurationTests {
  private func configuration(
    _ model: ModelSpecification, data: DataSpecification = DataSpecification(family: "cifar10", variant: "gray")
  ) throws -> String {
    try CheckpointFixture.configuration(model, data: data)
  }

  /// One layer of TFB: H = 2, N = 1, β = 1.
  private static let tuned: CheckpointFixture = {
    var fixture = CheckpointFixture()
    fixture.add("s4_layers.0.kernel.inv_dt", [-1, -2], shape: [2])
    fixture.add("s4_layers.0.kernel.A_real", [0], shape: [1, 1])
    fixture.add("s4_layers.0.kernel.A_imag", [1], shape: [1, 1])
    fixture.addRandom("s4_layers.0.kernel.C", shape: [1, 2, 1, 2])
    fixture.add("s4_layers.0.kernel.s", [1, 1], shape: [2])
    return fixture
  }()

  @Test("discretisation, transform of Δ and the unit of the filter") func diagonal() throws {
    let text = try configuration(
      CheckpointFixture.blocks(
        .diagonal(
          DiagonalLayerSpecification(
            form: .tuned, initialization: .linear, stateSize: 2, discretization: .bilinear, timestepTransform: .log,
            timestepMinimum: 0.1, timestepMaximum: 1, bidirectional: false, poleLearningRate: 0, timestepLearningRate: nil,
            filter: SobolevFilterSpecification(weighting: .binsOver10000, exponent: 1, learningRate: 0)))))
    #expect(Self.tuned.error(configuration: text)?.code == .usage, "a layer's transform has no length of its own")
    var options = CheckpointOptions()
    options.filterPointCount = 30_000
    let tuned = try #require(try Self.tuned.systems(options, configuration: text)[0].system as? TunedSystem)
    #expect(tuned.system.discretization == .bilinear && tuned.timestep == .exp(-1))
    #expect(tuned.weighting == .binsOver10000 && tuned.pointCount == 30_000)
    // At half a turn, bin 15,000 of 30,000, the factor is 1 + 1.5.
    let gain = tuned.transferFunction(at: .pi).length / tuned.system.transferFunction(at: .pi).length
    #expect(abs(gain - 2.5) < 1e-13)
    options.discretization = .zeroOrderHold
    options.filterWeighting = .cyclesPerSample
    let asked = try #require(try Self.tuned.systems(options, configuration: text)[0].system as? TunedSystem)
    #expect(asked.system.discretization == .zeroOrderHold && asked.weighting == .cyclesPerSample)
  }

  @Test("plane and input factor of DFouT") func dampedFourier() throws {
    var fixture = CheckpointFixture()
    fixture.add("s4_layers.0.kernel.log_xi", [-1], shape: [1])
    fixture.add("s4_layers.0.kernel.angles", [1], shape: [1, 1])
    fixture.add("s4_layers.0.kernel.C", [1, 0], shape: [1, 1, 1, 2])
    let layer = DampedFourierLayerSpecification(
      angles: .single, plane: .full, inputFactor: .unit, stateSize: 2, dampingMinimum: 0.1, dampingMaximum: 1, bidirectional: false,
      poleLearningRate: 0, dampingLearningRate: 0)
    let text = try configuration(CheckpointFixture.blocks(.dampedFourier(layer)))
    let system = try #require(try fixture.systems(configuration: text)[0].system as? DampedFourierSystem)
    #expect(system.outputFactor == 1 && system.inputFactor == .unit)
  }

  private static let waves = DataSpecification(
    family: "generated", variant: "waves", parameters: ["sequenceLength": 4096, "train": 1, "validation": 1, "test": 1, "seed": 1])
  private static let pictures = DataSpecification(
    family: "celeba", variant: "generated",
    parameters: ["height": 64, "width": 32, "train": 1, "validation": 1, "test": 1, "seed": 1])

  /// Their β is no weight, and their transform's length follows from the data.
  @Test("models of one bank", arguments: [true, false])
  func bank(isWaves: Bool) throws {
    var fixture = CheckpointFixture()
    fixture.add("kernel.log_dt", [-9], shape: [1])
    fixture.add("kernel.log_A_real", [0], shape: [1, 1])
    fixture.add("kernel.A_imag", [1], shape: [1, 1])
    fixture.add("kernel.C", [1, 0], shape: [1, 1, 1, 2])
    #expect(try fixture.systems()[0].system is DiagonalSystem, "by themselves the weights know no filter")
    func text(_ exponent: Double) throws -> String {
      let model: ModelSpecification =
        isWaves
        ? .wavesRegressor(
          WavesRegressorSpecification(
            modelWidth: 1, modeCount: 1, frequencyScale: 1, filterExponent: exponent, filterWeighting: .binsOver10000Unmirrored,
            decayLearningRate: 0, frequencyLearningRate: 0))
        : .denoiser(DenoiserSpecification(modeCount: 1, frequencyStep: 1, filterExponent: exponent, filterWeighting: .binsOver10000))
      return try configuration(model, data: isWaves ? Self.waves : Self.pictures)
    }
    let tuned = try #require(try fixture.systems(configuration: try text(-1))[0].system as? TunedSystem)
    #expect(tuned.exponent == -1 && tuned.pointCount == 4096)
    #expect(tuned.weighting == (isWaves ? .binsOver10000Unmirrored : .binsOver10000))
    #expect(try fixture.systems(configuration: try text(0))[0].system is DiagonalSystem)
  }

  @Test("HOPE's half-spectra are refused, by the configuration and by the shapes") func halfSpectra() throws {
    func fixture(mixed: Int) -> CheckpointFixture {
      var fixture = CheckpointFixture()
      fixture.addRandom("s4_layers.0.kernel.h", shape: [4, 3, 2])
      fixture.addRandom("s4_layers.0.kernel.log_dt", shape: [4])
      fixture.addRandom("s4_layers.0.output_linear.0.weight", shape: [4, mixed])
      return fixture
    }
    func text(_ directions: HankelLayerSpecification.Directions) throws -> String {
      let layer = HankelLayerSpecification(
        directions: directions, markovCount: 3, timestepTransform: .log, timestepMinimum: 0.1, timestepMaximum: 1, markovLearningRate: nil,
        timestepLearningRate: nil)
      return try configuration(CheckpointFixture.blocks(.hankel(layer)))
    }
    #expect(fixture(mixed: 4).error(configuration: try text(.both)) == nil)
    let errors = try [
      fixture(mixed: 4).error(configuration: text(.halfSpectraOfCopy)), fixture(mixed: 2).error(configuration: text(.halfSpectra)),
      fixture(mixed: 2).error(),
    ]
    for error in errors { #expect(error?.code == .badConfiguration && error?.why.contains("half-spectra") == true) }
  }

  @Test("a damaged configuration is named", arguments: ["", "[]", #"{"model": {"layer": {"plane": "quarter"}}}"#])
  func damaged(text: String) {
    #expect(Self.tuned.error(configuration: text)?.code == .badData)
  }
}
