/// Changes what a process inherits; results must be the same, or the change be refused in words.
struct SurroundingsAttack: Attack {
  private struct Surroundings {
    let title: String
    var environment: [String: String] = [:]
    var wrapper: [String] = []
    var before = ""
    var folderName: String?
  }

  private static let all = [
    Surroundings(title: "German", environment: ["LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"]),
    Surroundings(title: "Turkish", environment: ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"]),
    Surroundings(title: "locale C", environment: ["LC_ALL": "C", "LANG": "C"]),
    Surroundings(title: "unknown locale", environment: ["LC_ALL": "xx_YY.KOI8"]),
    Surroundings(title: "another time zone", environment: ["TZ": "Asia/Kathmandu"]),
    Surroundings(title: "unknown time zone", environment: ["TZ": ":/etc/passwd"]),
    Surroundings(title: "no home", wrapper: ["env", "-u", "HOME", "-u", "USER", "-u", "LOGNAME"]),
    Surroundings(title: "home that is missing", environment: ["HOME": "/nowhere"]),
    Surroundings(title: "no folder for temporary files", environment: ["TMPDIR": "/nowhere"]),
    Surroundings(title: "no environment", wrapper: ["env", "-i", "GIT_DIR=/nowhere"]),
    Surroundings(title: "no search path", environment: ["PATH": "/nowhere"]),
    Surroundings(title: "library to preload that is missing", environment: ["LD_PRELOAD": "/nowhere.so"]),
    Surroundings(title: "memory filled by malloc", environment: ["MALLOC_PERTURB_": "165"]),
    Surroundings(title: "one arena of malloc", environment: ["MALLOC_ARENA_MAX": "1", "MALLOC_TOP_PAD_": "1"]),
    Surroundings(title: "threads of BLAS", environment: ["OPENBLAS_NUM_THREADS": "7", "OMP_NUM_THREADS": "5"]),
    Surroundings(title: "another processor for BLAS", environment: ["OPENBLAS_CORETYPE": "Prescott"]),
    Surroundings(title: "another cache for BLAS", environment: ["OPENBLAS_L2_SIZE": "1"]),
    Surroundings(title: "guard of BLAS set from outside", environment: ["SSM_NUMERIC_ENVIRONMENT": "1", "OPENBLAS_CORETYPE": "Prescott"]),
    Surroundings(title: "guard of BLAS and cache", environment: ["SSM_NUMERIC_ENVIRONMENT": "1", "OPENBLAS_L2_SIZE": "1"]),
    Surroundings(title: "narrow terminal", environment: ["COLUMNS": "1", "LINES": "1", "TERM": "dumb"]),
    Surroundings(title: "private files", before: "umask 077"),
    Surroundings(title: "working folder that is gone", before: "mkdir -p /tmp/attack-$$ && cd /tmp/attack-$$ && rmdir /tmp/attack-$$"),
    Surroundings(title: "folder with blanks, quotes and signs", folderName: "it's \"a\" $HOME; `folder` & more"),
    Surroundings(title: "folder with letters of other scripts", folderName: "папка ü 文件夹"),
    Surroundings(title: "folder with a line break", folderName: "line\nbreak"),
    Surroundings(title: "folder with a long name", folderName: String(repeating: "long", count: 50)),
  ]

  func run(on bench: Bench, found: (AttackRow) -> Void) throws {
    for workload in bench.workloads {
      let trials = bench.some(Self.all, sample: 3).map { surroundings in
        var trial = Trial(workload: workload, label: surroundings.title)
        trial.disturb = { command, _ in
          command.environment.merge(surroundings.environment) { $1 }
          command.wrapper = surroundings.wrapper
          command.before = surroundings.before
        }
        trial.folderName = surroundings.folderName
        return trial
      }
      found(try bench.judge(trials, subject: workload.name, what: "surroundings"))
    }
  }
}
