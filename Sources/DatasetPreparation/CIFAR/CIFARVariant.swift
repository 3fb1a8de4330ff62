import Arrays
import Datasets

/// What is made of CIFAR-10: sequences of 1024 pixels, row by row unless permuted.
package enum CIFARVariant: String, Sendable, CaseIterable {
  /// 1024 gray values: Long Range Arena's Image task, gray sCIFAR.
  case gray
  /// 1024 × 3 colour values, constants of the S4 repository's pipeline.
  case rgb
  /// 1024 × 3 colour values, deviations of the S4 repository's example script.
  case rgbScript = "rgb-script"
  /// `rgb` with the pixels of every image in one fixed random order: psCIFAR.
  case permuted
  /// `rgb-script`, then 1024 steps of noise that training draws anew at every visit.
  case noisePadded = "noise-padded"

  package var channelCount: Int { self == .gray ? 1 : 3 }

  /// Steps behind the image that are not stored.
  var noiseStepCount: Int? { self == .noisePadded ? CIFARBatch.imageSize : nil }

  /// Constants of the S4 family's pipelines; (x/255 − mean) / deviation.
  var normalization: DatasetCard.Normalization {
    let mean = [0.4914, 0.4822, 0.4465]
    return switch self {
    case .gray: .init(scale: 1 / 255, mean: [122.6 / 255], deviation: [61 / 255])
    case .rgb, .permuted: .init(scale: 1 / 255, mean: mean, deviation: [0.247, 0.243, 0.261])
    case .rgbScript, .noisePadded: .init(scale: 1 / 255, mean: mean, deviation: [0.2023, 0.1994, 0.2010])
    }
  }

  /// What a reader should know of it.
  var notes: [String] {
    switch self {
    case .gray, .rgb, .rgbScript: []
    case .permuted:
      [
        "step t holds pixel permutation.npy[t]; the permutation is ours, drawn with Philox seed \(Self.permutationSeed), purpose "
          + "generation, and not the authors', who published none"
      ]
    case .noisePadded:
      [
        "steps 1024 to 2047 are uniform on [0, 1), not normalised, of every sample its own: training draws them anew at every visit, "
          + "evaluation always takes those of the first visit"
      ]
    }
  }

  static let permutationSeed: UInt64 = 42

  /// The pixel at each step, the same for every image.
  package static let permutation: [Int] = {
    var stream = RandomStream(seed: permutationSeed, purpose: .generation)
    return stream.permutation(CIFARBatch.imageSize)
  }()

  /// A record in the order and channels of this variant, shape [1024, channels].
  func values(_ batch: CIFARBatch, _ record: Int) -> [UInt8] {
    switch self {
    case .gray: batch.gray(record)
    case .rgb, .rgbScript, .noisePadded: batch.colour(record)
    case .permuted: batch.colour(record, order: Self.permutation)
    }
  }
}
