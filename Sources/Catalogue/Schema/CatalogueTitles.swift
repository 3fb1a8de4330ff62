/// What readers call the groups and tasks of the catalogue. A name that is not here stands for itself.
package enum CatalogueTitles {
  private static let groups = [
    "ablation": "Ablation of α and β on sequential CIFAR-10", "bidmc": "Vital signs (BIDMC)", "delay": "Delay task",
    "denoising": "Denoising of faces", "lra": "Long Range Arena", "moving-mnist": "Moving MNIST",
    "noisy-scifar": "Sequential CIFAR-10 padded with noise",
    "scifar": "Sequential CIFAR-10", "sensitivity": "Sensitivity to initial values", "speech-commands": "Speech Commands",
    "tiny": "Our own test runs, which answer no paper", "waves": "Amplitudes of superposed waves",
  ]

  /// In the order in which the papers print them.
  private static let tasks: KeyValuePairs = [
    "listops": "ListOps", "text": "Text", "retrieval": "Retrieval", "image": "Image", "pathfinder": "Pathfinder", "pathx": "PathX",
    "pathx256": "PathX-256",
  ]

  package static func group(_ name: String) -> String { groups[name] ?? name }

  package static func task(_ name: String) -> String { tasks.first { $0.key == name }?.value ?? name }

  /// Where a task stands among others; after all if it is not here.
  package static func place(ofTask name: String) -> Int { tasks.firstIndex { $0.key == name } ?? tasks.count }
}
