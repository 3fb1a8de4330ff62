import ComplexModule
import StateSpace
import TestSupport
import Testing

/// The layer against the original authors' numbers (golden case 02); 1e-10 is the tolerance that the case suggests.
@Suite struct ReferenceLayerTests {
  @Test(arguments: ["a", "b", "c"])
  func valuesAndGradients(subcase: String) throws {
    let golden = GoldenTensors(file: try Fixtures.golden("case02_s4d_layer"), subcase: subcase)
    let layer = ReferenceLayer(
      systems: try golden.systems(), skip: try golden.reals("D"), mixWeight: try golden.reals("out_weight"),
      mixBias: try golden.reals("out_bias"))
    let input = try golden.reals("u")
    let length = try golden.shape("u")[2]
    let activations = layer.forward(input, length: length)
    let gradient = layer.backward(
      outputGradient: try golden.reals("dy"), input: input, activations: activations, length: length)

    let results: [(String, [Double])] = [
      ("K", activations.kernels), ("y_ssm", activations.convolved), ("y_act", activations.activated), ("z", activations.mixed),
      ("y", activations.output), ("du", gradient.input), ("dD", gradient.skip), ("dout_weight", gradient.mixWeight),
      ("dout_bias", gradient.mixBias), ("dlog_dt", gradient.systems.map(\.logTimestep)),
      ("dlog_A_real", gradient.systems.flatMap(\.logNegativeRealPoles)), ("dA_imag", gradient.systems.flatMap(\.imaginaryPoles)),
      ("dC", pairs(gradient.systems.flatMap(\.outputWeights))),
    ]
    for (name, values) in results {
      #expect(maxRelative(values, try golden.reals(name)) < 1e-10, "\(name)")
    }
  }
}
