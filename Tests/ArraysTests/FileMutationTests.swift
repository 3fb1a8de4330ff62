import Arrays
import Foundation
import TestSupport
import Testing

/// Thousands of damaged files for both array formats: each is read or refused with a `StageError`, never anything else.
@Suite(.temporaryFolder) struct FileMutationTests {
  private func refused(_ least: Int, _ original: [UInt8], seed: UInt64, _ read: (String) throws -> Void) throws {
    try Mutation.expectRefusals(least, of: original, rounds: 2500, seed: seed) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/file"))
      try read(folder + "/file")
    }
  }

  @Test(".npy") func numPy() throws {
    try NumPyFile.write(NumPyArray([1, 2, 3, 4, 5, 6] as [Int32], shape: [2, 3]), to: folder + "/a.npy")
    let file = try Data(contentsOf: URL(fileURLWithPath: folder + "/a.npy"))
    try refused(1000, [UInt8](file), seed: 1) { path in
      let array = try NumPyFile.read(path)
      #expect(array.data.count == array.shape.reduce(array.elementType.byteCount, *))
    }
  }

  @Test("safetensors") func safetensors() throws {
    let text = """
      {"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"y":{"dtype":"I64","shape":[1],"data_offsets":[24,32]}}
      """
    let header = Array(text.utf8)
    let file = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + [UInt8](repeating: 1, count: 32)
    try refused(1000, file, seed: 2) { path in
      let file = try SafetensorsFile(path: path)
      for name in file.names { #expect(try file.tensor(name).doubles().count == file.tensor(name).shape.reduce(1, *)) }
    }
  }
}
