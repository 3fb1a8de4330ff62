import Arrays
import Datasets
import TestSupport
import Testing
import Vocabulary

@Suite(.temporaryFolder) struct VideoSourceTests {
  /// Six videos of `frames` frames, 2 × 2 pixels and three colours, each number another one.
  private func videos(frames: Int) throws -> PreparedDataset {
    let steps = 4 * frames
    try PreparedFixture.values(in: folder, steps: steps)
    try PreparedFixture.changeCard(in: folder) { $0.picture = PictureShape(frames: frames, height: 2, width: 2) }
    return try PreparedDataset(directory: folder)
  }

  private func frames(_ batch: Batch) -> HostArray? { if case .frames(let frames) = batch.input { frames } else { nil } }

  /// A stored number: shape [channels, steps] of one record.
  private func stored(_ videos: PreparedDataset, _ position: Int, _ split: Split) -> [[Float]] {
    guard case .values(let values) = videos.batch([position], of: split).input else { return [] }
    let (all, steps) = (values.values(), values.shape[2])
    return (0..<values.shape[1]).map { Array(all[$0 * steps..<($0 + 1) * steps]) }
  }

  @Test("frames lie frame by frame, then channel by channel, and the targets are one frame on")
  func layout() throws {
    let videos = try videos(frames: 5)
    let source = VideoSource(videos, view: VideoView(contextCount: 2))
    let shape = FrameShape(channels: 3, height: 2, width: 2)
    #expect(source.description == SampleDescription(input: .frames(shape), target: .frames(channels: 3), sequenceLength: 4))
    #expect(source.count(of: .train) == videos.count(of: .train) && source.videoLength == 5 && source.frameShape == shape)
    let batch = source.batch([1, 0], of: .train, visit: .first)
    let input = try #require(frames(batch))
    #expect(input.shape == [2, 4, 3, 2, 2] && batch.target.numbers?.shape == input.shape && batch.count == 2)
    for (row, position) in [1, 0].enumerated() {
      let record = stored(videos, position, .train)
      for step in 0..<4 {
        for channel in 0..<3 {
          for pixel in 0..<4 {
            let place = ((row * 4 + step) * 3 + channel) * 4 + pixel
            #expect(input.values()[place] == record[channel][step * 4 + pixel])
            #expect(batch.targets[place] == record[channel][(step + 1) * 4 + pixel])
          }
        }
      }
    }
    #expect(source.videos([0], of: .test).shape == [1, 5, 3, 2, 2])
  }

  @Test("pixels are averaged over squares")
  func averaging() throws {
    let videos = try videos(frames: 3)
    let source = VideoSource(videos, view: VideoView(averaging: 2, contextCount: 1))
    let record = stored(videos, 0, .test)
    let all = source.videos([0], of: .test)
    #expect(all.shape == [1, 3, 3, 1, 1])
    for frame in 0..<3 {
      for channel in 0..<3 {
        let mean = record[channel][frame * 4..<frame * 4 + 4].reduce(0, +) / 4
        #expect(abs(all.values()[frame * 3 + channel] - mean) < 1e-6)
      }
    }
  }

  @Test("pieces of training videos begin anywhere, alike at each look of one visit; other splits begin at the first frame")
  func pieces() throws {
    let videos = try videos(frames: 8)
    let source = VideoSource(videos, view: VideoView(frameCount: 3, contextCount: 2))
    #expect(source.description.sequenceLength == 2)
    func starts(epoch: Int) throws -> [Int] {
      try (0..<3).map { position in
        let piece = try #require(frames(source.batch([position], of: .train, visit: Visit(seed: 4, epoch: epoch)))).values()
        let record = stored(videos, position, .train)[0]
        return try #require((0...5).first { start in (0..<4).allSatisfy { record[start * 4 + $0] == piece[$0] } })
      }
    }
    let all = try (0..<12).map(starts)
    #expect(try starts(epoch: 3) == all[3])
    #expect(Set(all.flatMap { $0 }).count > 3 && Set(all.map { $0[0] }).count > 1)
    let first = try #require(frames(source.batch([0], of: .validation, visit: Visit(seed: 4, epoch: 2))))
    #expect(Array(first.values()[0..<4]) == Array(stored(videos, 0, .validation)[0][0..<4]))
  }

  @Test("what is no video, too short or of odd size is none for a view")
  func cards() throws {
    let card = try videos(frames: 4).card
    #expect(card.holdsVideos(for: VideoView(contextCount: 3)))
    let views = [
      VideoView(contextCount: 4), VideoView(contextCount: 0), VideoView(frameCount: 5, contextCount: 1),
      VideoView(frameCount: 1, contextCount: 1), VideoView(averaging: 4, contextCount: 1),
    ]
    for view in views { #expect(!card.holdsVideos(for: view), "\(view)") }
    var picture = card
    picture.picture = PictureShape(height: 4, width: 4)
    #expect(!picture.holdsVideos(for: VideoView(contextCount: 1)))
    picture.picture = nil
    #expect(!picture.holdsVideos(for: VideoView(contextCount: 1)))
  }
}
