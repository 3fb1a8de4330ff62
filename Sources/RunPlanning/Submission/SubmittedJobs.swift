import Catalogue
import Foundation
import RunSupport

/// What has become of runs that were submitted: the queue, and the notes that jobs left.
package struct SubmittedJobs: Sendable {
  package enum State: Sendable, Equatable {
    case queued(String)
    case running(String)
    case failed(String)
  }

  /// By paths below `runs`; runs whose jobs are done have none.
  package let states: [String: State]
  /// Paths below `runs` of all that was ever submitted.
  private let paths: Set<String>
  /// Jobs in the queue that prepare data: number and folders below `prepared`.
  let preparing: [(job: String, folders: [String])]
  /// Arrays in the queue that train: number and presets.
  let training: [(job: String, presets: [String])]
  /// Last jobs that have not begun: number and the presets of their tables.
  let finishing: [(job: String, presets: [String])]

  /// - Parameters:
  ///   - results: the folder with `jobs`.
  ///   - queue: nil where it is not known.
  ///   - pastStates: what accounting says of jobs that are gone, by their numbers.
  /// - Throws: `StageError` (`inputOutput`) if the system does not give the folder.
  package init(results: String, queue: [QueuedJob]?, pastStates: ([String]) -> [String: String] = { _ in [:] }) throws {
    let records = try SubmissionRecord.all(in: "\(results)/jobs")
    let live = Dictionary(grouping: queue ?? [], by: \.name)
    var states: [String: State?] = [:]
    var unexplained: [(path: String, job: String)] = []
    for (folder, record) in records {
      for array in record.arrays {
        let elements = Dictionary((live[array.name] ?? []).map { ($0.index ?? 0, $0) }) { first, _ in first }
        for (place, path) in array.runs.enumerated() where states[path] == nil {
          if let job = elements[place + 1] {
            states[path] = Self.state(of: job)
          } else {
            let end = queue == nil ? .unknown : JobNote(fromFile: "\(folder)/notes/\(array.file)-\(place + 1)").end
            states[path] = Self.state(end, folder: folder, record: record, isSubmitted: array.job != nil)
            if let job = array.job, end == .none || end == .cutOff { unexplained.append((path, "\(job)_\(place + 1)")) }
          }
        }
      }
    }
    let past = pastStates(unexplained.map(\.job))
    for (path, job) in unexplained {
      if case .failed(let why)? = states[path] ?? nil, let state = past[job] { states[path] = .failed("\(why) (\(state))") }
    }
    self.states = states.compactMapValues { $0 }
    paths = Set(states.keys)
    preparing = records.compactMap { _, record in
      record.data.flatMap { data in live[data.name]?.first.map { ($0.arrayID, data.prepares) } }
    }
    training = records.flatMap { _, record in
      record.arrays.compactMap { array in live[array.name]?.first.map { ($0.arrayID, record.presets) } }
    }
    finishing = records.compactMap { _, record in
      guard let job = record.finish.flatMap({ live[$0.name]?.first }), job.isPending else { return nil }
      return (job.arrayID, record.presets)
    }
  }

  /// Seeds of an experiment that were submitted, in their order; they need not be those of its own list.
  package func seeds(of experiment: Experiment) -> [UInt64] {
    let folder = "\(experiment.id)/\(experiment.preset.rawValue)/seed-"
    return paths.compactMap { $0.hasPrefix(folder) ? UInt64($0.dropFirst(folder.count)) : nil }.sorted()
  }

  /// Whether a run is in the queue, waiting or running.
  func isUnderWay(_ path: String) -> Bool {
    switch states[path] {
    case .queued, .running: true
    case .failed, nil: false
    }
  }

  private static func state(of job: QueuedJob) -> State {
    if job.isRunning { return .running(job.node.isEmpty ? "job \(job.id)" : "job \(job.id) on \(job.node)") }
    return .queued("job \(job.id), \(job.isPending ? job.reason : job.state)")
  }

  private static func state(_ end: JobNote.End, folder: String, record: SubmissionRecord, isSubmitted: Bool) -> State? {
    switch end {
    case .unknown, .ended(0, _): return nil
    case .ended(let code, let why): return .failed(why.isEmpty ? "exit code \(code)" : "\(why); exit code \(code)")
    case .cutOff: return .failed("its job ended without a word: cancelled, killed, or its node failed")
    case .none:
      guard isSubmitted else { return nil }
      if case .ended(let code, let why) = JobNote(fromFile: "\(folder)/notes/\(DataJob.file)").end, code != 0 {
        return .failed("its data were not prepared: \(why.isEmpty ? "" : "\(why); ")exit code \(code)")
      }
      return .failed("cancelled before it began")
    }
  }
}

/// What a job noted in lines such as `1700000000 ended 75 why`.
struct JobNote {
  enum End: Equatable {
    /// It never began.
    case none
    /// It began and said no more.
    case cutOff
    case ended(Int32, why: String)
    /// Nobody knows whether it still runs.
    case unknown
  }

  let end: End

  init(fromFile path: String) {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    guard let line = text.split(separator: "\n").last else {
      end = .none
      return
    }
    guard let match = line.wholeMatch(of: /[0-9]+ ended ([0-9]+) ?(.*)/), let code = Int32(match.1) else {
      end = .cutOff
      return
    }
    let words = FailureNote.read(fromFile: path + ".jsonl").last.map { "\($0.tool): \($0.what) (\($0.why))" }
    end = .ended(code, why: match.2.isEmpty ? words ?? Self.meaning(of: code) : String(match.2))
  }

  private static func meaning(of code: Int32) -> String {
    code == 137 ? "killed, perhaps for more memory than its job had" : ""
  }
}
