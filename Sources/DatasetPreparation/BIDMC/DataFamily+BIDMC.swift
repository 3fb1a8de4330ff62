extension DataFamily {
  /// Vital signs with a real number as target.
  package static let bidmc = DataFamily(
    BIDMCPreparation.family, "Fetches the BIDMC vital signs and makes prepared data of them.",
    download: "Fetches and verifies the .ts files of one task or of all.", preprocess: "Makes a prepared folder of a task's files.",
    choices: [
      Choice(
        "task", usual: BIDMCTask.respiratoryRate.rawValue, "Respiratory rate (rr), heart rate (hr) or oxygen saturation (spo2).",
        downloadMeaning: "Only the files of this task.", downloadsAll: true)
    ],
    recipes: BIDMCTask.allCases.map { task in
      DataRecipe(task.rawValue, of: BIDMCPreparation.family, choices: ["task": task.rawValue], files: task.fileNames) {
        try BIDMCPreparation.prepare(task, raw: $0.raw, output: $0.output)
      }
    },
    verifiesRaw: true)
}
