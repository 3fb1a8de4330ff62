import Operations
import ReferenceModels
import TestSupport
import Testing

/// Average pooling and nearest upsampling.
@Suite struct ResamplingTests {
  /// [N, C, H, W] of the larger planes; half of 38 is not a multiple of a vector's length.
  static let shapes = [[1, 1, 2, 2], [2, 3, 4, 6], [1, 2, 2, 38], [2, 1, 6, 64]]

  @Test("pooling and its gradient agree with the reference", arguments: Engine.cases(shapes, onDevice: [1]))
  func pooling(engine: Engine, shape: [Int]) throws {
    let input = Tensor.random(shape, lane: 1)
    func reference(_ planes: [Double]) -> [Double] {
      ReferenceResampling.averagePooled(planes, height: shape[2], width: shape[3])
    }
    let outputGradient = Tensor.random([shape[0], shape[1], shape[2] / 2, shape[3] / 2], lane: 2)
    let results = try engine.run([input, outputGradient]) {
      [AveragePooling.forward(input), AveragePooling.backward(outputGradient: outputGradient)]
    }
    let (output, gradient) = (results[0], results[1])
    #expect(output.shape == outputGradient.shape)
    #expect(maxRelative(output.doubles, reference(input.doubles)) < 2e-7)
    let differences = GradientCheck.differences("input", gradient.values(), at: input.doubles) {
      dotProduct(reference($0), outputGradient.doubles)
    }
    #expect(gradient.shape == shape && differences == [])
  }

  @Test("upsampling and its gradient agree with the reference", arguments: Engine.cases(shapes, onDevice: [1]))
  func upsampling(engine: Engine, shape: [Int]) throws {
    let (height, width) = (shape[2] / 2, shape[3] / 2)
    let input = Tensor.random([shape[0], shape[1], height, width], lane: 1)
    func reference(_ planes: [Double]) -> [Double] { ReferenceResampling.nearestUpsampled(planes, height: height, width: width) }
    let outputGradient = Tensor.random(shape, lane: 2)
    let results = try engine.run([input, outputGradient]) {
      [NearestUpsampling.forward(input), NearestUpsampling.backward(outputGradient: outputGradient)]
    }
    let (output, gradient) = (results[0], results[1])
    #expect(output.shape == shape && output.doubles == reference(input.doubles))
    let differences = GradientCheck.differences("input", gradient.values(), at: input.doubles) {
      dotProduct(reference($0), outputGradient.doubles)
    }
    #expect(gradient.shape == input.shape && differences == [])
  }

  @Test("odd planes of one pixel, row or column can be doubled", arguments: [[1, 1, 1, 1], [2, 1, 3, 1], [1, 2, 1, 5], [1, 1, 3, 17]])
  func oddPlanes(shape: [Int]) {
    let input = Tensor.random(shape, lane: 3)
    #expect(AveragePooling.forward(NearestUpsampling.forward(input)).values() == input.values())
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let input = Tensor.random([5, 7, 46, 34], lane: 4)
    #expect(isIndependentOfThreads { [AveragePooling.forward(input), NearestUpsampling.forward(input)] })
  }
}
