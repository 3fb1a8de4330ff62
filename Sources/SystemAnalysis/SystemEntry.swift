/// A system and its place in a model.
package struct SystemEntry: Sendable {
  package let layer: Int
  /// 0 reads forwards, 1 backwards.
  package let direction: Int
  package let channel: Int
  package let system: any LayerSystem

  package init(layer: Int, direction: Int, channel: Int, system: any LayerSystem) {
    self.layer = layer
    self.direction = direction
    self.channel = channel
    self.system = system
  }

  package func resampled(every rate: Int) -> SystemEntry {
    SystemEntry(layer: layer, direction: direction, channel: channel, system: system.resampled(every: rate))
  }
}
