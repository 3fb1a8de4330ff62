import Arrays
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
}
