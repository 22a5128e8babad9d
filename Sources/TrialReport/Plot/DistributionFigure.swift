import TrialAnalysis

/// What the statistic would have been under every other schedule, with the observed value.
struct DistributionFigure {
  private let test: EffectTest
  private let contrast: Contrast
  private let name: String
  private let adjustment: String?
  private let isOnly: Bool
  /// Which schedules are compared, as in "that the scheme could have drawn".
  private let possible: String

  /// `nil` where there is no test.
  init?(_ result: TrialResult, _ contrast: Contrast) {
    self.init(result.primary, contrast, adjustment: result.adjustment)
  }

  /// The same for any outcome.
  init?(_ outcome: OutcomeResult, _ contrast: Contrast, adjustment: String?) {
    guard let test = contrast.test, !test.distribution.isEmpty else { return nil }
    self.test = test
    self.contrast = contrast
    name = outcome.name
    self.adjustment = adjustment
    isOnly = outcome.contrasts.count == 1
    possible = outcome.possible(for: contrast)
  }

  /// What the axis shows.
  private var quantity: String { test.hasOwnUnit ? "statistic" : "difference" }

  /// The observed value as it is read.
  private var observed: String {
    test.isInfinite ? (test.observed > 0 ? "∞" : "−∞") : ShownNumber.text(test.observed)
  }

  private var tail: DistributionTail { DistributionTail(test) }

  var figure: Figure {
    let count = ShownNumber.count(test.referenceSet.count)
    let source =
      switch test.method {
      case .exact: "all \(count) schedules that \(possible)"
      case .monteCarlo(let draws, _):
        "\(ShownNumber.count(String(draws))) draws from the \(count) schedules that \(possible)"
      }
    let allowing = adjustment.map { ", after allowing for \($0)" } ?? ""
    let undefined =
      test.referenceSet.undefined == "0" ? "" : ", those without both arms rated among them"
    let classes =
      test.distribution.contains { $0.upper > $0.lower }
      ? " Each bar gathers the \(quantity)s between its two sides." : ""
    let infinite =
      test.infinity == nil
      ? "" : " The outermost bars are infinite: there nothing varies beside the difference."
    return Figure(
      id: isOnly ? "distribution" : "distribution-\(contrast.arm)",
      title: isOnly
        ? "The randomization distribution" : "The randomization distribution of \(contrast.name)",
      description:
        "\(test.hasOwnUnit ? "Statistics of" : "Differences in") \(name) under \(source), if the arms made no difference. The "
        + "observed \(quantity)\(allowing.isEmpty ? "" : allowing + ",") is "
        + "\(observed); "
        + "\(ShownNumber.percent(tail.share)) of the schedules give one \(tail.words)\(undefined)."
        + tail.meaning,
      caption: "If the arms made no difference, the same ratings would have given these "
        + "\(quantity)s under \(source).\(allowing.isEmpty ? "" : " All are taken\(allowing.dropFirst()).") "
        + "Strong bars are \(tail.words) "
        + "as the observed \(quantity).\(tail.meaning)\(classes)\(infinite)",
      draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    var canvas = SVGCanvas(width: width, height: width > 500 ? 250 : 220)
    let bottom = canvas.height - 44
    let ends = test.distribution.flatMap { [$0.lower, $0.upper] }
    let x = LinearScale(over: ends + [test.observed], from: 14, to: width - 14)
    let most = test.distribution.map(\.probability).max() ?? 1
    let y = LinearScale(lower: 0, upper: most, from: bottom, to: 34)
    let gaps = zip(test.distribution, test.distribution.dropFirst()).map {
      x.place($1.lower) - x.place($0.lower)
    }
    let spike = max(1.5, min(9, (gaps.min() ?? 9) * 0.7))
    for bar in test.distribution {
      let style = tail.holds(bar) ? "column extreme of\(SVGCanvas.look(contrast.arm))" : "column"
      let top = min(y.place(bar.probability), bottom - (tail.holds(bar) ? 1.5 : 0.6))
      if bar.upper > bar.lower {
        let left = x.place(bar.lower)
        canvas.rect(left + 0.4, top, x.place(bar.upper) - left - 0.8, bottom - top, style)
      } else {
        canvas.rect(x.place(bar.lower) - spike / 2, top, spike, bottom - top, style)
      }
    }
    canvas.line(14, bottom, width - 14, bottom, "axis")
    for tick in x.ticks(width > 500 ? 9 : 5) {
      canvas.line(x.place(tick), bottom, x.place(tick), bottom + 4, "axis")
      canvas.text(ShownNumber.text(tick), x.place(tick), bottom + 18, "tick", anchor: .middle)
    }
    canvas.text(quantity, width - 14, bottom + 36, "label", anchor: .end)
    drawObserved(&canvas, x, bottom)
    return canvas
  }

  private func drawObserved(_ canvas: inout SVGCanvas, _ x: LinearScale, _ bottom: Double) {
    let place = x.place(test.observed)
    canvas.line(place, 24, place, bottom, "observed")
    let anchor: SVGCanvas.Anchor =
      place < 90 ? .start : place > canvas.width - 90 ? .end : .middle
    canvas.text("observed \(observed)", place, 16, "label strong", anchor: anchor)
  }
}
