/// How far apart two settings are in the error of a colour over that of the last frame repeated.
///
/// Both see the same videos, but their errors by the choice of videos are added as if they were others: the word comes rather too seldom.
struct VideoDifference {
  /// Of the setting, less that of the usual one.
  let value: Double
  /// What would be seen at least; nil unless the setting has two seeds.
  let smallest: Double?
  /// Lower errors are better.
  let verdict: Verdict

  /// Nil unless both have a value.
  init?(_ setting: VideoResult.Scores, usual: VideoResult.Scores) {
    guard let ours = setting.overRepeat.value, let theirs = usual.overRepeat.value else { return nil }
    value = ours - theirs
    let variances = [setting, usual].compactMap(\.overRepeat.videoVariance)
    let error = DifferenceError(
      ours: Self.scatter(setting), theirs: Self.scatter(usual), samplingVariance: variances.count == 2 ? variances[0] + variances[1] : 0)
    smallest = error?.smallestDifference
    if setting.seeds.count < 2 || usual.seeds.count < 2 {
      verdict = .oneSeed
    } else if variances.count < 2 {
      verdict = .unknownTestError
    } else if let smallest {
      verdict = Verdict(difference: value, smallest: smallest, increases: false)
    } else {
      verdict = .noScatter
    }
  }

  private static func scatter(_ scores: VideoResult.Scores) -> SeedScatter {
    let seeds = scores.overRepeat.seeds
    return SeedScatter(deviation: seeds.deviation, count: seeds.values.count, statistic: seeds.statistic)
  }
}
