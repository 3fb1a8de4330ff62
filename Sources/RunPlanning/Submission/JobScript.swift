/// The file that `sbatch` takes for a job or an array of jobs.
struct JobScript {
  /// By which the job is known in the queue.
  let name: String
  let limits: SizeClass
  let threads: Int
  /// Where its output goes, with Slurm's `%a` for the place in an array.
  let log: String
  /// Further lines `#SBATCH`, without that word.
  var options: [String] = []
  /// What the cluster asks for, as the user says it; comes last, so that it overrides.
  let siteOptions: String
  /// The folder that relative paths begin at.
  let workingFolder: String
  let body: String

  var text: String {
    let own =
      [
        "--job-name=\(name)", "--time=\(limits.hours):00:00", "--mem=\(limits.memoryGB)G", "--cpus-per-task=\(threads)",
        "--output=\"\(log)\"", "--open-mode=append", "--requeue",
      ] + (limits.hasGPU ? ["--gres=gpu:1"] : []) + options
    let site = limits.hasGPU ? siteOptions : Self.withoutGPU(siteOptions)
    return """
      #!/bin/bash
      \((own + [site].filter { !$0.isEmpty }).map { "#SBATCH \($0)" }.joined(separator: "\n"))
      cd \(ShellText.word(workingFolder)) || exit 66
      \(body)
      """
  }

  /// A path in an option of Slurm, which takes `%` for a sign of its own.
  static func path(_ path: String) -> String { path.replacing("%", with: "%%") }

  /// Data are prepared, and tables made, on no GPU.
  private static func withoutGPU(_ options: String) -> String {
    options.split(separator: " ").filter { !$0.contains(/^(--gres=gpu|--gpus|-G)/) }.joined(separator: " ")
  }
}
