import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct FrameLossTests {
  @Test(
    "loss, errors of channels and gradient agree with the reference",
    arguments: Engine.cases([[1, 1, 1, 1, 1], [2, 3, 3, 4, 5], [1, 2, 2, 5, 17]], onDevice: [1]))
  func agreesWithReference(engine: Engine, shape: [Int]) throws {
    let (output, targets) = (Tensor.random(shape, lane: 1), Tensor.random(shape, lane: 2))
    let rows = shape[0] * shape[1] * shape[3]
    func reference(_ output: [Double]) -> Double { ReferenceFrameLoss.loss(output, targets: targets.doubles, rowCount: rows) }
    var measured: (loss: Double, squaredErrors: [Double], absoluteErrors: [Double]) = (0, [], [])
    let results = try engine.run([output, targets]) { program in
      let gradient = FrameLoss.backward(output, targets: targets)
      guard let program else {
        measured = FrameLoss.forward(output, targets: targets)
        return [gradient]
      }
      let (loss, squared, absolute) = FrameLoss.record(program, output, targets: targets)
      return [gradient, Tensor(loss), Tensor(squared), Tensor(absolute)]
    }
    if engine == .device { measured = (results[1].doubles[0], results[2].doubles, results[3].doubles) }
    let (loss, squared, absolute) = measured
    #expect(abs(loss - reference(output.doubles)) < 2e-7 * loss)
    for channel in 0..<shape[2] {
      let differences = zip(output.doubles, targets.doubles).map { $0 - $1 }.enumerated()
        .filter { $0.offset / (shape[3] * shape[4]) % shape[2] == channel }.map(\.element)
      #expect(abs(squared[channel] - differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)) < 2e-7)
      #expect(abs(absolute[channel] - differences.reduce(0) { $0 + abs($1) } / Double(differences.count)) < 2e-7)
    }
    let gradient = results[0]
    let expected = ReferenceFrameLoss.gradient(output.doubles, targets: targets.doubles, rowCount: rows)
    #expect(maxRelative(gradient.doubles, expected) < 1e-6)
    #expect(GradientCheck.differences("output", gradient.values(), at: output.doubles, loss: reference) == [])
  }

  @Test("equal frames have no slope, and a part of a batch has its share", arguments: Engine.all)
  func parts(engine: Engine) throws {
    let (output, targets) = (Tensor.random([2, 3, 1, 2, 5], lane: 3), Tensor.random([2, 3, 1, 2, 5], lane: 4))
    let gradients = try engine.run([output, targets]) {
      [FrameLoss.backward(output, targets: output), FrameLoss.backward(output, targets: targets)]
        + (0..<2).map { FrameLoss.backward(output.rows($0..<$0 + 1), targets: targets.rows($0..<$0 + 1), meanCount: 2) }
    }
    #expect(gradients[0].values().allSatisfy { $0 == 0 })
    for video in 0..<2 {
      #expect(gradients[2 + video].values() == gradients[1].rows(video..<video + 1).values())
    }
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let (output, targets) = (Tensor.random([2, 5, 3, 33, 31], lane: 5), Tensor.random([2, 5, 3, 33, 31], lane: 6))
    #expect(
      isIndependentOfThreads {
        let (loss, squared, absolute) = FrameLoss.forward(output, targets: targets)
        // A Double as two floats keeps all its bits in view.
        let bits = ([loss] + squared + absolute).flatMap {
          [Float(bitPattern: UInt32(truncatingIfNeeded: $0.bitPattern)), Float(bitPattern: UInt32($0.bitPattern >> 32))]
        }
        return [Tensor([bits.count], values: bits), FrameLoss.backward(output, targets: targets)]
      })
  }
}
