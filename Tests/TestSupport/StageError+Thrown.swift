import RunSupport

/// The error that `body` throws.
package func stageError(_ body: () throws -> Void) -> StageError? {
  do {
    try body()
    return nil
  } catch {
    return error as? StageError
  }
}
