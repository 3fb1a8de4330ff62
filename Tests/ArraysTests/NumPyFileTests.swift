import Arrays
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct NumPyFileTests {
  private func roundTrip<Element: NumPyElement & Equatable>(_ values: [Element], shape: [Int]) throws {
    let path = folder + "/sub/array.npy"
    try NumPyFile.write(NumPyArray(values, shape: shape), to: path)
    let array = try NumPyFile.read(path)
    #expect(array.shape == shape)
    #expect(array.elementType == Element.numPyType)
    #expect(array.count == values.count)
    #expect(try array.values(as: Element.self) == values)
    #expect(array.data.startIndex == 0)
  }

  @Test func everyElementTypeSurvives() throws {
    try roundTrip([1.5, -2, .leastNonzeroMagnitude, Float.infinity], shape: [2, 2])
    try roundTrip([1.5, -2, Double.greatestFiniteMagnitude], shape: [3])
    try roundTrip([-128, 0, 127] as [Int8], shape: [3, 1])
    try roundTrip([0, 255] as [UInt8], shape: [1, 2, 1])
    try roundTrip([.min, -1, .max] as [Int16], shape: [3])
    try roundTrip([0, 258, 65535] as [UInt16], shape: [3])
    try roundTrip([.min, -1, .max] as [Int32], shape: [3])
    try roundTrip([.min, -1, .max] as [Int64], shape: [3])
  }

  @Test func numbersAndEmptyArraysSurvive() throws {
    try roundTrip([42] as [Int64], shape: [])
    try roundTrip([] as [Float], shape: [0])
    try roundTrip([] as [UInt8], shape: [5, 0, 3])
  }

  @Test func bytesAreTheOnesOfTheFormat() throws {
    let path = folder + "/array.npy"
    try NumPyFile.write(NumPyArray([1, 0x0203] as [UInt16], shape: [2]), to: path)
    let dictionary = "{'descr': '<u2', 'fortran_order': False, 'shape': (2,), }"
    let padding = String(repeating: " ", count: 128 - 10 - dictionary.utf8.count - 1)
    let start = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0])
    let expected = start + Data((dictionary + padding + "\n").utf8) + Data([1, 0, 3, 2])
    #expect(FileManager.default.contents(atPath: path) == expected)
  }

  @Test("rows written one by one give the same bytes as the whole array", arguments: [0, 1, 5]) func rows(count: Int) throws {
    let values = (0..<count * 6).map { Int16($0) - 7 }
    let writer = try NumPyRowWriter(path: folder + "/rows.npy", .int16, rowShape: [2, 3])
    for start in stride(from: 0, to: values.count, by: 4) { try writer.append(Array(values[start..<min(start + 4, values.count)])) }
    #expect(writer.rowCount == count)
    try writer.finish()
    try NumPyFile.write(NumPyArray(values, shape: [count, 2, 3]), to: folder + "/whole.npy")
    let whole = FileManager.default.contents(atPath: folder + "/whole.npy")
    #expect(FileManager.default.contents(atPath: folder + "/rows.npy") == whole)
  }

  @Test("an unfinished file of rows is no array") func unfinishedRows() throws {
    let writer = try NumPyRowWriter(path: folder + "/rows.npy", .uint8, rowShape: [])
    try writer.append([1, 2, 3] as [UInt8])
    #expect { try NumPyFile.read(folder + "/rows.npy") } throws: { ($0 as? StageError)?.code == .badData }
  }

  /// A file with this dictionary and so many bytes of values.
  private func file(_ dictionary: String, version: UInt8 = 1, valueBytes: Int = 24) -> Data {
    let count = dictionary.utf8.count
    let length = version == 1 ? [UInt8(count & 0xFF), UInt8(count >> 8)] : [UInt8(count & 0xFF), UInt8(count >> 8), 0, 0]
    return Data([0x93]) + Data("NUMPY".utf8) + Data([version, 0] + length) + Data(dictionary.utf8) + Data(count: valueBytes)
  }

  private func read(_ data: Data) throws -> NumPyArray {
    let path = folder + "/array.npy"
    try data.write(to: URL(fileURLWithPath: path))
    return try NumPyFile.read(path)
  }

  @Test func otherSpellingsAndVersionTwoAreRead() throws {
    #expect(try read(file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}")).shape == [2, 3])
    #expect(try read(file(" {\"shape\":(6,),\"fortran_order\":False,\"descr\":\"<f4\"}  \n", version: 2)).shape == [6])
  }

  @Test(
    "hostile headers are errors",
    arguments: [
      "", "{", "{}", "garbage", "[1, 2]", "{'descr': '<f4', 'fortran_order': False}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} x",
      "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3)}", "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2, 3)}",
      "{'descr': '>f4', 'fortran_order': False, 'shape': (2, 3)}", "{'descr': '|O', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,)}", "{'descr': '<f4, 'fortran_order': False, 'shape': (6,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (6)}", "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (7,)}", "{'descr': '<f4', 'fortran_order': False, 'shape': (5,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 6)}",
      "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (6,)}", "{'descr': '<f4', 'shape': (6,), 'other': 3}",
      "{'descr': '", "{'descr': '<f4', 'fortran_order': False, 'shape': (", "{'descr': '<f4', 'fortran_order': False, 'shape': (6,,)}",
    ])
  func hostileHeader(dictionary: String) throws {
    #expect { try read(file(dictionary)) } throws: { ($0 as? StageError)?.code == .badData }
  }

  @Test func damagedFilesAreErrors() throws {
    let whole = file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}")
    for length in 0..<whole.count {
      #expect(throws: StageError.self, "cut to \(length) bytes") { try read(whole.prefix(length)) }
    }
    var wrongVersion = whole
    wrongVersion[6] = 3
    #expect(throws: StageError.self) { try read(wrongVersion) }
    var wrongMagic = whole
    wrongMagic[0] = 0
    #expect(throws: StageError.self) { try read(wrongMagic) }
  }

  @Test func missingFilesFoldersAndWrongTypesAreErrors() throws {
    #expect { try NumPyFile.read(folder + "/none.npy") } throws: { ($0 as? StageError)?.code == .missingInput }
    #expect { try NumPyFile.read(folder) } throws: { ($0 as? StageError)?.code == .inputOutput }
    #expect { try NumPyArray([1] as [Float], shape: [1]).values(as: Double.self) } throws: { ($0 as? StageError)?.code == .badData }
  }

  @Test(.enabled(if: Python.hasNumPy, "needs python3 with numpy")) func numPyReadsOurFilesAndWeReadItsFiles() throws {
    try NumPyFile.write(NumPyArray([1, -2, 3, 4, 5, 6] as [Int32], shape: [2, 3]), to: folder + "/ours.npy")
    let script = """
      import numpy as n, sys
      a = n.load(sys.argv[1] + '/ours.npy', mmap_mode='r')
      n.save(sys.argv[1] + '/theirs.npy', n.arange(12, dtype='<f8').reshape(3, 4) / 8)
      print(a.dtype.str, a.shape, a.tolist())
      """
    let result = try #require(Python.run(script, folder))
    #expect(result.output == "<i4 (2, 3) [[1, -2, 3], [4, 5, 6]]")
    let theirs = try NumPyFile.read(folder + "/theirs.npy")
    #expect(theirs.shape == [3, 4])
    #expect(try theirs.values(as: Double.self) == (0..<12).map { Double($0) / 8 })
  }
}
