/// What the page is divided by: the papers, and what belongs to none.
enum ReportPaper: String, CaseIterable {
  case tfb, hope, dfout
  /// Learning curves and kernels of all groups, and our own test runs.
  case house

  /// Of an experiment or of the folder of a figure; our own test runs belong to the house.
  init(folder: String) { self = ReportPaper(rawValue: folder) ?? .house }

  var name: String { self == .house ? "Ours" : rawValue.uppercased() }

  /// Its heading.
  var title: String {
    switch self {
    case .tfb: "TFB: Tuning Frequency Bias of State Space Models"
    case .hope: "HOPE for a Robust Parameterization of Long-memory State Space Models"
    case .dfout: "DFOUT: Uncovering the Spectral Bias in Diagonal State Space Models"
    case .house: "Learning curves and kernels of every group"
    }
  }

  /// Authors, place and address.
  var source: (text: String, address: String)? {
    switch self {
    case .tfb: ("Yu, Lyu, Lim, Mahoney, Erichson, ICLR 2025, arXiv:2410.02035", "https://arxiv.org/abs/2410.02035")
    case .hope: ("Yu, Mahoney, Erichson, arXiv:2405.13975", "https://arxiv.org/abs/2405.13975")
    case .dfout: ("Solozabal, Bojkovic, AlQuabeh, Inui, Takáč, NeurIPS 2025, arXiv:2508.20441", "https://arxiv.org/abs/2508.20441")
    case .house: nil
    }
  }
}
