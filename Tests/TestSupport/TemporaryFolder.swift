import Foundation
import Testing

/// An empty folder of its own for each test case of a suite, deleted afterwards; `folder` is its path.
package struct TemporaryFolder: SuiteTrait, TestTrait, TestScoping {
  @TaskLocal fileprivate static var path = "/a suite without .temporaryFolder"

  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable @concurrent () async throws -> Void
  ) async throws {
    let folder = NSTemporaryDirectory() + "ssm-repro-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await Self.$path.withValue(folder, operation: body)
  }
}

extension Trait where Self == TemporaryFolder {
  package static var temporaryFolder: Self { Self() }
}

/// The folder of the test case that runs; its suite is a `@Suite(.temporaryFolder)`.
package var folder: String { TemporaryFolder.path }

/// The files of a folder: their names and bytes.
package func files(_ folder: String) throws -> [String: Data] {
  let names = try FileManager.default.contentsOfDirectory(atPath: folder)
  return names.reduce(into: [:]) { $0[$1] = FileManager.default.contents(atPath: folder + "/" + $1) }
}

/// Runs `body` with the path of a new, empty folder and deletes it afterwards.
@discardableResult
package func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = (NSTemporaryDirectory() as NSString).appendingPathComponent("ssm-repro-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}
