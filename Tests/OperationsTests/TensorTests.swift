import Arrays
import TestSupport
import Testing

@testable import Operations

@Suite struct TensorTests {
  @Test func valuesShapeAndCount() {
    let tensor = Tensor([2, 3], values: [1, 2, 3, 4, 5, 6])
    #expect(tensor.count == 6)
    #expect(tensor.values() == [1, 2, 3, 4, 5, 6])
    tensor.fill(2)
    #expect(tensor.values() == [2, 2, 2, 2, 2, 2])
    #expect(Tensor.zeros(like: tensor).values() == [0, 0, 0, 0, 0, 0])
    #expect(Tensor([], values: [7]).count == 1)
    #expect(Tensor([0, 4], values: []).values().isEmpty)
  }

  @Test func referencesShareAndCopiesDoNot() {
    let tensor = Tensor([2], values: [1, 2])
    let alias = tensor
    let copy = tensor.copy()
    tensor.upload([3, 4])
    #expect(alias.values() == [3, 4])
    #expect(copy.values() == [1, 2])
  }

  @Test("a host array is taken without a copy and comes back as one") func hostArrays() {
    let host = HostArray([2, 2], values: [1, 2, 3, 4])
    let tensor = Tensor(host)
    #expect(tensor.elements == host.memory.start && tensor.shape == [2, 2])
    let downloaded = tensor.downloaded()
    #expect(downloaded.values() == [1, 2, 3, 4] && downloaded.memory.start != host.memory.start)
  }

  @Test func memoryIsAligned() {
    for size in [1, 17, 1000, 1 << 20] {
      #expect(UInt(bitPattern: Tensor(uninitialized: [size]).elements) % 64 == 0)
    }
  }

  @Test("parts along the first two axes", arguments: Engine.all)
  func parts(engine: Engine) throws {
    let tensor = Tensor([2, 3, 2], values: (0..<12).map { Float($0) })
    let results = try engine.run([tensor]) { [tensor.firstAxis(1..<2), tensor.firstAxis(0..<2), tensor.steps(1..<3)] }
    #expect(results.map(\.shape) == [[1, 3, 2], [2, 3, 2], [2, 2, 2]])
    #expect(results[0].values() == [6, 7, 8, 9, 10, 11] && results[1].values() == tensor.values())
    #expect(results[2].values() == [2, 3, 4, 5, 8, 9, 10, 11])
  }
}
