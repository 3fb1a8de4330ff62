import Foundation
import RunSupport

/// What was submitted together: `submission.json` in a folder below `results/jobs`, written before the first job and after each.
package struct SubmissionRecord: Codable, Sendable, Equatable {
  package struct Array: Codable, Sendable, Equatable {
    /// Of its files in the folder: `4h-8gb`.
    package var file: String
    /// In the queue.
    package var name: String
    /// Of the scheduler; nil until it has said it.
    package var job: String?
    /// Paths below `runs`; the first element of the array is 1.
    package var runs: [String]

    package init(file: String, name: String, job: String? = nil, runs: [String]) {
      (self.file, self.name, self.job, self.runs) = (file, name, job, runs)
    }
  }

  package struct Job: Codable, Sendable, Equatable {
    package var name: String
    package var job: String?
    /// What it prepares, below `prepared`; of the last job nothing.
    package var prepares: [String]

    package init(name: String, job: String? = nil, prepares: [String]) { (self.name, self.job, self.prepares) = (name, job, prepares) }
  }

  package var goal: String
  package var presets: [String]
  package var arrays: [Array]
  /// Prepares data first; nil where nothing is missing.
  package var data: Job?
  /// Makes tables, figures and the page at the end.
  package var finish: Job?

  package init(goal: String, presets: [String], arrays: [Array], data: Job?, finish: Job?) {
    (self.goal, self.presets, self.arrays, self.data, self.finish) = (goal, presets, arrays, data, finish)
  }

  static let file = "submission.json"

  func write(to folder: String) throws { try AtomicFile.write(try JSONText.encode(self), to: "\(folder)/\(Self.file)") }

  /// The records below the folder of jobs, the newest first, with their folders; those that cannot be read count as none.
  static func all(in jobs: String) throws -> [(folder: String, record: SubmissionRecord)] {
    try InputFile.names(inFolder: jobs).compactMap { name -> (number: Int, folder: String, record: SubmissionRecord)? in
      guard let number = name.split(separator: "-").last.flatMap({ Int($0) }),
        let record = try? JSONText.decode(SubmissionRecord.self, fromFile: "\(jobs)/\(name)/\(file)", madeBy: "make submit-…")
      else { return nil }
      return (number, "\(jobs)/\(name)", record)
    }
    .sorted { $0.number > $1.number }.map { ($0.folder, $0.record) }
  }
}
