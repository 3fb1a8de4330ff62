import Arrays
import Testing

@Suite struct HostArrayTests {
  @Test func valuesShapeAndCount() {
    let array = HostArray([2, 3], values: [1, 2, 3, 4, 5, 6])
    #expect(array.count == 6 && array.shape == [2, 3])
    #expect(array.values() == [1, 2, 3, 4, 5, 6])
    #expect(HostArray([], values: [7]).count == 1)
    #expect(HostArray([0, 4], values: []).values().isEmpty)
  }

  @Test("some of the slices along the first axis") func rows() {
    let array = HostArray([3, 2], values: [1, 2, 3, 4, 5, 6])
    #expect(array.rows(1..<3).values() == [3, 4, 5, 6] && array.rows(1..<3).shape == [2, 2])
    #expect(array.rows(0..<0).count == 0)
  }

  @Test("values written in place") func write() {
    let array = HostArray([2]) { values in
      values[0] = 4
      values[1] = 5
    }
    #expect(array.values() == [4, 5])
  }
}
