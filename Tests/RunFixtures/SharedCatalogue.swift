import Catalogue

extension ExperimentCatalogue {
  private static let bundled = Result { try load() }

  /// The bundled catalogue, read once in a process: reading it takes seconds in debug builds.
  package static func shared() throws -> ExperimentCatalogue { try bundled.get() }
}
