import Foundation
import RunPlanning
import RunSupport
import TestSupport
import Testing

/// What an element of an array does, with a scheduler and a training that only note their calls.
@Suite(.temporaryFolder) struct TaskScriptTests {
  private static let run = "e/smoke/seed-1"
  private var checkpoint: String { "\(folder)/results/runs/\(Self.run)/checkpoints/step-1" }

  init() throws {
    for path in ["bin", "job/notes", "results/runs/\(Self.run)/checkpoints", "jobs"] { try AtomicFile.makeDirectory("\(folder)/\(path)") }
    try AtomicFile.write(TaskScript.text, to: "\(folder)/job/task.bash")
    try AtomicFile.write("\(folder)/bin/train 'a word'\n", to: "\(folder)/job/a.commands")
    try AtomicFile.write("\(Self.run)\n", to: "\(folder)/job/a.runs")
    try program(
      "scontrol",
      """
      echo "$*" >> '\(folder)/calls'
      case "$*" in
        "show job"*) echo "JobId=5 x=1 JobState=$(cat '\(folder)/state') Reason=None ExcNodeList=(null) Features=$(cat '\(folder)/asked')" ;;
        "show node n1"*) echo "NodeName=n1 ActiveFeatures=rack1,old x=1" ;;
        "show node n2"*) echo "NodeName=n2 ActiveFeatures=rack1,new x=1" ;;
        "show node"*) echo "NodeName=n3 ActiveFeatures=(null) x=1" ;;
        "$(cat '\(folder)/refused' 2>/dev/null || echo none)"*) exit 1 ;;
      esac
      """)
    try AtomicFile.write("RUNNING", to: "\(folder)/state")
    try AtomicFile.write("(null)", to: "\(folder)/asked")
  }

  private func program(_ name: String, _ lines: String) throws {
    try AtomicFile.write("#!/bin/bash\n\(lines)\n", to: "\(folder)/bin/\(name)")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/bin/\(name)")
  }

  /// Runs the element on a node; sends it a signal as soon as it trains.
  private func start(on node: String = "n1", signal: String = "", warning: Int = 100) throws -> (status: Int32, note: String, calls: String)
  {
    try? FileManager.default.removeItem(atPath: "\(folder)/calls")
    try? FileManager.default.removeItem(atPath: "\(folder)/trains")
    try AtomicFile.write(
      """
      jobs='\(folder)/jobs' folder='\(folder)/job' results='\(folder)/results' array=a program='\(folder)/bin/train' warning=\(warning)
      . "$folder/task.bash"
      """, to: "\(folder)/job/a.sh")
    let script = """
      env --default-signal bash '\(folder)/job/a.sh' & job=$!
      if [ -n "$1" ]; then until [ -e '\(folder)/trains' ]; do sleep 0.02; done; kill -$1 $job; fi
      wait $job
      """
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let child = try ChildProcess(
      "/bin/bash", ["-c", script, "bash", signal],
      environment: [
        "PATH": "\(folder)/bin:\(path)", "SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_JOB_ID": "5", "SLURMD_NODENAME": node,
      ], output: .captured, errors: .captured)
    func text(_ name: String) -> String { (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? "" }
    return (child.status, text("job/notes/a-1").replacing(#/(?m)^[0-9]+\ /#, with: ""), text("calls"))
  }

  /// Waits for a signal, and saves a checkpoint if it is to.
  private func interruptible(saves: Bool = true, ends: Bool = true) -> String {
    """
    trap '\(saves ? "touch \"\(checkpoint)\"; " : "")\(ends ? "exit 75" : "true")' USR1 TERM
    sleep 0.02
    touch '\(folder)/trains'
    for i in $(seq 200); do sleep 0.05; done
    """
  }

  @Test("a run that ends well is noted, and its words are passed on whole") func done() throws {
    try program("train", "printf '%s\\n' \"$@\" > '\(folder)/words'")
    let (status, note, calls) = try start()
    #expect(status == 0 && note == "started n1\nended 0\n")
    #expect(!calls.contains("requeue"))
    #expect(try String(contentsOfFile: "\(folder)/words", encoding: .utf8) == "a word\n")
    try program("train", "exit 78")
    #expect(try start() == (78, "started n1\nended 0\nstarted n1\nended 78\n", "show node n1 -o\n"))
  }

  @Test("before its limit a run is interrupted, and put back into the queue", arguments: ["USR1", "TERM"])
  func limit(signal: String) throws {
    try program("train", interruptible())
    let (status, note, calls) = try start(signal: signal)
    #expect(status == 75 && note == "started n1\nrequeued \(signal == "USR1" ? "limit" : "preemption")\n", "\(note)")
    #expect(calls.hasSuffix("requeue 5_1\n"), "\(calls)")
  }

  @Test("one that was cancelled stays so") func cancelled() throws {
    try program("train", interruptible())
    try AtomicFile.write("COMPLETING", to: "\(folder)/state")
    let (status, note, calls) = try start(signal: "TERM")
    #expect(status == 75 && note.contains("ended 75 it was cancelled") && !calls.contains("requeue"), "\(note)")
  }

  @Test("one that saves nothing within its hours is not begun again for ever") func noProgress() throws {
    try program("train", interruptible(saves: false))
    let (status, note, calls) = try start(signal: "USR1")
    #expect(status == 75 && note.hasSuffix("ended 75 nothing was saved within its hours\n") && !calls.contains("requeue"), "\(note)")
  }

  @Test("a step that does not end in time does not cost the place in the queue") func longStep() throws {
    try program("train", interruptible(ends: false).replacing("seq 200", with: "seq 50"))
    let (_, note, calls) = try start(signal: "USR1", warning: 2)
    #expect(note.contains("requeued its step did not end in time\n") && calls.contains("requeue 5_1\n"), "\(note)")
  }

  private static let otherFingerprint = """
    echo '{"what":"the checkpoint was made under another numeric fingerprint"}' > "$FAILURE_NOTES"
    exit 78
    """

  @Test("on a node of another type a run waits for one like the first, by a feature or by leaving this one out") func otherNode() throws {
    try FileManager.default.removeItem(atPath: "\(folder)/results/runs/\(Self.run)/checkpoints")
    try program("train", "mkdir -p '\(folder)/results/runs/\(Self.run)/checkpoints'; touch '\(checkpoint)'; exit 74")
    #expect(try start(on: "n1").note == "started n1\nended 74\n")
    // The program's file stays: the same build.
    try AtomicFile.write(Self.otherFingerprint, to: "\(folder)/bin/real")
    try AtomicFile.write("bash '\(folder)/bin/real'\n", to: "\(folder)/job/a.commands")
    let moved = try start(on: "n2")
    #expect(moved.status == 75 && moved.note.hasSuffix("moved Features=old\n"), "\(moved)")
    #expect(moved.calls.contains("requeue 5_1\n") && moved.calls.hasSuffix("update JobId=5_1 Features=old\n"))
    try AtomicFile.write("gold", to: "\(folder)/asked")
    #expect(try start(on: "n2").calls.hasSuffix("update JobId=5_1 Features=gold&old\n"), "what the user asked for stays")
    try AtomicFile.write("n1 rack1 \(try stamp())\n", to: "\(folder)/jobs/nodes/e.smoke.seed-1")
    #expect(try start(on: "n2").calls.hasSuffix("update JobId=5_1 ExcNodeList=n2\n"))
    try AtomicFile.write("update", to: "\(folder)/refused")
    try program("scancel", "echo \"cancel $*\" >> '\(folder)/calls'")
    let unwilling = try start(on: "n2")
    #expect(unwilling.calls.hasSuffix("cancel 5_1\n") && unwilling.note.hasSuffix("the scheduler refuses ExcNodeList=n2\n"), "\(unwilling)")
    try AtomicFile.write("requeue", to: "\(folder)/refused")
    let refused = try start(on: "n2")
    #expect(refused.status == 75 && refused.note.hasSuffix("ended 75 node n2 has another numeric fingerprint than n1\n"), "\(refused.note)")
    try program("train", "true; another build")
    #expect(try start(on: "n2").note.hasSuffix("ended 75 its checkpoint was made by another build of the program (numeric fingerprint)\n"))
    try FileManager.default.removeItem(atPath: "\(folder)/jobs/nodes/e.smoke.seed-1")
    #expect(try start(on: "n2").note.hasSuffix("ended 75 its checkpoint was made elsewhere, under another numeric fingerprint\n"))
  }

  private func stamp() throws -> String {
    let child = try ChildProcess("/usr/bin/stat", ["-c", "%Y-%s", "\(folder)/bin/train"], output: .captured, errors: .inherited)
    return String(decoding: child.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
