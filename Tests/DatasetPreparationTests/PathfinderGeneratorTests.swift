import DatasetPreparation
import Foundation
import TestSupport
import Testing

@Suite struct PathfinderGeneratorTests {
  private static let small = PathfinderSettings(resolution: 32, contourLength: 6, distractorCount: 2)

  @Test("a picture depends on seed and index alone") func deterministic() throws {
    let generator = PathfinderGenerator(Self.small, seed: 3)
    let first = try generator.sample(5)
    _ = try generator.sample(6)
    #expect(try generator.sample(5) == first)
    #expect(try generator.sample(7).pixels != first.pixels)
    #expect(try PathfinderGenerator(Self.small, seed: 4).sample(5).pixels != first.pixels)
  }

  @Test(
    "discs mark an end of a contour and an end of the same one, or of the other",
    arguments: [(32, 6), (32, 14), (64, 6), (128, 9), (256, 6)])
  func connectivity(resolution: Int, contourLength: Int) throws {
    let generator = PathfinderGenerator(PathfinderSettings(resolution: resolution, contourLength: contourLength), seed: 1)
    for index in 0..<4 {
      let sample = try generator.sample(index)
      let start = try #require(sample.targets.firstIndex { $0.first?.tail == sample.markers[0] })
      let end = try #require(sample.targets.firstIndex { $0.last?.head == sample.markers[1] })
      #expect(sample.label == (start == end ? 1 : 0))
      #expect(sample.label == index % 2)
      #expect(sample.targets.map(\.count) == [contourLength, contourLength])
      #expect(sample.pixels.count == resolution * resolution && sample.pixels.max() == 255 && sample.pixels.min() == 0)
    }
  }

  @Test("contours are smooth, have gaps of one length, and keep clear of each other") func geometry() throws {
    let settings = PathfinderSettings(resolution: 64, contourLength: 7)
    for index in 0..<6 {
      let sample = try PathfinderGenerator(settings, seed: 2).sample(index)
      let contours = sample.targets + sample.distractors
      for contour in contours {
        for (last, next) in zip(contour, contour.dropFirst()) {
          let gap = next.tail - last.head
          #expect(abs((gap * gap).sum().squareRoot() - 2) < 1e-9, "margin 1 on both sides")
          let cosine = (last.direction * next.direction).sum()
          #expect(cosine > cos(Double.pi / 2 / settings.continuity), "no turn by more than 50 degrees")
        }
      }
      for (first, second) in zip(contours.indices, contours.indices.dropFirst()) {
        for paddle in contours[first] {
          for other in contours[second] {
            let points = stride(from: 0.0, through: 1, by: 0.125).map { other.tail + $0 * other.length * other.direction }
            let distance = points.map { point in Self.distance(from: point, to: paddle) }.min() ?? 0
            // Both keep a strip of 1.5 pixels free; the strips are disjoint sets of pixels, so they may overlap by less than a pixel.
            #expect(distance > 2)
          }
        }
      }
    }
  }

  @Test("as many distractors as the released data have") func distractorCounts() {
    let counts = PathfinderSettings.resolutions.map { PathfinderSettings(resolution: $0).distractorCount }
    #expect(counts == [5, 5, 8, 7])
    #expect(PathfinderSettings(resolution: 32, contourLength: 6).distractorLength == 2)
  }

  @Test("contours too long for the picture") func tooLong() {
    let generator = PathfinderGenerator(PathfinderSettings(resolution: 32, contourLength: 100), seed: 1, patience: 20)
    #expect(stageError { _ = try generator.sample(0) }?.code == .badConfiguration)
  }

  /// Nine in ten or better in trials of 100 pictures; without a relation 10 of 12 would have a probability of 2 %.
  @Test("tracing the dashes finds the labels of most pictures", arguments: [32, 64])
  func tracing(resolution: Int) throws {
    let settings = PathfinderSettings(resolution: resolution, contourLength: 5, distractorCount: 2)
    let agreements = try (0..<12).count { index in
      let sample = try PathfinderGenerator(settings, seed: 9).sample(index)
      let trace = PathfinderTrace(pixels: sample.pixels, settings: settings)
      for marker in sample.markers {
        #expect(trace.discs.contains { (($0 - marker) * ($0 - marker)).sum() < 2 }, "discs are found within 1.4 pixels")
      }
      return trace.label == sample.label
    }
    #expect(agreements >= 10, "\(agreements) of 12")
  }

  private static func distance(from point: SIMD2<Double>, to paddle: Paddle) -> Double {
    let offset = point - paddle.tail
    let along = min(max((offset * paddle.direction).sum(), 0), paddle.length)
    let rest = offset - along * paddle.direction
    return (rest * rest).sum().squareRoot()
  }
}
