import Arrays
import ComplexModule
import Foundation
import RunSupport
import SequenceModels
import StateSpace
import SystemAnalysis
import TestSupport
import Testing
import Vocabulary

/// The names and shapes of docs/checkpoints.md, read as the systems that they stand for.
@Suite(.temporaryFolder) struct ModelCheckpointTests {
  @Test func minimalForm() throws {
    var fixture = CheckpointFixture()
    let steps = fixture.addRandom("s4_layers.3.kernel.log_dt", shape: [2])
    let decays = fixture.addRandom("s4_layers.3.kernel.log_A_real", shape: [2, 3])
    let frequencies = fixture.addRandom("s4_layers.3.kernel.A_imag", shape: [2, 3])
    let outputs = fixture.addRandom("s4_layers.3.kernel.C", shape: [2, 2, 3, 2])
    let systems = try fixture.systems()
    let places: [[Int]] = systems.map { [$0.layer, $0.direction, $0.channel] }
    #expect(places == [[3, 0, 0], [3, 0, 1], [3, 1, 0], [3, 1, 1]])
    let last = try #require(systems[3].system as? DiagonalSystem)
    #expect(last.timestep == exp(steps[1]))
    #expect(last.poles == (3..<6).map { Complex(-exp(decays[$0]), frequencies[$0]) })
    #expect(last.inputWeights.allSatisfy { $0 == Complex.one })
    #expect(last.outputWeights == (9..<12).map { complex(outputs, $0) })
  }

  @Test("the full form shares rows of poles: channel h has row h mod S", arguments: [false, true])
  func fullForm(isTuned: Bool) throws {
    var fixture = CheckpointFixture()
    let steps = fixture.addRandom("s4_layers.0.kernel.inv_dt", shape: [4, 1])
    let decays = fixture.addRandom("s4_layers.0.kernel.A_real", shape: [2, 3])
    let frequencies = fixture.addRandom("s4_layers.0.kernel.A_imag", shape: [2, 3])
    fixture.addRandom("s4_layers.0.kernel.C", shape: [1, 4, 3, 2])
    let inputs = isTuned ? nil : fixture.addRandom("s4_layers.0.kernel.B", shape: [2, 3, 2])
    let exponents = isTuned ? fixture.addRandom("s4_layers.0.kernel.s", shape: [4]) : nil
    let entry = try fixture.systems()[3]
    let system = try #require((entry.system as? TunedSystem)?.system ?? entry.system as? DiagonalSystem)
    #expect(abs(system.timestep / log(1 + exp(steps[3])) - 1) < 1e-14)
    #expect(system.poles == (3..<6).map { Complex(-exp(decays[$0]), -frequencies[$0]) })
    let expected: [Complex<Double>] = (3..<6).map { index in inputs.map { complex($0, index) } ?? 1 }
    #expect(system.inputWeights == expected)
    #expect((entry.system as? TunedSystem)?.exponent == exponents?[3])
    var options = CheckpointOptions()
    options.timestepTransform = .log
    #expect(try fixture.systems(options)[3].system.timestep == exp(steps[3]))
  }

  @Test("DFouT with B and, as its first runs wrote it, without", arguments: [true, false])
  func dampedFourierForm(hasInputWeights: Bool) throws {
    var fixture = CheckpointFixture()
    let dampings = fixture.addRandom("s4_layers.0.kernel.log_xi", shape: [2])
    let angles = fixture.addRandom("s4_layers.0.kernel.angles", shape: [2, 3])
    let outputs = fixture.addRandom("s4_layers.0.kernel.C", shape: [1, 2, 3, 2])
    let inputs = hasInputWeights ? fixture.addRandom("s4_layers.0.kernel.B", shape: [2, 3, 2]) : nil
    var options = CheckpointOptions()
    options.inputFactor = .unit
    options.plane = .full
    let system = try #require(try fixture.systems(options)[1].system as? DampedFourierSystem)
    #expect(system.damping == exp(dampings[1]))
    #expect(system.angles == Array(angles[3...]))
    let expected: [Complex<Double>] = (3..<6).map { index in inputs.map { complex($0, index) } ?? 1 }
    #expect(system.inputWeights == expected)
    #expect(system.outputWeights == (3..<6).map { complex(outputs, $0) })
    #expect(system.inputFactor == .unit && system.outputFactor == 1)
  }

  @Test("rows of HOPE are channels of one direction after the other", arguments: ["h", "H"])
  func hankelForm(name: String) throws {
    var fixture = CheckpointFixture()
    let parameters = fixture.addRandom("s4_layers.0.kernel.\(name)", shape: [4, 5, 2])
    let steps = fixture.addRandom("s4_layers.0.kernel.log_dt", shape: [4])
    fixture.addRandom("s4_layers.0.output_linear.0.weight", shape: [4, 4])
    let entry = try fixture.systems()[2]
    let system = try #require(entry.system as? HankelSystem)
    #expect(entry.direction == 1 && entry.channel == 0)
    #expect(system.timestep == exp(steps[2]))
    #expect(system.markovParameters == (10..<15).map { complex(parameters, $0) })
  }

  @Test("channels of HOPE share rows: channel h has row h mod S of its direction") func sharedHankelForm() throws {
    var fixture = CheckpointFixture()
    let parameters = fixture.addRandom("s4_layers.0.kernel.h", shape: [2, 5, 2])
    let steps = fixture.addRandom("s4_layers.0.kernel.log_dt", shape: [4])
    fixture.addRandom("s4_layers.0.output_linear.0.weight", shape: [4, 4])
    let systems = try fixture.systems().map(\.system).compactMap { $0 as? HankelSystem }
    #expect(systems.map(\.timestep) == steps.map { exp($0) })
    #expect(systems.map { $0.markovParameters[0] } == [0, 0, 5, 5].map { complex(parameters, $0) })
    let other = fixture.replacing("s4_layers.0.kernel.h", values: .init(repeating: 1, count: 30), shape: [3, 5, 2])
    #expect(other.error()?.why.contains("4 time steps for 3 rows") == true)
  }

  @Test("the original authors' files can be read: layers behind a prefix") func releasedNames() throws {
    var options = CheckpointOptions()
    options.prefix = "final."
    let systems = try ModelCheckpoint.systems(path: Fixtures.path("golden/case09a_e2e_s4d.safetensors"), options: options)
    #expect(systems.count == 16)
    #expect(systems.map(\.layer).max() == 1)
    #expect(try systems.allSatisfy { try $0.system.score(pointCount: 9).isFinite })
  }

  @Test("a model of one bank of systems has no layers to count") func bank() throws {
    var fixture = CheckpointFixture()
    fixture.addRandom("kernel.log_dt", shape: [2])
    fixture.addRandom("kernel.log_A_real", shape: [2, 3])
    fixture.addRandom("kernel.A_imag", shape: [2, 3])
    fixture.addRandom("kernel.C", shape: [2, 3, 2])
    #expect(try fixture.systems().map(\.channel) == [0, 1])
  }

  @Test("of a run's folder the best weights are taken") func runFolder() throws {
    #expect { try ModelCheckpoint.systems(path: folder) } throws: { ($0 as? StageError)?.code == .missingInput }
    let fixture = CheckpointFixture.minimal()
    try AtomicFile.makeDirectory(folder + "/checkpoints")
    try SafetensorsFile.write([], to: folder + "/checkpoints/best-epoch-0001.safetensors")
    try SafetensorsFile.write(fixture.entries, to: folder + "/checkpoints/best-epoch-0012.safetensors")
    #expect(try ModelCheckpoint.systems(path: folder).count == 4)
    #expect(try ModelCheckpoint.systems(path: folder + "/checkpoints").count == 4)
    let text = try CheckpointFixture.configuration(
      CheckpointFixture.blocks(
        .diagonal(
          DiagonalLayerSpecification(
            form: .minimal, initialization: .linear, stateSize: 6, discretization: .bilinear, timestepTransform: .log,
            timestepMinimum: 0.1, timestepMaximum: 1, bidirectional: true, poleLearningRate: 0, timestepLearningRate: nil))))
    try AtomicFile.write(text, to: folder + "/configuration.json")
    for path in [folder, folder + "/checkpoints", folder + "/checkpoints/best-epoch-0012.safetensors"] {
      #expect(try (ModelCheckpoint.systems(path: path)[0].system as? DiagonalSystem)?.discretization == .bilinear)
    }
  }

  private static let name = "s4_layers.0.kernel."
  private static let damages: [(String, CheckpointFixture, String)] = [
    ("NaN", .minimal().replacing("\(name)A_imag", values: [0, 1, 2, .nan, 4, 5], shape: [2, 3]), "value 3 is nan"),
    ("infinite step", .minimal().replacing("\(name)log_dt", values: [0, 800], shape: [2]), "stands for inf"),
    ("step of zero", .minimal().replacing("\(name)log_dt", values: [0, -800], shape: [2]), "stands for 0.0"),
    ("infinite pole", .minimal().replacing("\(name)log_A_real", values: [0, 0, 0, 0, 0, 800], shape: [2, 3]), "too large"),
    ("missing C", .minimal().replacing("\(name)C"), "kernel.C"),
    ("other modes", .minimal().replacing("\(name)A_imag", values: [0, 1, 2, 3], shape: [2, 2]), "[rows, 3]"),
    ("other rows", .minimal().replacing("\(name)A_imag", values: [0, 1, 2], shape: [1, 3]), "2 rows"),
    ("flat C", .minimal().replacing("\(name)C", values: [0, 1, 2, 3, 4, 5], shape: [6]), "[rows, 3, 2]"),
    (
      "C of other channels", .minimal().replacing("\(name)C", values: .init(repeating: 1, count: 18), shape: [3, 3, 2]),
      "[directions, 2, 3, 2]"
    ),
    ("channels that do not share", .minimal().replacing("\(name)log_dt", values: [0, 0, 0], shape: [3]), "shared by 3"),
    ("empty", .minimal().replacing("\(name)log_dt", values: [], shape: [0]), "holds no value"),
    ("misspelt", .minimal().replacing("\(name)log_A_real").adding("\(name)logA_real"), "kernel.logA_real looks like kernel.log_A_real"),
    ("no layer", CheckpointFixture().adding("encoder.weight"), "begins with s4_layers."),
  ]

  @Test(arguments: damages.indices)
  func damagedCheckpointsAreNamed(index: Int) {
    let (what, fixture, words) = Self.damages[index]
    let error = fixture.error()
    #expect(error?.code == .badData, "\(what)")
    #expect(error.map { "\($0)" }?.contains(words) == true, "\(what): \(error.map { "\($0)" } ?? "no error")")
  }

  @Test("weights as systems: damaged files are read or refused, and never crash") func mutations() throws {
    let path = folder + "/model.safetensors"
    try SafetensorsFile.write(CheckpointFixture.minimal().entries, to: path)
    let original = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    try Mutation.expectRefusals(200, of: original, rounds: 600, seed: 3) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      for entry in try ModelCheckpoint.systems(path: path) {
        _ = try entry.system.score(pointCount: 3)
        _ = try entry.system.impulseResponse(length: 2)
        _ = try entry.system.hankelSingularValues(.discrete)
      }
    }
  }
}
