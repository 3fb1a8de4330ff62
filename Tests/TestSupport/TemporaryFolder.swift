import Foundation

/// Runs `body` with the path of a new, empty folder and deletes it afterwards.
@discardableResult
package func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = (NSTemporaryDirectory() as NSString).appendingPathComponent("ssm-repro-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}
