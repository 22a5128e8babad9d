import LocalWeb

/// The forms of a step: plain HTML that works without a script, from a phone and with a keyboard scanner.
struct StepForm {
  let visitor: Visitor
  /// Which step the page is of.
  let step: String

  private var hidden: Markup {
    "\(visitor.hiddenField)<input type=\"hidden\" name=\"step\" value=\"\(step)\">"
  }

  /// A code from a keyboard scanner or typed, or a photograph.
  ///
  /// A keyboard scanner types the code and the return key into the field that has the focus. iPhones turn
  /// their pictures into JPEG for a field that takes nothing else.
  var scanning: Markup {
    """
    <form method="post" action="/scan">\(hidden)<label for="code">Scan with a keyboard scanner, or type \
    the code</label><input id="code" name="code" autocomplete="off" autocapitalize="characters" \
    spellcheck="false" maxlength="20" autofocus><button>Enter the code</button></form>
    <form method="post" action="/photograph" enctype="multipart/form-data">\(hidden)\
    <label for="photograph">Or photograph the label</label><input id="photograph" name="photograph" \
    type="file" accept="image/jpeg,image/png" capture="environment"><button>Read the photograph</button>\
    </form>

    """
  }

  /// The same while kits or cups are filled, when a picture that is kept would tell what its label holds.
  var scanningWhileFilling: Markup {
    """
    \(scanning)<p class="hint">Some phones keep a photograph in an album or a cloud, with its time. Switch that off \
    for now: pictures made while filling would tell which labels hold what.</p>

    """
  }

  /// Takes the scan of this number back, the last one; not there when there is none.
  ///
  /// The number is in the form, so that one that is sent twice takes one scan back, and in its words, because a
  /// label that was known already, or refused, is no scan.
  func undo(_ scan: Int) -> Markup {
    guard scan > 0 else { return "" }
    return """
      <form class="plain" method="post" action="/undo">\(hidden)<input type="hidden" name="scan" \
      value="\(scan)"><button>Take scan \(scan) back</button></form>

      """
  }

  /// A deed that is done only with its box ticked.
  func confirm(
    _ path: String, _ claim: String, _ deed: String, asking question: String = "Is it done?"
  ) -> Markup {
    let id = "sure-\(path.dropFirst())"
    return """
      <form method="post" action="\(path)">\(hidden)<fieldset><legend>\(question)</legend>\
      <label for="\(id)"><input id="\(id)" type="checkbox" name="sure" value="yes">\(claim)</label>\
      </fieldset><button>\(deed)</button></form>

      """
  }

  /// A deed.
  func button(_ path: String, _ deed: String) -> Markup {
    "<form method=\"post\" action=\"\(path)\">\(hidden)<button>\(deed)</button></form>\n"
  }

  /// One of three cups.
  var choice: Markup {
    let cups = (1...3).map { cup -> Markup in
      """
      <label for="cup-\(cup)"><input id="cup-\(cup)" type="radio" name="cup" value="\(cup)">cup \(cup)</label>
      """
    }
    return """
      <form method="post" action="/odd">\(hidden)<fieldset><legend>The odd one is</legend>\(cups)\
      </fieldset><button>That one</button></form>

      """
  }

  /// What was noticed, any number of them.
  func cues(_ names: [String]) -> Markup {
    let boxes = names.enumerated().map { index, name -> Markup in
      """
      <label for="cue-\(index)"><input id="cue-\(index)" type="checkbox" name="cue-\(index)" \
      value="yes">\(name)</label>
      """
    }
    return """
      <form method="post" action="/result">\(hidden)<fieldset><legend>Tick what you noticed, or nothing\
      </legend>\(boxes)</fieldset><button>Open the order</button></form>

      """
  }

  /// How far the step is, as a bar and in words.
  static func count(_ done: Int, _ total: Int, _ what: String) -> Markup {
    """
    <p><label for="done">\(done) of \(total) \(what)</label>\
    <progress id="done" max="\(total)" value="\(done)"></progress></p>

    """
  }
}
