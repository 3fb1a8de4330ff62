import Catalogue
import RunSupport
import TestSupport
import Testing

/// A file `tiny/tiny-new.yaml` with a mistake, others that it needs, and the message that they must give.
struct CatalogueMistake: Sendable, CustomTestStringConvertible {
  let text: String
  let others: [String: String]
  let what: String
  let why: String?
  let fix: String

  init(_ text: String, beside others: [String: String] = [:], _ what: String, why: String? = nil, fix: String) {
    (self.text, self.others, self.what, self.why, self.fix) = (text, others, what, why, fix)
  }

  var testDescription: String { what }

  func expectRefusal() throws {
    try makeCatalogue(files: others.merging(["tiny/tiny-new.yaml": text]) { $1 })
    let error = #expect(throws: StageError.self) { _ = try ExperimentCatalogue.load(directory: folder) }
    #expect(error?.code == .badConfiguration)
    #expect(error?.what == what)
    #expect(error?.location.hasPrefix(folder) == true, "\(error?.location ?? "")")
    #expect(why.map { error?.why == $0 } ?? (error?.why.isEmpty == false), "\(error?.why ?? "")")
    #expect(error?.remedy == fix)
  }
}
