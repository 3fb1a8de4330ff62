import CCrypto
import Foundation

/// Streaming message digests through libcrypto.
package struct FileHash {
  package enum Algorithm: String, Sendable, Codable { case sha256, md5 }

  private let context: OpaquePointer

  package init(_ algorithm: Algorithm) {
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, algorithm == .sha256 ? EVP_sha256() : EVP_md5(), nil)
  }

  package func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest in lower-case hexadecimal; the value must not be used afterwards.
  package func finish() -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &digest, &length)
    EVP_MD_CTX_free(context)
    return digest.prefix(Int(length)).map { String(format: "%02x", $0) }.joined()
  }

  package static func hex(of data: Data, _ algorithm: Algorithm = .sha256) -> String {
    let hash = FileHash(algorithm)
    data.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }

  /// The digest of a whole file, read in pieces of 1 MiB.
  ///
  /// - Throws: `StageError` (`inputOutput`) if it cannot be read.
  package static func hex(ofFile path: String, _ algorithm: Algorithm = .sha256) throws -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw AtomicFile.failure("read a file", path) }
    defer { try? handle.close() }
    let hash = FileHash(algorithm)
    while let piece = try handle.piece(upTo: 1 << 20, of: path), !piece.isEmpty {
      piece.withUnsafeBytes { hash.update($0) }
    }
    return hash.finish()
  }
}
