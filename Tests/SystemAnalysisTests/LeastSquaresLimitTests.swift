import Catalogue
import ComplexModule
import Datasets
import Foundation
import RunSupport
import StateSpace
import TestSupport
import Testing
import Vocabulary

@testable import SystemAnalysis

/// The least-squares limit of the delay task against its definition.
@Suite struct LeastSquaresLimitTests {
  private static let lag = 6
  private static let task = DelayTask(sequenceLength: 30, lag: lag, evaluationCount: 4, seed: 3)
  private static let inputs = (0..<4).map { task.input($0, of: .evaluation) }

  @Test("R and its sums are those over all steps of all sequences")
  func lagProducts() {
    let products = LagProducts(Self.inputs)
    func delayed(_ input: [Double], _ lag: Int) -> [Double] { input.indices.map { $0 < lag ? 0 : input[$0 - lag] } }
    for (first, second) in [(0, 0), (3, 3), (2, 9), (9, 2), (0, 29), (29, 29)] {
      let expected = Self.inputs.reduce(0) { $0 + dotProduct(delayed($1, first), delayed($1, second)) }
      #expect(abs(products.products[first, second] - expected) < 1e-12, "\(first), \(second)")
      #expect(abs(products.sums[first] - Self.inputs.reduce(0) { $0 + delayed($1, first).reduce(0, +) }) < 1e-12)
    }
    #expect(products.count == 120)
  }

  @Test(
    "the limit is that of a direct solution over all rows",
    arguments: DelayModelSpecification.Initialization.allCases, [1, 2])
  func limit(initialization: DelayModelSpecification.Initialization, width: Int) throws {
    let modes = try DelayModelSpecification(
      initialization: initialization, modeCount: 3, modelWidth: width, timestep: 0.1, poleLearningRate: 0, timestepLearningRate: 0
    ).initialModes()
    // One row a step: the input through both parts of each mode, the input itself, and 1.
    let columns: [[Double]] =
      modes.flatMap { mode -> [[Double]] in
        let response = (0..<30).map { mode.inputWeight * Complex.exp(Complex(Double($0)) * mode.logarithm) }
        return [response.map(\.real), response.map(\.imaginary)].map(Self.convolved)
      } + [Self.inputs.flatMap { $0 }, [Double](repeating: 1, count: 120)]
    let target = Self.inputs.flatMap(Self.task.target)
    let (residual, rank) = Self.residual(of: target, columns)
    let limit = try LeastSquaresLimit(modes, of: LagProducts(Self.inputs), lag: Self.lag)
    #expect(abs(limit.error - dotProduct(residual, residual) / 120) < 1e-9 * limit.errorOfZero)
    #expect(limit.rank == rank && limit.unknownCount == 2 * modes.count + 2)
    #expect(abs(limit.errorOfZero - dotProduct(target, target) / 120) < 1e-12 && limit.error < limit.errorOfZero)
  }

  private static func convolved(_ kernel: [Double]) -> [Double] {
    inputs.flatMap { DirectConvolution.causal($0, kernel: kernel) }
  }

  /// What is left of the target beside the span of the columns, by two passes of Gram and Schmidt.
  private static func residual(of target: [Double], _ columns: [[Double]]) -> (values: [Double], rank: Int) {
    func without(_ directions: [[Double]], _ values: [Double]) -> [Double] {
      (0..<2).reduce(values) { rest, _ in
        directions.reduce(rest) { rest, direction in
          let share = dotProduct(rest, direction)
          return zip(rest, direction).map { $0 - share * $1 }
        }
      }
    }
    var directions: [[Double]] = []
    for column in columns {
      let rest = without(directions, column)
      let (norm, whole) = (dotProduct(rest, rest).squareRoot(), dotProduct(column, column).squareRoot())
      if norm > 1e-9 * whole { directions.append(rest.map { $0 / norm }) }
    }
    return (without(directions, target), directions.count)
  }
}

/// The file of the limits.
@Suite(.temporaryFolder) struct DelayLimitsTests {
  private var file: String { folder + "/limits.csv" }

  private func configurations() throws -> [ExperimentConfiguration] {
    let catalogue = try ExperimentCatalogue.load()
    return try ["dfout-delay-s4d-legs-dt-0.002-512-modes", "dfout-delay-dfout", "tiny-listops-tfb"].map {
      try catalogue.resolve(id: $0, preset: .smoke).configuration
    }
  }

  /// The experiments whose limits are computed.
  private func update(_ configurations: [ExperimentConfiguration]) throws -> [String] {
    var computed: [String] = []
    _ = try DelayLimits.update(file: file, configurations) { computed.append(String($0.prefix { $0 != ":" })) }
    return computed
  }

  @Test("limits are kept as long as data and model are the same") func kept() throws {
    var configurations = try configurations()
    #expect(try update(configurations) == ["dfout-delay-dfout", "dfout-delay-s4d-legs-dt-0.002-512-modes"])
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(try update(configurations) == [] && text == String(contentsOfFile: file, encoding: .utf8))
    // The training does not matter, the model does.
    configurations[0].training.epochs += 1
    #expect(try update(configurations) == [])
    configurations[0].data.parameters["lag"] = 99
    #expect(try update(configurations) == ["dfout-delay-s4d-legs-dt-0.002-512-modes"])
    let limits = try DelayLimits(fromFile: file)
    let limit = try #require(limits[configurations[0]])
    #expect(limit.unknownCount == 66 && limit.rank <= 66 && limit.error < limit.errorOfZero)
    #expect(try limits[configurations[1]] != nil && limits[self.configurations()[0]] == nil && limits[configurations[2]] == nil)
  }

  @Test("another file in its place is an error that says what to do") func damaged() throws {
    try AtomicFile.write("experiment,limit\nx,1\n", to: file)
    #expect(stageError { _ = try DelayLimits(fromFile: file) }?.code == .badData)
    try AtomicFile.write("experiment,data_and_model_sha256,limit,error_of_zero,rank,unknowns\nx,0,0.1,0.2,1.5,3\n", to: file)
    #expect(stageError { _ = try DelayLimits(fromFile: file) }?.why.contains("a count is no whole one") == true)
  }
}
