import Arrays
import Datasets
import Operations
import TestSupport
import Vocabulary

/// Videos of random frames in memory, [T, 1, height, width], each frame to be predicted from those before; every split holds all of them.
struct ListedVideos: BatchSource {
  let count: Int
  let frameCount: Int
  let height: Int
  let width: Int

  var description: SampleDescription {
    SampleDescription(
      input: .frames(FrameShape(channels: 1, height: height, width: width)), target: .frames(channels: 1), sequenceLength: frameCount)
  }

  func count(of split: Split) -> Int { count }

  func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit) -> Batch {
    Batch(input: .frames(frames(positions, from: 0)), target: target(positions, of: split))
  }

  func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target { .frames(frames(positions, from: 1)) }

  private func frames(_ positions: some Collection<Int>, from first: Int) -> HostArray {
    let size = height * width
    let values = positions.flatMap { position -> ArraySlice<Float> in
      Tensor.random([frameCount + 1, size], lane: UInt32(position)).values()[first * size..<(first + frameCount) * size]
    }
    return HostArray([positions.count, frameCount, 1, height, width], values: values)
  }
}
