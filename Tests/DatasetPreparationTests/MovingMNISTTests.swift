import Arrays
import DatasetPreparation
import Datasets
import Foundation
import TestSupport
import Testing

@Suite(.temporaryFolder) struct MovingMNISTTests {
  /// Digit d of a made-up set is a square of brightness 10·d + 10 in its middle.
  private static func digits(_ count: Int) -> [UInt8] {
    (0..<count).flatMap { digit in
      (0..<784).map { pixel -> UInt8 in
        let isInside = (8..<20).contains(pixel / 28) && (8..<20).contains(pixel % 28)
        return isInside ? UInt8(10 * digit + 10) : 0
      }
    }
  }

  private static func idx(_ shape: [Int], _ values: [UInt8]) -> Data {
    let header = shape.reduce(into: Data([0, 0, 8, UInt8(shape.count)])) { header, size in
      header += Data([0, 0, UInt8(size >> 8), UInt8(size & 255)])
    }
    return header + Data(values)
  }

  /// The four files, uncompressed: readers tell by the content.
  private static func files() -> [String: Data] {
    [
      MNISTDigits.trainingImages: idx([20, 28, 28], digits(20)),
      MNISTDigits.trainingLabels: idx([20], (0..<20).map { UInt8($0 % 10) }),
      MNISTDigits.testImages: idx([4, 28, 28], digits(4)), MNISTDigits.testLabels: idx([4], [3, 2, 1, 0]),
    ]
  }

  private func makeRaw() throws { _ = try RawFiles.make(Self.files(), in: folder, isOfficial: false) }

  private func videos(
    _ scene: MovingMNISTPreparation.Scene, frames: Int = 12, seed: Int = 1, threads: Int = 2, name: String = "out"
  ) throws -> [UInt8] {
    try MovingMNISTPreparation.prepareVideos(
      raw: folder + "/raw", scene: scene, frameCount: frames, counts: [.train: 3, .validation: 1, .test: 1], seed: seed,
      output: "\(folder)/\(name)", threadCount: threads)
    return try NumPyFile.read("\(folder)/\(name)/values.npy").values(as: UInt8.self)
  }

  @Test("the same bytes on one and two threads; another seed, others") func deterministic() throws {
    try makeRaw()
    let first = try videos(.coloured(fastSpeed: 300, slowSpeed: 30), threads: 1)
    #expect(try videos(.coloured(fastSpeed: 300, slowSpeed: 30), threads: 2, name: "two") == first)
    #expect(try videos(.coloured(fastSpeed: 300, slowSpeed: 30), seed: 2, name: "other") != first)
    #expect(first.count == 5 * 12 * 64 * 64 * 3)
    let card = try PreparedDataset(directory: folder + "/out").card
    #expect(card.picture == PictureShape(frames: 12, height: 64, width: 64))
    #expect(card.splits.mapValues(\.count) == ["train": 3, "validation": 1, "test": 1])
  }

  /// The first row and column of the square of one digit in a frame of a channel.
  private func corner(_ values: ArraySlice<UInt8>, channel: Int, channels: Int) -> (row: Int, column: Int)? {
    let pixels = stride(from: values.startIndex + channel, to: values.endIndex, by: channels).map { values[$0] }
    return pixels.firstIndex { $0 > 0 }.map { ($0 / 64, $0 % 64) }
  }

  @Test("red is fast, blue slow, green empty; steps are straight and reflected at the borders") func motion() throws {
    try makeRaw()
    let frames = 60
    let values = try videos(.coloured(fastSpeed: 300, slowSpeed: 30), frames: frames)
    let size = 64 * 64 * 3
    for sequence in 0..<5 {
      for (channel, speed) in [(0, 0.45 * 36), (2, 0.045 * 36)] {
        let corners = (0..<frames).compactMap { frame in
          let start = (sequence * frames + frame) * size
          return corner(values[start..<start + size], channel: channel, channels: 3)
        }
        #expect(corners.count == frames, "the digit never leaves the picture")
        #expect(corners.allSatisfy { 8...44 ~= $0.row && 8...44 ~= $0.column })
        for (first, second) in zip(corners, corners.dropFirst()) {
          let (down, across) = (Double(second.row - first.row), Double(second.column - first.column))
          let distance = (down * down + across * across).squareRoot()
          #expect(distance < speed + 1.5, "rounded to whole pixels a step is at most 1.42 longer")
          // Away from the borders nothing is cut off.
          let inside = [first, second].allSatisfy { 10...42 ~= $0.row && 10...42 ~= $0.column }
          if inside { #expect(distance > speed - 1.5) }
        }
      }
      let start = sequence * frames * size
      #expect(stride(from: start + 1, to: start + frames * size, by: 3).allSatisfy { values[$0] == 0 })
    }
  }

  @Test("digits of the original form lie in one channel, combined by their maximum") func original() throws {
    try makeRaw()
    let values = try videos(.original(digits: 2, speed: 100), frames: 30)
    let frame = values[..<(64 * 64)]
    #expect(Set(frame).subtracting([0]).count <= 2)
    let lit = values.count { $0 > 0 }
    #expect(lit > 5 * 30 * 144 && lit <= 5 * 30 * 2 * 144, "two squares of 12×12, sometimes one over the other")
  }

  @Test("the digits themselves, with their classes") func digits() throws {
    try makeRaw()
    let card = try MovingMNISTPreparation.prepareDigits(raw: folder + "/raw", output: folder + "/digits")
    #expect(card.splits.mapValues(\.count) == ["train": 18, "validation": 2, "test": 4])
    #expect(card.splits["test"]?.perClass == [1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    #expect(card.unofficial && card.sources.count == 4)
    #expect(try NumPyFile.read(folder + "/digits/values.npy").values(as: UInt8.self) == Self.digits(20) + Self.digits(4))
  }

  @Test("without the digits there is an error that says what to do") func missing() throws {
    let nothing = stageError { _ = try videos(.original(digits: 2, speed: 100)) }
    #expect(nothing?.code == .missingInput && nothing?.remedy == "run `make download-moving-mnist`")
    _ = try RawFiles.make(Self.files().filter { $0.key == MNISTDigits.testImages }, in: folder, isOfficial: false)
    let other = stageError { _ = try videos(.original(digits: 2, speed: 100)) }
    #expect(other?.code == .missingInput && other?.remedy.contains("by hand") == true)
  }

  @Test(
    "impossible scenes and numbers",
    arguments: [
      (.original(digits: 0, speed: 100), 3, 1), (.original(digits: 2, speed: 0), 3, 1), (.coloured(fastSpeed: 601, slowSpeed: 1), 3, 1),
      (.original(digits: 2, speed: 100), 0, 1), (.original(digits: 2, speed: 100), 3, -1),
    ] as [(MovingMNISTPreparation.Scene, Int, Int)])
  func impossible(scene: MovingMNISTPreparation.Scene, frames: Int, seed: Int) throws {
    try makeRaw()
    #expect(stageError { _ = try videos(scene, frames: frames, seed: seed) }?.code == .badConfiguration)
  }

  @Test("a preview shows frames of each video; text has none") func preview() throws {
    try makeRaw()
    _ = try videos(.coloured(fastSpeed: 300, slowSpeed: 30))
    try PicturePreview.write(folder + "/out", to: folder + "/sheet.png")
    let sheet = try PNGFile.read(folder + "/sheet.png")
    #expect((sheet.width, sheet.height) == (8 * 66 + 2, 5 * 66 + 2), "eight frames of five videos")
  }
}
