import Datasets

/// Web pages that show every prepared dataset to a person.
package enum DatasetPages {
  package static func write(data: String, sources: String, output: String) throws -> [String] { [] }
}
