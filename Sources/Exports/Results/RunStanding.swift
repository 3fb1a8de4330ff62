import Catalogue
import Runs

/// How a finished run stands to the catalogue of today.
enum RunStanding: String, Encodable {
  /// It ran the experiment's present configuration.
  case current
  /// Under this name the catalogue has another configuration now.
  case outdated
  /// The catalogue has no such experiment.
  case unlisted

  init(_ run: FinishedRun, _ experiment: Experiment?) {
    guard let experiment else {
      self = .unlisted
      return
    }
    self = experiment.configuration == run.configuration ? .current : .outdated
  }
}
