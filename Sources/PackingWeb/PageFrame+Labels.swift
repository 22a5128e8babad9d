import BlindRecord
import LocalWeb
import TrialKits

extension PageFrame {
  /// The page where sheets of labels are chosen.
  ///
  /// - Parameters:
  ///   - what: how many there are, and what for.
  ///   - hasLast: whether one kit is left while sorting, whose label can be printed again.
  func labelsPage(_ what: Markup, hasLast: Bool = false) -> Markup {
    let formats = LabelFormat.all.map { format -> Markup in
      let isUsual = format.name == "L4731"
      let usual: Markup = isUsual ? " selected" : ""
      return "<option value=\"\(format.name)\"\(usual)>\(format.summary)</option>"
    }
    let again: Markup? =
      !hasLast
      ? nil
      : """
      <p><button formaction="/labels/last">The label of the last kit, again</button></p>
      """
    return page(
      title: "Labels",
      """
      <p>\(what) Some are left over. A label says nothing but its code. Each printing has an order of its \
      own: keep no file of it, and throw away the empty sheets when all is filled.</p>
      <form method="get" action="/labels/sheet" target="_blank">
      <label for="format">Sheets of labels</label><select id="format" name="format">\(formats)</select>
      <fieldset><legend>Beside the QR code</legend>
      <label for="text-yes"><input id="text-yes" type="radio" name="text" value="yes" checked>\
      the code in letters, to be typed when nothing can be scanned</label>
      <label for="text-no"><input id="text-no" type="radio" name="text" value="no">\
      nothing: nobody can remember what they cannot read</label></fieldset>
      <label for="first">First free label of the first sheet</label>\
      <input id="first" name="first" inputmode="numeric" value="1">
      <label for="right">Shift to the right, in mm</label>\
      <input id="right" name="right" inputmode="decimal" value="0">
      <label for="down">Shift downwards, in mm</label>\
      <input id="down" name="down" inputmode="decimal" value="0">
      <p class="hint" id="scale">In the browser’s print dialogue: scale 100 %, no margins, no headers.</p>
      <p><button>Show the sheets</button></p>\(again)
      <p class="plain"><button formaction="/labels/calibration">Show the calibration page</button></p>
      </form>
      <h2>First time with this printer?</h2>
      <p>Print the calibration page on plain paper, hold it with a sheet of labels against a window, and \
      measure by how much the outlines are off.</p>
      <p><a class="button plain" href="/">Back to packing</a></p>

      """)
  }

  /// A page for something that was refused outside of the steps.
  func refusal(_ notice: Notice) -> Markup {
    page(
      title: "Not done",
      "\(notice.markup)<p><a class=\"button\" href=\"/\">Back to packing</a></p>")
  }

  /// No such page.
  var missing: Markup {
    page(title: "No such page", "<p><a class=\"button\" href=\"/\">Back to packing</a></p>")
  }
}
