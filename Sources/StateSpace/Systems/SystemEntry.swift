/// A system and its place in a model.
package struct SystemEntry: Sendable {
  package var layer: Int
  /// 0 reads forwards, 1 backwards.
  package var direction: Int
  package var channel: Int
  package var system: any LayerSystem

  package init(layer: Int, direction: Int, channel: Int, system: any LayerSystem) {
    self.layer = layer
    self.direction = direction
    self.channel = channel
    self.system = system
  }

  /// Another system in the same place.
  package func with(_ system: any LayerSystem) -> SystemEntry {
    SystemEntry(layer: layer, direction: direction, channel: channel, system: system)
  }

  /// This system in another layer.
  package func inLayer(_ layer: Int) -> SystemEntry {
    SystemEntry(layer: layer, direction: direction, channel: channel, system: system)
  }

  package func resampled(every rate: Int) -> SystemEntry { with(system.resampled(every: rate)) }
}
