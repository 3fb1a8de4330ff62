extension DataRecipe {
  /// Values from 0 to 1, or from −1 to 1; both made of the same pictures.
  static let pathfinder = ["", "-centered"].flatMap { range in
    let flags = range.isEmpty ? [] : ["--centered"]
    return [
      DataRecipe(
        family: "lra", variant: "pathfinder-generated" + range, needsDownload: false,
        parameterNames: ["resolution", "contourLength", "distractors", "count", "seed"],
        options: ["--task", "pathfinder", "--source", "generated"] + flags),
      DataRecipe(
        family: "lra", variant: "pathfinder-released" + range, needsDownload: true, parameterNames: ["resolution"],
        options: ["--task", "pathfinder", "--source", "released"] + flags),
    ]
  }
}
