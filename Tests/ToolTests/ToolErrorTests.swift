import Testing

/// What every tool says and how it ends when it does not work.
@Suite struct ToolErrorTests {
  @Test("help is no error", arguments: [["--help"], ["help", "status"], ["status", "--help"], []])
  func help(arguments: [String]) throws {
    let result = try BuiltTool.run("plan-runs", arguments)
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    #expect(result.output.contains("USAGE: plan-runs"))
  }

  @Test("a wrong option is a usage error with the parser's own words", arguments: [["--colour"], ["status", "--preset", "huge"]])
  func usage(arguments: [String]) throws {
    let result = try BuiltTool.run("plan-runs", arguments)
    #expect(result.status == 64)
    #expect(result.errors.hasPrefix("Error: ") && result.errors.contains("Usage: plan-runs"), "\(result.errors)")
  }

  @Test("what is missing is fetched by the command that fetches no more", arguments: [("imdb", "imdb"), ("lra", "lra TASKS=listops")])
  func downloadCommands(folder: String, target: String) throws {
    try BuiltTool.refuse(
      "prepare-lra", ["verify", "--raw", "/nonexistent/\(folder)", "--output", "/nonexistent/output"], status: 66,
      "`make download-\(target)`")
  }
}
