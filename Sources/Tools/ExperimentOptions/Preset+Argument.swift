import ArgumentParser
import Catalogue

/// As `--preset` takes it: `smoke`, `reduced`, `paper`.
extension Preset: ExpressibleByArgument {}
