import Arrays
import ComplexModule
import Catalogue
import Foundation
import RunSupport
import SequenceModels
import StateSpace
import SystemAnalysis
import TestSupport
import Training
import Vocabulary

/// Small checkpoints, written and read again.
struct CheckpointFixture: Sendable {
  private var arrays: [(name: String, values: [Double], shape: [Int])] = []

  init() {}

  var entries: [SafetensorsEntry] { arrays.map { SafetensorsEntry($0.name, $0.values, shape: $0.shape) } }

  mutating func add(_ name: String, _ values: [Double], shape: [Int]) { arrays.append((name, values, shape)) }

  /// Random values, the same for the same name; returned as they are stored.
  @discardableResult
  mutating func addRandom(_ name: String, shape: [Int], scale: Double = 1) -> [Double] {
    var stream = RandomStream(seed: name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }, purpose: .testing)
    let values = (0..<shape.reduce(1, *)).map { _ in scale * stream.normal() }
    add(name, values, shape: shape)
    return values
  }

  /// - Parameter configuration: text beside the weights, as in the folder of a run.
  func systems(_ options: CheckpointOptions = CheckpointOptions(), configuration: String? = nil) throws -> [SystemEntry] {
    try withTemporaryFolder { folder in
      if let configuration { try AtomicFile.write(configuration, to: folder + "/configuration.json") }
      try SafetensorsFile.write(entries, to: folder + "/model.safetensors")
      return try ModelCheckpoint.systems(path: folder + "/model.safetensors", options: options)
    }
  }

  /// The error that reading ends with; nil if it does not.
  func error(_ options: CheckpointOptions = CheckpointOptions(), configuration: String? = nil) -> StageError? {
    stageError { _ = try systems(options, configuration: configuration) }
  }

  /// S4D, minimal form: H = 2, N = 3, two directions.
  static func minimal() -> CheckpointFixture {
    var fixture = CheckpointFixture()
    fixture.addRandom("s4_layers.0.kernel.log_dt", shape: [2])
    fixture.addRandom("s4_layers.0.kernel.log_A_real", shape: [2, 3])
    fixture.addRandom("s4_layers.0.kernel.A_imag", shape: [2, 3], scale: 5)
    fixture.addRandom("s4_layers.0.kernel.C", shape: [2, 2, 3, 2])
    fixture.addRandom("s4_layers.0.D", shape: [2])
    return fixture
  }

  /// The text of `configuration.json` of a run.
  static func configuration(
    _ model: ModelSpecification, data: DataSpecification = DataSpecification(family: "cifar10", variant: "gray")
  ) throws -> String {
    let training = TrainingConfiguration(
      batchSize: 4, epochs: 1, optimizer: OptimizerConfiguration(learningRate: 0.01, weightDecay: 0, decaysBiasesAndNorms: false),
      schedule: Schedule(kind: .constant))
    let run = ExperimentConfiguration(id: "test", preset: .smoke, data: data, model: model, training: training)
    return try JSONText.encode(run)
  }

  /// A model of one layer and two channels.
  static func blocks(_ layer: LayerSpecification) -> ModelSpecification {
    .blocks(.small(layer, layers: 1, width: 2))
  }

  /// This fixture without one tensor, and with another in its place if one is given.
  func replacing(_ name: String, values: [Double]? = nil, shape: [Int] = []) -> CheckpointFixture {
    var fixture = self
    fixture.arrays.removeAll { $0.name == name }
    if let values { fixture.add(name, values, shape: shape) }
    return fixture
  }

  func adding(_ name: String) -> CheckpointFixture {
    var fixture = self
    fixture.add(name, [1], shape: [1])
    return fixture
  }
}

/// The complex number at a place of a list of (re, im) pairs.
func complex(_ values: [Double], _ index: Int) -> Complex<Double> { Complex(values[2 * index], values[2 * index + 1]) }
