import ArgumentParser
import Catalogue

/// A preset as `--preset` takes it: `smoke`, `reduced`, `paper`.
extension Preset: ExpressibleByArgument {}
