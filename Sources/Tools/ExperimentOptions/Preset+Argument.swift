import ArgumentParser
import Experiments

/// As `--preset` takes it: `smoke`, `reduced`, `paper`.
extension Preset: ExpressibleByArgument {}
