extension DataFamily {
  /// The tasks of the Long Range Arena; Image is gray CIFAR-10.
  package static let arena = DataFamily(
    ArenaArchive.dataset, "Fetches or generates tasks of the Long Range Arena and makes prepared data of them.",
    download: "Fetches and verifies the released files (about 8 GB; 84 MB for Text); generated data need no download.",
    preprocess: "Makes a prepared folder of generated or released data.",
    choices: [
      Choice("task", usual: "listops", "Task to prepare.", downloadMeaning: "Task whose files are needed."),
      Choice("source", "Where the data come from (default: ListOps and Pathfinder generated, otherwise released)."),
      Choice("centered", "Pathfinder: values from −1 to 1 instead of 0 to 1.", isFlag: true),
    ],
    recipes: DataRecipe.listOps + [DataRecipe.text] + DataRecipe.retrieval + DataRecipe.pathfinder)
}
