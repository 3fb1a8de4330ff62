import Arrays
import Operations
import ReferenceModels
import TestSupport
import Testing

/// Structural similarity, peak signal-to-noise ratio, and the range in which both are taken.
@Suite struct PictureQualityTests {
  private static let cases = [
    "random-11x11", "random-24x17", "noise-32x32", "stripes-16x40", "opposite-20x20", "blobs-64x64", "black-12x12", "constants-13x11",
  ]

  /// Two planes and what scikit-image says of them, made by the script beside the file.
  private func fixture(_ name: String) throws -> (first: Tensor, second: Tensor, similarity: Double, ratio: Double) {
    let file = try SafetensorsFile(path: Fixtures.path("scikit-image/similarity.safetensors"))
    func plane(_ part: String) throws -> Tensor {
      let tensor = try file.tensor("\(name).\(part)")
      return Tensor(tensor.shape, values: try tensor.floats())
    }
    func number(_ part: String) throws -> Double { try file.tensor("\(name).\(part)").doubles()[0] }
    return (try plane("first"), try plane("second"), try number("similarity"), try number("ratio"))
  }

  @Test("both agree with scikit-image", arguments: cases)
  func stored(name: String) throws {
    let (first, second, similarity, ratio) = try fixture(name)
    let found = try #require(StructuralSimilarity.values(first, second))
    #expect(found.count == 1 && abs(found[0] - similarity) < 1e-12, "\(found) instead of \(similarity)")
    // Differences are rounded to float.
    let error = SampleErrors.squared(first.reshaped([1, 1, first.count]), targets: second.reshaped([1, 1, first.count]))[0][0]
    #expect(abs(PeakSignalToNoiseRatio.value(squaredError: error) - ratio) < 1e-5)
  }

  @Test("the similarity agrees with its definition, plane by plane", arguments: [[1, 11, 11], [2, 3, 13, 29], [5, 40, 16]])
  func agreesWithReference(shape: [Int]) throws {
    let (first, second) = (UnitRange.pictures(of: .random(shape, lane: 1)), UnitRange.pictures(of: .random(shape, lane: 2)))
    let (height, width) = (shape[shape.count - 2], shape[shape.count - 1])
    let size = height * width
    let found = try #require(StructuralSimilarity.values(first, second))
    #expect(found.count == first.count / size)
    for (plane, value) in found.enumerated() {
      let (one, other) = (first.doubles[plane * size..<(plane + 1) * size], second.doubles[plane * size..<(plane + 1) * size])
      let expected = try #require(ReferenceSimilarity.value(Array(one), Array(other), height: height, width: width))
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test("where no window fits there is no value", arguments: [[3, 10, 64], [64, 10], [2, 1, 1]])
  func small(shape: [Int]) {
    #expect(StructuralSimilarity.values(.zeros(shape), .zeros(shape)) == nil)
    #expect(ReferenceSimilarity.value([0], [0], height: 1, width: 1) == nil)
  }

  @Test("equal planes have similarity 1 and an infinite ratio; planes of one value each only their means to compare")
  func extremes() throws {
    let plane = UnitRange.pictures(of: .random([1, 12, 12], lane: 3))
    #expect(try #require(StructuralSimilarity.values(plane, plane)).allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(PeakSignalToNoiseRatio.value(squaredError: 0) == .infinity)
    let values = StructuralSimilarity.values(Tensor([2, 11, 11], filledWith: 0), Tensor([2, 11, 11], filledWith: 1))
    #expect(try #require(values).allSatisfy { abs($0 - 1e-4 / 1.0001) < 1e-12 })
    #expect(StructuralSimilarity.values(.zeros([0, 11, 11]), .zeros([0, 11, 11])) == [])
  }

  @Test("frames from −1 to 1 become pictures from 0 to 1; what lies outside is cut, NaN stays")
  func range() {
    let pictures = UnitRange.pictures(of: Tensor([6], values: [-3, -1, 0, 0.5, 1, 7])).values()
    #expect(pictures == [0, 0, 0.5, 0.75, 1, 1])
    #expect(UnitRange.pictures(of: Tensor([1], values: [.nan])).values()[0].isNaN)
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let (first, second) = (UnitRange.pictures(of: .random([9, 32, 33], lane: 4)), UnitRange.pictures(of: .random([9, 32, 33], lane: 5)))
    #expect(
      isIndependentOfThreads {
        let values = StructuralSimilarity.values(first, second) ?? []
        return [Tensor([values.count], values: values.map { Float($0) }), UnitRange.pictures(of: first)]
      })
  }
}
