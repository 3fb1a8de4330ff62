import Arrays
import Vocabulary

/// Videos whose targets are the frames after those of the input: of n frames n − 1 are read and n − 1 predicted.
package struct VideoSource: BatchSource {
  private let videos: PreparedDataset
  /// The stored frames.
  private let stored: PictureShape
  private let channelCount: Int
  package let view: VideoView

  /// - Precondition: `videos.card.holdsVideos(for: view)`.
  package init(_ videos: PreparedDataset, view: VideoView) {
    guard let stored = videos.card.picture, videos.card.holdsVideos(for: view) else {
      preconditionFailure("VideoSource: the records are no videos for \(view)")
    }
    (self.videos, self.stored, channelCount, self.view) = (videos, stored, videos.card.channelCount, view)
  }

  /// Frames of a whole video.
  package var videoLength: Int { stored.frames }

  /// One frame as models see it.
  package var frameShape: FrameShape {
    FrameShape(channels: channelCount, height: stored.height / view.averaging, width: stored.width / view.averaging)
  }

  package var description: SampleDescription {
    SampleDescription(input: .frames(frameShape), target: .frames(channels: channelCount), sequenceLength: clipLength - 1)
  }

  package func count(of split: Split) -> Int { videos.count(of: split) }

  package func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target {
    batch(positions, of: split, visit: .first).target
  }

  /// Pieces of training videos begin anywhere, elsewhere at each visit; those of other splits at the first frame.
  package func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit) -> Batch {
    let pieces = positions.map { (position: $0, start: split == .train ? start(of: $0, visit: visit) : 0) }
    let clips = gather(pieces, count: clipLength, of: split)
    // Each frame is read once, although all but the ends are input and target.
    let (all, frameSize) = (clips.values(), frameShape.count)
    func frames(from offset: Int) -> HostArray {
      let shape = [pieces.count, clipLength - 1] + clips.shape.dropFirst(2)
      return HostArray(
        shape,
        values: pieces.indices.flatMap { row in
          let first = (row * clipLength + offset) * frameSize
          return all[first..<first + (clipLength - 1) * frameSize]
        })
    }
    return Batch(input: .frames(frames(from: 0)), target: .frames(frames(from: 1)))
  }

  /// Whole videos, shape [B, frames, channels, height, width], in [−1, 1] as prepared.
  package func videos(_ positions: some Collection<Int>, of split: Split) -> HostArray {
    gather(positions.map { ($0, 0) }, count: videoLength, of: split)
  }

  private var clipLength: Int { view.frameCount ?? stored.frames }

  private func start(of position: Int, visit: Visit) -> Int {
    var stream = visit.noise(record: position, count: 1)
    // One draw, so that each record has a place of its own in the stream.
    return Int(stream.uniform() * Double(stored.frames - clipLength + 1))
  }

  /// - Parameter pieces: position and first frame of each row.
  private func gather(_ pieces: [(position: Int, start: Int)], count: Int, of split: Split) -> HostArray {
    let shape = frameShape
    return HostArray([pieces.count, count, shape.channels, shape.height, shape.width]) { values in
      guard let target = values.baseAddress else { return }
      let pixels = stored.height * stored.width
      withUnsafeTemporaryAllocation(of: Float.self, capacity: channelCount * pixels) { scratch in
        guard let whole = scratch.baseAddress else { return }
        for (row, piece) in pieces.enumerated() {
          for frame in 0..<count {
            let steps = (piece.start + frame) * pixels..<(piece.start + frame + 1) * pixels
            let place = target + (row * count + frame) * shape.count
            if view.averaging == 1 {
              videos.copyValues(at: piece.position, of: split, steps: steps, to: place)
            } else {
              videos.copyValues(at: piece.position, of: split, steps: steps, to: whole)
              average(whole, to: place)
            }
          }
        }
      }
    }
  }

  /// Means over squares of pixels, [channels, rows, columns] → [channels, rows / n, columns / n].
  private func average(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    let (side, shape) = (view.averaging, frameShape)
    let factor = 1 / Float(side * side)
    for row in 0..<shape.channels * shape.height {
      for column in 0..<shape.width {
        let first = source + row * side * stored.width + column * side
        var sum: Float = 0
        for y in 0..<side { for x in 0..<side { sum += first[y * stored.width + x] } }
        target[row * shape.width + column] = sum * factor
      }
    }
  }
}

extension DatasetCard {
  /// Whether each record is one video that can be read so: frame by frame, long enough, with one normalisation for each channel.
  package func holdsVideos(for view: VideoView) -> Bool {
    guard let picture, picture.frames >= 2, inputKind == .values, noiseStepCount == nil, normalization?.isPerStep != true else {
      return false
    }
    return picture.count == sequenceLength && (2...picture.frames).contains(view.frameCount ?? picture.frames)
      && (1..<picture.frames).contains(view.contextCount) && picture.height.isMultiple(of: view.averaging)
      && picture.width.isMultiple(of: view.averaging)
  }
}
