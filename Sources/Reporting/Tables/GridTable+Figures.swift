import Runs
import Catalogue
import Datasets
import SequenceModels

extension GridTable {
  static let all = [waves, ablation, denoising, training, delay, cuts, sensitivity("6"), sensitivity("8")]

  private static let waves = GridTable(
    name: "tfb-figure-10", title: "TFB Figures 1 and 10: amplitudes of superposed waves",
    note: """
      Mean absolute error of each wave's amplitude on the test split at the epoch with the best validation; always answering with the mean
      gives 0.25. The paper's numbers are in its pictures alone.
      """, corner: "Model"
  ) { experiment in
    guard case .wavesRegressor(let model) = experiment.configuration.model else { return [] }
    let row = settings(model.frequencyScale, model.filterExponent, of: experiment)
    return WaveTask.frequencies.enumerated().map { index, frequency in
      Place(
        row: row, column: GridLabel("\(GridLabel.digits(frequency)) rad/s", order: frequency), probe: RunSummary.output(index + 1))
    }
  }

  private static let ablation = GridTable(
    name: "tfb-figure-5", title: "TFB Figure 5: α and β on sequential CIFAR-10 in gray",
    note: """
      Test accuracy in percent, of TFB's own layer. The filter's factors lie between 1 and 1.5^β. The paper's grid and numbers are in its
      picture alone; the grid is ours.
      """, corner: "α"
  ) { experiment in
    guard experiment.group == "ablation", case .diagonal(let layer)? = experiment.configuration.model.blocks?.layer else { return [] }
    return [Place(row: GridLabel("α", layer.frequencyScale ?? 1), column: GridLabel("β", layer.filter?.exponent ?? 0))]
  }

  private static let denoising = GridTable(
    name: "tfb-denoising", title: "TFB: faces with stripes",
    note: """
      Mean squared error to the clean picture: of clean pictures, and of those with vertical stripes, which are of high frequency in the
      order of the pixels, and with horizontal ones, which are of low. Trained on clean pictures only. No source gives the paper's numbers.
      """, corner: "Model"
  ) { experiment in
    guard case .denoiser(let model) = experiment.configuration.model else { return [] }
    // Frequencies are α·π apart.
    let row = settings((model.frequencyStep / Double.pi * 1000).rounded() / 1000, model.filterExponent, of: experiment)
    let probes = (experiment.configuration.training.probes ?? []).map(\.name)
    return [Place(row: row, column: GridLabel("clean", order: 0))]
      + probes.enumerated().map { Place(row: row, column: GridLabel("\($1) stripes", order: Double($0 + 1)), probe: $1) }
  }

  private static let training = GridTable(
    name: "hope-figures-2-3", title: "HOPE Figures 2 and 3, Experiment I: sequential CIFAR-10",
    note: "Test accuracy in percent at the epoch with the best validation; the paper shows curves only.", corner: "Model"
  ) { experiment in
    guard experiment.paper == "hope", experiment.task == "scifar", let layer = experiment.configuration.model.blocks?.layer else {
      return []
    }
    let whole = experiment.configuration.training.optimizer.learningRate
    let rate = if case .diagonal(let diagonal) = layer { diagonal.poleLearningRate } else { whole }
    let text = rate < whole ? "smaller rate for A" : "one rate"
    return [Place(row: GridLabel(experiment.method), column: GridLabel("\(text), \(GridLabel.digits(rate))", order: rate))]
  }

  private static let delay = GridTable(
    name: "dfout-figure-4", title: "DFOUT Figure 4: the delay task",
    note: """
      Mean squared error of the reconstruction, over the time step Δ where there is one. Re λ = 0 in all but the last grid, as in the paper,
      whose numbers are in its picture alone. Without damping the poles of S4D-FouT are those of S4D-Lin, so it is left out. Undamped grids
      repeat their spike, DFouT's after twice the stored modes and S4D-Lin's after 2/Δ steps. Least squares is the smallest error over C, D
      and the decoder on the same sequences with the poles where they start, computed in double precision by `make delay-limits`: it says
      how much of the repeats they can take away. Its rank counts eigenvalues of the Gram matrix above 1e-12 of the largest. Training also
      moves the poles, so it may go below.
      """, corner: "Model"
  ) { experiment in
    guard case .delay(let model) = experiment.configuration.model else { return [] }
    let isUnit = model.inputFactor == .unit
    let (section, column) =
      switch model.initialization {
      case .linear, .inverse, .legS: (GridLabel("Poles in continuous time"), GridLabel("Δ", model.timestep))
      case .undampedFourier: (GridLabel("Fourier modes without damping", order: 1), GridLabel("for every Δ"))
      case .dampedFourier: (GridLabel("Damped Fourier modes, an extra of ours", order: 2), GridLabel("ξ", model.timestep))
      }
    let row = "\(experiment.method), \(model.modeCount) modes" + (isUnit ? ", unit input" : "")
    return [
      Place(section: section, row: GridLabel(row, order: -Double(model.modeCount), order(experiment), isUnit ? 1 : 0), column: column)
    ]
  }

  private static let cuts = GridTable(
    name: "dfout-figure-5", title: "DFOUT Figure 5, left: shorter kernels and fewer layers on sequential CIFAR-10",
    note: """
      Test accuracy in percent of a small S4D-Lin, trained anew for each cell. The paper states that 32 coefficients lose nothing; its
      numbers are in its picture alone. Of its layers it replaces some by "identity mappings": whole blocks, or their systems alone with
      norm, mixing and residual sum in place; both readings are here.
      """, corner: "Model"
  ) { experiment in
    guard experiment.group == "scifar", experiment.task == "scifar-cut" else { return [] }
    let probe = experiment.configuration.training.probe
    let row = GridLabel(experiment.method)
    let kernel = Place(
      section: GridLabel("Coefficients of each kernel"), row: row,
      column: probe?.kernelLength.map { GridLabel("\($0)", order: Double($0)) } ?? GridLabel("all", order: .infinity))
    func place(_ section: String, _ order: Double, _ count: Int?) -> Place {
      Place(
        section: GridLabel(section, order: order), row: row,
        column: count.map { GridLabel("\($0)", order: Double($0)) } ?? GridLabel("all", order: .infinity))
    }
    let blocks = place("Blocks, the others left out whole", 1, probe?.layerCount)
    let systems = place("Blocks with systems, those of the others the identity", 2, probe?.systemLayerCount)
    if probe?.kernelLength != nil { return [kernel] }
    if probe?.systemLayerCount != nil { return [systems] }
    return probe?.layerCount == nil ? [kernel, blocks, systems] : [blocks]
  }

  /// Place of the method in the order of the paper's tables.
  private static func order(_ experiment: Experiment) -> Double {
    ["S4D-Lin": 1, "S4D-Inv": 2, "S4D-LegS": 3][experiment.method] ?? 4
  }

  /// A row for α and β; as released after the plain one.
  private static func settings(_ scale: Double, _ exponent: Double, of experiment: Experiment) -> GridLabel {
    let text = "α = \(GridLabel.digits(scale)), β = \(GridLabel.digits(exponent))"
    return experiment.isAsReleased
      ? GridLabel(text + " (as released)", order: scale, exponent, 1) : GridLabel(text, order: scale, exponent, 0)
  }

  /// Figure 6 shows Image and Pathfinder, Figure 8 the other tasks.
  private static func sensitivity(_ number: String) -> GridTable {
    GridTable(
      name: "dfout-figure-\(number)", title: "DFOUT Figure \(number): how far the largest initial Δ or ξ decides",
      note:
        "Test accuracy in percent; columns are the largest initial Δ of S4D and ξ of DFouT, the smallest is 0.001. The paper's grid and numbers are in its picture alone; the grid is ours.",
      corner: "Model"
    ) { experiment in
      guard experiment.group == "sensitivity", experiment.paper == "dfout", let layer = experiment.configuration.model.blocks?.layer,
        ["image", "pathfinder"].contains(experiment.task) == (number == "6")
      else { return [] }
      let maximum = layer.initialRange.upperBound
      return [
        Place(
          section: GridLabel(CatalogueTitles.task(experiment.task), order: Double(CatalogueTitles.place(ofTask: experiment.task))),
          row: GridLabel(experiment.method, order: order(experiment)),
          column: GridLabel(GridLabel.digits(maximum), order: maximum))
      ]
    }
  }
}
