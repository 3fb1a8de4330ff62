/// The binary archive: five training batches and the test batch, in this order whatever that of the archive.
package struct CIFARArchive {
  package let training: [CIFARBatch]
  package let test: CIFARBatch

  private static let trainingNames = (1...5).map { "data_batch_\($0).bin" }
  private static let testName = "test_batch.bin"
  /// A batch has 30,730,000 bytes.
  private static let sizeLimit = 1 << 26

  /// - Throws: `StageError` (`badData`) if the archive is truncated, lacks a batch, or holds a broken record or an unknown class.
  package init(_ file: RawFolder.File) throws {
    var batches: [String: CIFARBatch] = [:]
    try ArchiveReader(path: file.path, advice: file.advice).forEachMember { member in
      let name = member.name.split(separator: "/").last.map(String.init) ?? ""
      if Self.trainingNames.contains(name) || name == Self.testName {
        batches[name] = try Self.batch(name, try member.bytes(atMost: Self.sizeLimit), of: file)
      }
      return batches.count < Self.trainingNames.count + 1
    }
    func batch(_ name: String) throws -> CIFARBatch {
      guard let batch = batches[name] else { throw file.bad("no \(name) in \(file.path)", "the archive holds no file of that name") }
      return batch
    }
    training = try Self.trainingNames.map(batch)
    test = try batch(Self.testName)
  }

  private static func batch(_ name: String, _ bytes: [UInt8], of file: RawFolder.File) throws -> CIFARBatch {
    guard !bytes.isEmpty, bytes.count % CIFARBatch.recordSize == 0 else {
      let why = "\(bytes.count) bytes are no whole number of records of \(CIFARBatch.recordSize) bytes"
      throw file.bad("broken records in \(name)", at: name, why)
    }
    let batch = CIFARBatch(name: name, bytes: bytes)
    if let record = (0..<batch.count).first(where: { Int(batch.label($0)) >= CIFARBatch.classCount }) {
      throw file.bad("unknown class in \(name)", at: "\(name), record \(record)", "the label is \(batch.label(record)), expected is 0 to 9")
    }
    return batch
  }
}
