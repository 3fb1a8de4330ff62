import Catalogue
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct PublishedNumbersTests {
  @Test("numbers are found by their cell")
  func lookup() throws {
    let numbers = try ExperimentCatalogue.load().published
    let image = numbers[PublishedCell(paper: "DFOUT", table: "Table 1", row: "S4D-Lin", column: "Image")]
    #expect(image?.value == 87.93 && image?.deviation == nil && image?.unit == "accuracy %")
    let sequential = numbers[PublishedCell(paper: "DFOUT", table: "Table 2", row: "S4D-Lin", column: "sCIFAR")]
    #expect(sequential?.value == 90.42 && sequential?.deviation == 0.03)
    #expect(sequential?.note == "mean of 3 seeds, std in parentheses in the paper")
    let infeasible = numbers[PublishedCell(paper: "DFOUT", table: "Table 1", row: "Transformer", column: "PathX-128")]
    #expect(infeasible != nil && infeasible?.value == nil, "a cell that the paper leaves empty")
    #expect(numbers[PublishedCell(paper: "DFOUT", table: "Table 1", row: "S4D-Lin", column: "Imaje")] == nil)
  }

  @Test("a cell without one of its names is refused", arguments: [",T,r,c", "P,,r,c", "P,T,,c", "P,T,r,"])
  func unnamed(cell: String) throws {
    let path = folder + "/published.csv"
    try AtomicFile.write(
      "paper,table,row_method,column_task,value,std,unit,note\nP,T,r,c,1,,accuracy %,\n\(cell),1,,accuracy %,\n", to: path)
    let error = stageError { _ = try PublishedNumbers(fromFile: path) }
    #expect(error?.code == .badData && error?.location == "\(path), row 2 below the header", "\(String(describing: error))")
  }

  @Test("a number is of the seeds that its note states, of DFOUT's three where it prints a deviation, else of one")
  func seeds() throws {
    let numbers = try ExperimentCatalogue.load().published
    func behind(_ paper: String, _ table: String, _ row: String, _ column: String) -> String {
      let number = numbers[PublishedCell(paper: paper, table: table, row: row, column: column)]
      return number.map { "\($0.statistic.rawValue) of \($0.seedCount)" } ?? "none"
    }
    #expect(behind("DFOUT", "Table 1", "S4D-Lin", "Image") == "mean of 1")
    #expect(behind("DFOUT", "Table 4", "S4D-Lin", "Image") == "mean of 3")
    #expect(behind("DFOUT", "Table 2", "S4D-Lin", "sCIFAR") == "mean of 3")
    #expect(behind("HOPE", "Table 1", "HOPE-SSM", "Image") == "median of 5")
    let unverified = numbers.cells.filter { numbers[$0]?.isVerified == false }
    #expect(unverified.map(\.table) == ["noise-padded sCIFAR figure", "noise-padded sCIFAR figure"])
  }

  @Test("of two tables with one number the one with a deviation decides for both; a probe has a number of its own")
  func deciding() throws {
    let catalogue = try ExperimentCatalogue.load()
    func deciding(_ id: String) throws -> [Double?] {
      let experiment = try catalogue.resolve(id: id, preset: .paper)
      return experiment.answers.map { catalogue.published.deciding($0, of: experiment)?.deviation }
    }
    #expect(try deciding("dfout-lra-image-s4d-lin") == [0.34, 0.34])
    #expect(try deciding("dfout-lra-image") == [nil, nil], "neither table prints one")
    #expect(try deciding("dfout-speech-commands") == [0.19, 0.27])
  }

  /// Rows of the papers' tables that are cited, not trained: other authors' models, and S4 with its low-rank part.
  private static let citations: [String: Set<String>] = [
    "DFOUT Table 1": ["Transformer", "S4-LegS", "S4-FouT", "S5"], "DFOUT Table 2": ["S4-LegS", "S4-FouT", "S5"],
    "DFOUT Table 3": ["S4-LegS", "S4-FouT"],
    "DFOUT Table 4": [
      "Transformer", "Reformer", "BigBird", "Linear Trans.", "Performer", "DSS", "S4-LegS", "S4-FouT", "Liquid-S4", "S5", "S5-Inv",
      "S5-Lin", "LRU", "MEGA", "S4 + Self-Pretrain (dagger)",
    ],
    "TFB Table 3": [], "HOPE Table 1": [],
  ]

  @Test("each cell of the papers' own rows is answered by one experiment, all other rows are known citations")
  func answeredOrCited() throws {
    let catalogue = try ExperimentCatalogue.load()
    let answers = catalogue.experiments(at: .paper).flatMap { $0.answers.map(\.cell) }
    #expect(Set(answers).count == answers.count, "two experiments answer one cell")
    for (name, citations) in Self.citations {
      let cells = catalogue.published.cells.filter { "\($0.paper) \($0.table)" == name }
      let cited = Set(cells.map(\.row)).filter { row in
        !answers.contains { cell in "\(cell.paper) \(cell.table)" == name && cell.row == row }
      }
      #expect(cited == citations, "\(name)")
      for cell in cells where !citations.contains(cell.row) && cell.column != "Avg." && catalogue.published[cell]?.value != nil {
        #expect(answers.contains(cell), "\(cell)")
      }
    }
    #expect(catalogue.published.cells.count == 456)
  }

  @Test("a cell must not appear twice")
  func duplicate() throws {
    try withTemporaryFolder { folder in
      let header = "paper,table,row_method,column_task,value,std,unit,note\n"
      try AtomicFile.write(header + "A,T,r,c,1,,%,\nA,T,r,c,2,,%,\n", to: "\(folder)/published.csv")
      let error = #expect(throws: StageError.self) { _ = try PublishedNumbers(fromFile: "\(folder)/published.csv") }
      #expect(error?.location == "\(folder)/published.csv, row 2 below the header")
    }
  }
}
