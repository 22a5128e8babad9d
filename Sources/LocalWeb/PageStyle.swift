/// How the pages look: large type and targets, light and dark, from 320 pixels of width on.
package enum PageStyle {
  /// The style sheet.
  ///
  /// Colours have a contrast of at least 4.5 to 1 for text and 3 to 1 for edges.
  package static let sheet = """
    :root { color-scheme: light dark; --paper: #fff; --ink: #1a1a1a; --soft: #55595f;
      --line: #7a7f87; --fill: #f1f3f5; --deed: #0b57a4; --on-deed: #fff;
      --good: #14622f; --bad: #a1201c; }
    @media (prefers-color-scheme: dark) { :root { --paper: #15181c; --ink: #ececec;
      --soft: #b4bac2; --line: #8a919b; --fill: #22262c; --deed: #8fc1ff; --on-deed: #10243b;
      --good: #8fdca6; --bad: #ffaaa3; } }
    * { box-sizing: border-box; }
    html { background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.5 system-ui, "DejaVu Sans", Verdana, sans-serif; }
    body { margin: 0 auto; padding: 1rem; max-width: 40rem; }
    header p { margin: 0 0 1rem; color: var(--soft); font-size: .9375rem; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; }
    h2 { font-size: 1.15rem; line-height: 1.3; margin: 2rem 0 .5rem; }
    p, ul, ol { margin: 0 0 1rem; }
    a { color: var(--deed); }
    label, legend { display: block; font-weight: 600; margin: 0 0 .375rem; padding: 0; }
    fieldset { border: 0; margin: 0 0 1rem; padding: 0; }
    fieldset label { font-weight: 400; display: flex; gap: .625rem; align-items: flex-start;
      padding: .375rem 0; }
    input:not([type=radio]):not([type=checkbox]), select { font: inherit; width: 100%;
      min-height: 3rem; padding: .5rem .75rem; color: inherit; background: var(--paper);
      border: 1px solid var(--line); border-radius: .375rem; margin: 0 0 .75rem; }
    input[type=radio], input[type=checkbox] { width: 1.5rem; height: 1.5rem; flex: none;
      margin: 0; accent-color: var(--deed); }
    button, .button { display: inline-block; font: inherit; font-weight: 600; min-height: 3rem;
      padding: .6875rem 1.25rem; border: 1px solid var(--deed); border-radius: .375rem;
      background: var(--deed); color: var(--on-deed); text-decoration: none; cursor: pointer; }
    .plain button, .button.plain { background: transparent; color: var(--deed); }
    :focus-visible { outline: 3px solid var(--deed); outline-offset: 2px; }
    form { margin: 0 0 1.25rem; }
    .said { border-left: .375rem solid var(--good); background: var(--fill); padding: .75rem 1rem;
      margin: 0 0 1.25rem; }
    .said.refused { border-color: var(--bad); }
    .said strong { font-size: 1.9rem; line-height: 1.2; display: block;
      font-variant-numeric: tabular-nums; }
    .hint, .steps .later { color: var(--soft); }
    progress { width: 100%; height: 1rem; accent-color: var(--deed); }
    .steps { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem;
      font-size: .9375rem; }
    .steps [aria-current] { font-weight: 700; }
    code { font: 1em/1.4 "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; padding: .375rem .5rem; border-bottom: 1px solid var(--line); }

    """
}
