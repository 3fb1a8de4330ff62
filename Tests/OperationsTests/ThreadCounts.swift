import Operations

/// Whether `compute` gives the same bits with one, two and five threads.
///
/// Tests run side by side and share the thread count, which is allowed: no result may depend on it, whoever changes it.
func isIndependentOfThreads(_ compute: () -> [Tensor]) -> Bool {
  let before = Parallel.threadCount
  defer { Parallel.threadCount = before }
  let results = [1, 2, 5].map { count in
    Parallel.threadCount = count
    return compute().flatMap { tensor in tensor.values().map(\.bitPattern) }
  }
  return results.allSatisfy { $0 == results[0] }
}
