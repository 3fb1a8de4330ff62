import ArgumentParser

/// The attacks, in the order in which they run.
enum AttackKind: String, CaseIterable, Codable, ExpressibleByArgument {
  case calls, kills, disk, limits, streams, surroundings, together, mutations

  var attack: any Attack {
    switch self {
    case .calls: CallAttack()
    case .kills: KillAttack()
    case .disk: DiskAttack()
    case .limits: LimitAttack()
    case .streams: StreamAttack()
    case .surroundings: SurroundingsAttack()
    case .together: TogetherAttack()
    case .mutations: MutationAttack()
    }
  }

  /// Mutations need the test suite, which is built apart and has a sample of them of its own.
  var isInSample: Bool { self != .mutations }

  var summary: String { "\(rawValue): \(title)" }

  var title: String {
    switch self {
    case .calls: "each system call fails once, or the process is killed in front of it"
    case .kills: "killed at random moments"
    case .disk: "a file system that becomes full"
    case .limits: "limits of open files, address space and file size"
    case .streams: "standard streams that are closed or full"
    case .surroundings: "other locales, folders, variables and search paths"
    case .together: "the same command several times at once"
    case .mutations: "damaged files in front of every parser"
    }
  }
}
