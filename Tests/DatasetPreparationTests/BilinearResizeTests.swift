import DatasetPreparation
import Testing

@Suite struct BilinearResizeTests {
  @Test(
    "every value equals Pillow's",
    arguments: [
      (7, 5, 11, 3), (16, 16, 4, 4), (1, 1, 3, 5), (20, 30, 20, 7), (9, 9, 9, 9), (23, 17, 8, 64), (89, 89, 5, 40), (31, 2, 3, 9),
      (2, 31, 9, 3),
    ])
  func equalsPillow(width: Int, height: Int, newWidth: Int, newHeight: Int) throws {
    let name = "resize-\(width)x\(height)-\(newWidth)x\(newHeight)"
    let source = try JPEGFileTests.picture(name + ".source")
    let resize = BilinearResize(fromWidth: width, height: height, toWidth: newWidth, height: newHeight)
    #expect(try resize.resize(source) == JPEGFileTests.picture(name + ".result"))
  }

  @Test("240 pictures of random sizes, from 1 to 19 pixels") func randomSizes() throws {
    var bytes = try JPEGFileTests.bytes("resize-many")[...]
    func next(_ count: Int) -> [UInt8] {
      defer { bytes = bytes.dropFirst(count) }
      return Array(bytes.prefix(count))
    }
    var count = 0
    while !bytes.isEmpty {
      let sizes = next(4).map(Int.init)
      let (width, height, newWidth, newHeight) = (sizes[0], sizes[1], sizes[2], sizes[3])
      let source = Picture(width: width, height: height, channelCount: 1, pixels: next(width * height))
      let resize = BilinearResize(fromWidth: width, height: height, toWidth: newWidth, height: newHeight)
      #expect(resize.resize(source).pixels == next(newWidth * newHeight), "\(sizes)")
      count += 1
    }
    #expect(count == 240)
  }

  @Test("gray pictures are resized like each channel of a coloured one") func gray() throws {
    let source = try JPEGFileTests.picture("resize-7x5-11x3.source")
    let gray = Picture(width: 7, height: 5, channelCount: 1, pixels: (0..<35).map { source.pixels[3 * $0 + 1] })
    let resize = BilinearResize(fromWidth: 7, height: 5, toWidth: 11, height: 3)
    let expected = try JPEGFileTests.picture("resize-7x5-11x3.result")
    #expect(resize.resize(gray).pixels == (0..<33).map { expected.pixels[3 * $0 + 1] })
  }

  @Test(
    "the middle square, offsets rounded to even as torchvision does",
    arguments: [
      // Width, height, wanted side; side, first column and first row.
      (178, 218, 178, 178, 0, 20), (89, 109, 178, 89, 0, 10), (5, 8, 3, 3, 1, 2), (4, 9, 178, 4, 0, 2), (7, 4, 178, 4, 2, 0),
      (3, 3, 3, 3, 0, 0),
    ])
  func crop(width: Int, height: Int, wanted: Int, side: Int, left: Int, top: Int) {
    let pixels = (0..<height * width).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 251) }
    let square = CenteredSquare.crop(Picture(width: width, height: height, channelCount: 1, pixels: pixels), side: wanted)
    #expect((square.width, square.height) == (side, side))
    for row in 0..<side {
      let first = (top + row) * width + left
      #expect(square.pixels[row * side..<(row + 1) * side] == pixels[first..<first + side])
    }
  }
}
