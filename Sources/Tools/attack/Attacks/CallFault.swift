import Foundation

/// Kinds of system calls that fail in the same ways; the kinds are those of `CallFaults.c`.
struct CallFault {
  let title: String
  let kinds: [String]
  /// Numbers of errors; 0 is a write of half of the bytes, nil a kill in front of the call.
  let errors: [Int32?]
  /// All later calls of that kind fail too.
  var lasts = false
  /// How many of them a whole attack tries; nil for all.
  var most: Int?

  static let groups = [
    CallFault(title: "write fails", kinds: ["write"], errors: [ENOSPC, EIO, 0]),
    CallFault(title: "write fails from then on", kinds: ["write"], errors: [ENOSPC], lasts: true, most: 30),
    CallFault(title: "flush fails", kinds: ["fsync"], errors: [EIO, ENOSPC]),
    CallFault(title: "rename fails", kinds: ["rename"], errors: [ENOSPC, EACCES]),
    CallFault(title: "file or folder cannot be made", kinds: ["create", "mkdir"], errors: [ENOSPC, EMFILE, EACCES]),
    CallFault(title: "unlink or truncate fails", kinds: ["unlink", "truncate"], errors: [EROFS, EIO]),
    CallFault(title: "open, read, list or map fails", kinds: ["open", "read", "list", "map"], errors: [EIO, EMFILE, ENOMEM], most: 120),
    CallFault(title: "lock fails", kinds: ["lock"], errors: [ENOLCK]),
    CallFault(title: "file system without locks", kinds: ["lock"], errors: [EOPNOTSUPP], lasts: true),
    CallFault(title: "thread, process or pipe fails", kinds: ["thread", "spawn", "pipe"], errors: [EAGAIN, EMFILE]),
    CallFault(title: "no thread from then on", kinds: ["thread"], errors: [EAGAIN], lasts: true, most: 4),
    CallFault(title: "killed in front of a change", kinds: ["create", "fsync", "mkdir", "rename", "unlink"], errors: [nil]),
  ]

  static func text(_ error: Int32?) -> String {
    switch error {
    case nil: "killed"
    case 0: "half of the bytes"
    case let number?: String(cString: strerror(number))
    }
  }
}
