import Arrays
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct SafetensorsFileTests {
  private func entries() -> [SafetensorsEntry] {
    [
      SafetensorsEntry("weight", HostArray([2, 2], values: [1, 2, 3, 4])),
      SafetensorsEntry("labels", [7, -1] as [Int64], shape: [2]),
      SafetensorsEntry("a \"b\"\n", [0.5] as [Double], shape: []),
      SafetensorsEntry("empty", [] as [Double], shape: [3, 0]),
    ]
  }

  @Test func valuesNamesAndMetadataSurvive() throws {
    let path = folder + "/sub/file.safetensors"
    try SafetensorsFile.write(entries(), metadata: ["step": "12", "ünï": "\\ \u{1}"], to: path)
    let file = try SafetensorsFile(path: path)
    #expect(file.names == ["a \"b\"\n", "empty", "labels", "weight"])
    #expect(file.metadata == ["step": "12", "ünï": "\\ \u{1}"])
    let weight = try file.tensor("weight")
    #expect(weight.shape == [2, 2])
    #expect(weight.elementType == .float32)
    #expect(try weight.floats() == [1, 2, 3, 4])
    #expect(try weight.doubles() == [1, 2, 3, 4])
    #expect(try file.tensor("labels").integers() == [7, -1])
    #expect(try file.tensor("labels").doubles() == [7, -1])
    #expect(try file.tensor("a \"b\"\n").doubles() == [0.5])
    #expect(try file.tensor("empty").shape == [3, 0])
    #expect(try file.tensor("empty").count == 0)
  }

  @Test func bytesAreTheOnesOfTheFormat() throws {
    let path = folder + "/file.safetensors"
    let entries = [
      SafetensorsEntry("b", HostArray([1, 2], values: [1, -2])), SafetensorsEntry("a", [258] as [Int64], shape: [1]),
    ]
    try SafetensorsFile.write(entries, metadata: ["z": "1", "y": "2"], to: path)
    let (a, b) = (Data([2, 1, 0, 0, 0, 0, 0, 0]), Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]))
    let hash = FileHash.hex(of: Data("a I64 [1]\n".utf8) + a + Data("b F32 [1,2]\n".utf8) + b)
    let header =
      #"{"__metadata__":{"contentSHA256":"\#(hash)","y":"2","z":"1"},"b":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"#
      + #""a":{"dtype":"I64","shape":[1],"data_offsets":[8,16]}}      "#
    #expect(header.utf8.count % 8 == 0)
    let expected = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0]) + Data(header.utf8) + b + a
    #expect(FileManager.default.contents(atPath: path) == expected)
  }

  /// A file with this header and so many bytes of values.
  private func file(_ header: String, valueBytes: Int = 16, length: UInt64? = nil) -> Data {
    let length = length ?? UInt64(header.utf8.count)
    return withUnsafeBytes(of: length.littleEndian) { Data($0) } + Data(header.utf8) + Data(count: valueBytes)
  }

  private func open(_ data: Data) throws -> SafetensorsFile {
    let path = folder + "/file.safetensors"
    try data.write(to: URL(fileURLWithPath: path))
    return try SafetensorsFile(path: path)
  }

  @Test func everyElementTypeIsRead() throws {
    for type in SafetensorsTensor.ElementType.allCases {
      let count = 16 / type.byteCount
      let opened = try open(file(#"{"a":{"dtype":"\#(type.rawValue)","shape":[\#(count)],"data_offsets":[0,16]}}"#))
      #expect(try opened.tensor("a").doubles() == [Double](repeating: 0, count: count))
    }
  }

  @Test(
    "hostile headers are errors",
    arguments: [
      "", "{", "garbage", "[]", "null", #"{"a":1}"#, #"{"a":{"dtype":"F32","shape":[4]}}"#, "{}",
      #"{"a":{"dtype":"F16","shape":[8],"data_offsets":[0,16]}}"#, #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,16]}}"#,
      #"{"a":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}"#, #"{"a":{"dtype":"F32","shape":[-2,-2],"data_offsets":[0,16]}}"#,
      #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}"#, #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}"#,
      #"{"a":{"dtype":"F32","shape":[8],"data_offsets":[0,32]}}"#, #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,32]}}"#,
      #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0]}}"#, #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[4.5],"data_offsets":[0,18]}}"#, #"{"a":{"dtype":"F32","shape":[1e99],"data_offsets":[0,16]}}"#,
      #"{"a":{"dtype":"F32","shape":[4611686018427387904,4,4],"data_offsets":[0,16]}}"#,
      #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[-9223372036854775808,9223372036854775807]}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
      #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
      #"{"__metadata__":{"x":1},"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
    ])
  func hostileHeader(header: String) throws {
    #expect { try open(file(header)) } throws: { ($0 as? StageError)?.code == .badData }
  }

  @Test(arguments: [1, 200, 100_000_001, UInt64(Int64.max), UInt64.max])
  func wrongHeaderLength(length: UInt64) throws {
    let header = #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#
    #expect { try open(file(header, length: length)) } throws: { ($0 as? StageError)?.code == .badData }
  }

  @Test func everyCutFileIsAnError() throws {
    let whole = file(#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#)
    _ = try open(whole)
    for length in 0..<whole.count {
      #expect(throws: StageError.self, "cut to \(length) bytes") { try open(whole.prefix(length)) }
    }
    #expect(throws: StageError.self) { try open(whole + [0]) }
  }

  @Test("a changed bit of values, names or shapes is noticed by the hash that our files name; other files need none")
  func changedContent() throws {
    let path = folder + "/file.safetensors"
    let entries = ["ab", "cd"].map { SafetensorsEntry($0, HostArray([2, 3], values: [1, 2, 3, 4, 5, 6])) }
    try SafetensorsFile.write(entries, to: path)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    func expectDamage(_ data: Data, sourceLocation: SourceLocation = #_sourceLocation) {
      #expect(stageError { _ = try open(data) }?.code == .badData, sourceLocation: sourceLocation)
    }
    for place in whole.indices.suffix(48) {
      var changed = whole
      changed[place] ^= 1
      expectDamage(changed)
    }
    for (old, new) in [("[2,3]", "[3,2]"), (#""ab""#, #""xb""#), ("F32", "I32")] {
      var changed = whole
      changed.replaceSubrange(try #require(whole.range(of: Data(old.utf8))), with: Data(new.utf8))
      expectDamage(changed)
    }
    var nameless = whole
    nameless.replaceSubrange(try #require(whole.range(of: Data("contentSHA256".utf8))), with: Data("somethingElse".utf8))
    #expect(try open(nameless).names == ["ab", "cd"])
  }

  @Test func deeplyNestedHeadersAreErrors() throws {
    let nested = String(repeating: "[", count: 100_000)
    #expect(throws: StageError.self) { try open(file("{\"a\":" + nested)) }
  }

  @Test func wrongNamesAndTypesAreErrors() throws {
    let path = folder + "/file.safetensors"
    try SafetensorsFile.write(entries(), to: path)
    let file = try SafetensorsFile(path: path)
    #expect { try file.tensor("weigth") } throws: { ($0 as? StageError)?.why.contains("weight") == true }
    #expect { try file.tensor("weight").integers() } throws: { ($0 as? StageError)?.code == .badData }
    #expect { try SafetensorsFile(path: folder + "/none") } throws: { ($0 as? StageError)?.code == .missingInput }
  }

  @Test func fixturesAreReadable() throws {
    let file = try Fixtures.golden("case06_inits")
    #expect(try file.tensor("N4.hippo_legs_B").doubles() == [1, 3, 5, 7].map { $0.squareRoot() })
  }

  @Test(.enabled(if: Python.hasSafetensors, "needs python3 with safetensors and numpy")) func referenceLibraryReadsOurFiles() throws {
    try SafetensorsFile.write(entries(), metadata: ["step": "12"], to: folder + "/ours")
    let script = """
      import sys
      from safetensors import safe_open
      with safe_open(sys.argv[1] + '/ours', 'numpy') as f:
        print(f.metadata(), f.get_tensor('weight').tolist(), f.get_tensor('labels').tolist(), f.get_tensor('empty').shape)
      """
    let result = try #require(Python.run(script, folder))
    #expect(result.output.wholeMatch(of: /{'contentSHA256': '[0-9a-f]{64}', 'step': '12'} .*/) != nil)
    #expect(result.output.drop { $0 != "}" } == "} [[1.0, 2.0], [3.0, 4.0]] [7, -1] (3, 0)")
  }
}
