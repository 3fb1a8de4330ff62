import TestSupport
import Testing

@Suite(.temporaryFolder) struct DataSpectraTests {
  private static let name = "dfout-figure-7-spectra"

  /// How far a bin lies above the mean of its surroundings, in dB.
  private func excess(_ decibels: [Double], at bin: Int, within distance: Int) -> Double {
    let around = (bin - distance..<bin + distance + 1).filter { abs($0 - bin) > 2 }.map { decibels[$0] }
    return decibels[bin] - around.reduce(0, +) / Double(around.count)
  }

  @Test("pictures of 32 rows have peaks at multiples of 2π/32, random words have none")
  func imageAndTokens() throws {
    try PreparedSpectra.images(in: folder)
    try PreparedSpectra.tokens(in: folder)
    let tables = try resultTables(Self.name, data: folder)
    let image = try #require(tables["\(Self.name)-image"])
    let tokens = try #require(tables["\(Self.name)-listops"])
    #expect(image.rows.count == 513 && tokens.rows.count == 129)
    #expect(abs(image.numbers("angle_radians_per_step")[32] - 2 * .pi / 32) < 1e-9)
    for harmonic in 1...3 {
      #expect(excess(image.numbers("decibels"), at: 32 * harmonic, within: 12) > 6)
      #expect(abs(excess(tokens.numbers("decibels"), at: 8 * harmonic, within: 6)) < 3, "the same angle")
    }
    let data = try #require(tables["\(Self.name)-data"])
    #expect(data.texts("origin") == ["generated", "released", "missing"])
    #expect(data.texts("sequences") == ["40", "40", "0"])
    #expect(tables["\(Self.name)-pathx"] == nil)
  }

  @Test("Pathfinder's pictures of 128 rows have peaks at 2π/128 and its harmonics; the longest contours are taken")
  func pathfinder() throws {
    try PreparedSpectra.pathfinder(in: folder, contourLength: 6, count: 30)
    try PreparedSpectra.pathfinder(in: folder, contourLength: 14, count: 20)
    let tables = try resultTables(Self.name, data: folder)
    let data = try #require(tables["\(Self.name)-data"])
    #expect(data.texts("folder")[2] == "lra/pathfinder-generated-centered-contourLength-14-count-20")
    #expect(data.texts("sequences")[2] == "20", "all splits")
    let decibels = try #require(tables["\(Self.name)-pathx"]).numbers("decibels")
    #expect(decibels.count == 8193)
    for harmonic in 1...4 {
      #expect(excess(decibels, at: 128 * harmonic, within: 40) > 3, "harmonic \(harmonic)")
      #expect(excess(decibels, at: 128 * harmonic + 64, within: 20) < 3, "between harmonics")
    }
  }

  @Test("data of another task under a familiar name are not taken")
  func standIn() throws {
    try PreparedSpectra.tokens(in: folder, standIn: true)
    #expect(try resultTables(Self.name, data: folder).keys.sorted() == ["\(Self.name)-data"])
  }
}
