/// What the participant's pages look like beyond the common style: large targets, one thumb.
enum TrialStyle {
  /// The style sheet, behind the common one.
  static let sheet = """
    [hidden] { display: none !important; }
    textarea { font: inherit; width: 100%; padding: .5rem .75rem; color: inherit;
      background: var(--paper); border: 1px solid var(--line); border-radius: .375rem;
      margin: 0 0 .75rem; }
    .main { width: 100%; text-align: center; font-size: 1.15rem; }
    .kit { font: 700 2rem/1.2 "DejaVu Sans Mono", Menlo, Consolas, monospace;
      letter-spacing: .05em; }
    .code { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    .line { display: block; overflow-wrap: anywhere; background: var(--fill); padding: .5rem .75rem; }
    .call { font-size: 1.6rem; font-weight: 700; line-height: 1.25; overflow-wrap: anywhere; }
    .item { border-top: 1px solid var(--line); padding: 1rem 0 0; margin: 0 0 1rem; }
    .item fieldset { margin: 0 0 .5rem; }
    .scale > div { display: grid; grid-template-columns: repeat(auto-fit, minmax(2.75rem, 1fr));
      gap: .375rem; }
    .scale label, .options label { position: relative; display: flex; padding: 0; margin: 0; }
    .scale label span, .options label span { flex: 1; min-height: 2.75rem; display: flex;
      align-items: center; justify-content: center; border: 1px solid var(--line);
      border-radius: .375rem; padding: .25rem .5rem; }
    .options > div { display: grid; gap: .375rem; }
    .options label span { justify-content: flex-start; padding: .25rem .75rem; }
    .scale input, .options input { position: absolute; opacity: 0; width: 100%; height: 100%; }
    .scale input:checked + span, .options input:checked + span { background: var(--deed);
      color: var(--on-deed); border-color: var(--deed); font-weight: 700; }
    .scale input:focus-visible + span, .options input:focus-visible + span {
      outline: 3px solid var(--deed); outline-offset: 2px; }
    .recall { color: var(--soft); font-weight: 600; margin: 0 0 .5rem; }
    .ends { display: flex; justify-content: space-between; gap: 1rem; margin: 0 0 .375rem; }
    .pair { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
    input[type=range][aria-label][aria-valuetext] { width: 100%; min-height: 3rem; padding: 0;
      border: 0; margin: 0;
      accent-color: var(--deed); }
    input[type=range].untouched { appearance: none; background: transparent; }
    input[type=range].untouched::-webkit-slider-runnable-track { height: .375rem;
      border-radius: .1875rem; background: var(--line); }
    input[type=range].untouched::-moz-range-track { height: .375rem; background: var(--line); }
    input[type=range].untouched::-webkit-slider-thumb { visibility: hidden; }
    input[type=range].untouched::-moz-range-thumb { visibility: hidden; }
    input.beside { width: 6rem !important; }
    .signal { width: 100%; min-height: 12rem; font-size: 1.4rem; background: var(--fill);
      color: var(--ink); touch-action: manipulation; }
    .signal.now { background: var(--deed); color: var(--on-deed); }
    .key { display: flex; flex-wrap: wrap; gap: .25rem .875rem; font-size: 1.25rem; }
    .key[data-said]::after { content: attr(data-said); color: var(--soft); width: 100%; }
    .sign { font-size: 4rem; line-height: 1.2; text-align: center; margin: .5rem 0; }
    .pad { display: grid; grid-template-columns: repeat(3, 1fr); gap: .5rem; }
    .pad button { padding: 0; font-size: 1.3rem; touch-action: manipulation; }
    .wide { margin-top: .375rem !important; }
    .skip label { display: flex; gap: .5rem; align-items: center; font-weight: 400;
      min-height: 2.5rem; margin: 0; }
    p > label { display: flex; gap: .625rem; align-items: flex-start; }
    p > label:has([type=checkbox]) { font-weight: 400; }
    .why { display: none; }
    .skip:has(:checked) .why { display: block; }
    @supports not selector(:has(*)) { .why { display: block; } }
    .fault { color: var(--bad); font-weight: 600; margin: 0 0 .5rem; }
    .aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap; }
    .ways { list-style: none; margin: 2rem 0 0; padding: .75rem 0 0; display: flex; flex-wrap: wrap;
      gap: .25rem 1.25rem; border-top: 1px solid var(--line); }
    .ways a { display: inline-block; padding: .5rem 0; }
    .roomy li { margin: 0 0 .5rem; }
    details { margin: 0 0 1rem; }
    summary { cursor: pointer; padding: .5rem 0; color: var(--deed); }
    dl { margin: 0 0 1rem; }
    dt { color: var(--soft); margin: .75rem 0 0; }
    dd { margin: 0; overflow-wrap: anywhere; }
    .old { display: block; color: var(--soft); }
    .sums { display: grid; grid-template-columns: repeat(auto-fit, minmax(5.5rem, 1fr)); gap: .5rem; }
    .deeds { display: flex; flex-wrap: wrap; gap: .75rem; }
    .said > :last-child { margin-bottom: 0; }
    .sums dt { margin: 0; }
    .sums dd { font-size: 1.4rem; font-weight: 700; }
    .calendar { font-size: .9375rem; margin: 1rem 0; table-layout: fixed; }
    .calendar th:first-child { width: 4rem; }
    .calendar caption { text-align: left; color: var(--soft); margin: 0 0 .5rem; }
    .calendar th, .calendar td { padding: 0; text-align: center; }
    .calendar th[scope=row] { text-align: left; font-weight: 400; white-space: nowrap;
      font-size: .8125rem; }
    .calendar abbr { text-decoration: none; }
    .calendar a { display: block; min-height: 2.25rem; line-height: 2.25rem; text-decoration: none; }
    .calendar .today { background: var(--fill); outline: 2px solid var(--deed); }

    """
}
