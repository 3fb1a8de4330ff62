/// A figure or statement of a paper that needs no training: its numbers as tables, which a script draws.
///
/// The numbers of `name` go to `<name>.csv` (and `<name>-….csv` if there are several tables); `paper-figures/<paper>/<name>.gp` draws them.
package protocol AnalyticResult: Sendable {
  /// Lower-case words that begin with the paper, such as `dfout-figure-3`; no name is another one and a `-…` behind it.
  var name: String { get }
  var paper: AnalyticPaper { get }
  /// The heading of the figure.
  var title: String { get }
  /// What makes missing tables; it is shown in their empty frames.
  var command: String { get }

  /// Computes the tables. Those whose data are not prepared are left out.
  ///
  /// - Throws: `StageError` for data that are there and cannot be used.
  func tables(_ context: AnalyticContext) throws -> [AnalyticTable]
}

extension AnalyticResult {
  package var command: String { "make reproduce-analytic" }

  /// An empty table of this result: `<name>` or `<name>-<part>`.
  package func table(_ part: String = "", columns: [String]) -> AnalyticTable {
    AnalyticTable(name: part.isEmpty ? name : "\(name)-\(part)", columns: columns)
  }
}

package enum AnalyticPaper: String, Sendable, CaseIterable { case dfout, tfb, hope }

/// What the computation of a result depends on besides its code.
package struct AnalyticContext: Sendable {
  package enum Size: String, Sendable, CaseIterable {
    /// The paper's sizes.
    case full
    /// Small sizes that take a moment, for tests.
    case tiny
  }

  package var size: Size
  /// Folder of prepared data, one folder for each family.
  package var preparedData: String

  package init(size: Size = .full, preparedData: String) {
    self.size = size
    self.preparedData = preparedData
  }

  /// The first at full size, the second for tests.
  package func sized<Value>(_ full: Value, tiny: Value) -> Value { size == .full ? full : tiny }
}
