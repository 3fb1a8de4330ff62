/// The sizes of a convolution of frames: x [N, C, H, W], weight [O, C, k, k], y [N, O, H, W].
struct ConvolutionSizes: Sendable {
  /// N.
  let frames: Int
  /// C.
  let inputs: Int
  /// O.
  let outputs: Int
  /// H.
  let height: Int
  /// W.
  let width: Int
  /// k, odd.
  let kernel: Int

  /// Pixels of a plane.
  var pixels: Int { height * width }
  /// Rows and columns of zeros that a frame has around it.
  var margin: Int { kernel / 2 }
  /// Weights of one pair of channels.
  var taps: Int { kernel * kernel }

  init(input: Tensor, weight: Tensor) {
    let (shape, weights) = (input.shape, weight.shape)
    precondition(
      shape.count == 4 && weights.count == 4 && weights[1] == shape[1] && weights[2] == weights[3] && weights[2] % 2 == 1,
      "Convolution2D: input \(shape), weight \(weights)")
    self.init(
      frames: shape[0], inputs: shape[1], outputs: weights[0], height: shape[2], width: shape[3], kernel: weights[2])
  }

  private init(frames: Int, inputs: Int, outputs: Int, height: Int, width: Int, kernel: Int) {
    self.frames = frames
    self.inputs = inputs
    self.outputs = outputs
    self.height = height
    self.width = width
    self.kernel = kernel
  }

  /// The convolution that leads from the gradient of y to that of x.
  var transposed: ConvolutionSizes {
    ConvolutionSizes(frames: frames, inputs: outputs, outputs: inputs, height: height, width: width, kernel: kernel)
  }

  var outputShape: [Int] { [frames, outputs, height, width] }

  /// Vectors of sixteen that channels fill, the last one with zeros.
  static func vectorCount(_ channels: Int) -> Int { (channels + 15) / 16 }

  /// Floats between the weights of two inputs and of two outputs, which `turned` weights have exchanged.
  func weightStrides(turned: Bool) -> (input: Int, output: Int) { turned ? (outputs * taps, taps) : (taps, inputs * taps) }
}
