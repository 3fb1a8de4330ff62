import DatasetPreparation
import Testing

@Suite struct ContactSheetTests {
  @Test("pictures stand row by row with gaps, enlarged without blur") func layout() throws {
    var sheet = ContactSheet(columns: 2, scale: 3)
    #expect(sheet.image == nil)
    for value in [10, 20, 30] as [UInt8] {
      sheet.add(Picture(width: 2, height: 1, channelCount: 1, pixels: [value, value + 1]))
    }
    let image = try #require(sheet.image)
    #expect(image.width == 2 * (2 * 3 + 2) + 2 && image.height == 2 * (3 + 2) + 2)
    func pixel(_ row: Int, _ column: Int) -> UInt8 { image.pixels[row * image.width + column] }
    #expect((2...7).map { pixel(2, $0) } == [10, 10, 10, 11, 11, 11])
    #expect((10...15).map { pixel(4, $0) } == [20, 20, 20, 21, 21, 21])
    #expect((2...7).map { pixel(9, $0) } == [30, 30, 30, 31, 31, 31])
    #expect(pixel(0, 0) == 96 && pixel(2, 8) == 96 && pixel(9, 12) == 96)
  }

  @Test("colours keep their order") func colour() {
    var sheet = ContactSheet(columns: 1)
    sheet.add(Picture(width: 1, height: 1, channelCount: 3, pixels: [1, 2, 3]))
    #expect(sheet.image?.pixels[(2 * 5 + 2) * 3..<(2 * 5 + 2) * 3 + 3] == [1, 2, 3])
  }
}
