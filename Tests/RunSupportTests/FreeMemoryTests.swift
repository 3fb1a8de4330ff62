import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct FreeMemoryTests {
  private func write(_ files: [String: String]) throws {
    for (path, text) in files { try AtomicFile.write(text, to: folder + path) }
  }

  @Test("without limits it is what the machine has free") func machine() throws {
    try write(["/proc/meminfo": "MemTotal:  2000 kB\nMemAvailable:   1000 kB\n", "/proc/self/cgroup": "0::/\n"])
    #expect(FreeMemory.resident(root: folder) == FreeMemory.Amount(bytes: 1_024_000, origin: "this machine"))
    #expect(FreeMemory.resident(root: folder + "/nowhere") == nil)
    #expect(try #require(FreeMemory.resident()).bytes > 1_000_000)
  }

  @Test("a control group, or one around it, may leave less; files that can be given back count as free") func controlGroups() throws {
    try write([
      "/proc/meminfo": "MemAvailable: 1000000 kB\n", "/proc/self/cgroup": "0::/jobs/7\n",
      "/sys/fs/cgroup/jobs/7/memory.max": "max\n", "/sys/fs/cgroup/jobs/7/memory.current": "500000\n",
      "/sys/fs/cgroup/jobs/memory.max": "900000\n", "/sys/fs/cgroup/jobs/memory.current": "600000\n",
      "/sys/fs/cgroup/jobs/memory.stat": "anon 400000\ninactive_file 150000\n",
    ])
    #expect(FreeMemory.resident(root: folder) == FreeMemory.Amount(bytes: 450_000, origin: "the control group /jobs"))
  }

  @Test("the first version of control groups, also seen from inside a container") func firstVersion() throws {
    let mount = "/sys/fs/cgroup/memory"
    try write([
      "/proc/meminfo": "MemAvailable: 1000000 kB\n", "/proc/self/cgroup": "5:cpu,cpuacct:/x\n4:memory:/docker/abc\n",
      "\(mount)/memory.limit_in_bytes": "700000\n", "\(mount)/memory.usage_in_bytes": "800000\n",
    ])
    #expect(FreeMemory.resident(root: folder) == FreeMemory.Amount(bytes: 0, origin: "the control group /"))
  }

  @Test("a limit of the address space leaves what is not yet taken") func addressSpace() async {
    await #expect(processExitsWith: .success) {
      var limit = rlimit(rlim_cur: 1 << 40, rlim_max: .max)
      setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
      let left = FreeMemory.addressSpace
      exit(left?.origin == "ulimit -v" && left!.bytes < 1 << 40 && left!.bytes > 1 << 39 ? 0 : 1)
    }
  }
}
