import Testing
import TrialAnalysis

@testable import TrialReport

/// Scales, ticks and elements of the figures.
struct PlotTests {
  @Test func ticksAreRoundAndFew() {
    let scale = LinearScale(lower: -2.3, upper: 1.4, from: 0, to: 100)
    #expect(scale.ticks(5) == [-2, -1, 0, 1])
    #expect(LinearScale(lower: 0, upper: 1, from: 0, to: 1).ticks(4) == [0, 0.25, 0.5, 0.75, 1])
    let small = LinearScale(lower: 0.0011, upper: 0.0029, from: 0, to: 1).ticks(4)
    #expect(small.map { ShownNumber.text($0) } == ["0.0015", "0.002", "0.0025"])
    #expect(
      LinearScale(lower: 0.4, upper: 6.6, from: 0, to: 1).ticks(14, whole: true) == [
        1, 2, 3, 4, 5, 6,
      ])
  }

  @Test func ticksStayWithinAnyScale() {
    for power in -8...8 {
      for start in [-7.3, -1, 0, 0.2, 5] {
        var unit = 1.0
        for _ in 0..<abs(power) { unit *= power < 0 ? 0.1 : 10 }
        let scale = LinearScale(lower: start * unit, upper: (start + 3.7) * unit, from: 0, to: 1)
        for most in [3, 5, 9] {
          let ticks = scale.ticks(most)
          #expect(ticks.count <= most + 1)
          #expect(ticks.count >= 1)
          #expect(
            ticks.allSatisfy { $0 >= scale.lower - 1e-9 * unit && $0 <= scale.upper + 1e-9 * unit })
        }
      }
    }
  }

  @Test func aScaleIsNeverEmpty() {
    for values in [[], [3.0], [3, 3], [.infinity], [0]] {
      let scale = LinearScale(over: values, from: 0, to: 10)
      #expect(scale.upper > scale.lower)
      #expect((0...10).contains(scale.place(3)))
    }
    let turned = LinearScale(lower: 0, upper: 10, from: 100, to: 0)
    #expect(turned.place(2.5) == 75)
    #expect(turned.place(99) == 0)
  }

  @Test func elementsAreEscapedAndPlain() {
    var canvas = SVGCanvas(width: 10, height: 20)
    canvas.text("<a> & \"b\"", 1, 2.345, "label", anchor: .end)
    canvas.line(-1.5, 0, 1e-9, 3, "grid")
    let svg = canvas.svg(id: "x", title: "T & t", description: "D > d")
    #expect(
      svg.contains(
        "<text class=\"label\" x=\"1\" y=\"2.35\" text-anchor=\"end\">&lt;a&gt; &amp; &quot;b&quot;</text>"
      ))
    #expect(svg.contains("<line class=\"grid\" x1=\"-1.5\" y1=\"0\" x2=\"0\" y2=\"3\"/>"))
    #expect(svg.contains("aria-labelledby=\"x-t x-d\""))
    #expect(svg.contains("<title id=\"x-t\">T &amp; t</title><desc id=\"x-d\">D &gt; d</desc>"))
  }

  @Test func armsDifferInShapeAndNotOnlyInColour() {
    var canvas = SVGCanvas(width: 10, height: 10)
    canvas.mark(arm: 0, 5, 5, 2)
    canvas.mark(arm: 1, 5, 5, 2)
    let svg = canvas.svg(id: "x", title: "", description: "")
    #expect(svg.contains("<circle class=\"mark arm0\""))
    #expect(svg.contains("<path class=\"mark arm1\""))
  }
}
