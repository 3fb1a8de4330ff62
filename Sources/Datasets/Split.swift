/// The three parts of a dataset: learn from, choose the epoch with, report.
package enum Split: String, CaseIterable, Codable, Sendable {
  case train
  case validation
  case test
}
