/// What the form and the lists need beside the report's own style.
///
/// Edges of fields have a contrast of at least 3 to 1, in light and dark.
enum FormStyle {
  static let sheet = """
    :root{--deed:#0b57a4;--on-deed:#fff;--edge:#7a7f87}
    @media screen and (prefers-color-scheme:dark){:root{--deed:#8fc1ff;--on-deed:#10243b;--edge:#8a919b}}
    body>header{max-width:760px;margin:0 auto;padding:24px 20px 0}
    body>header p{font-size:13px;letter-spacing:.08em;text-transform:uppercase}
    body>header+main{padding-top:8px}.answer+p{margin-top:1.4em}
    @media (max-width:560px){body>header{padding:16px 16px 0}}
    .banner{margin:22px 0;padding:12px 16px;background:var(--warn);border-left:4px solid var(--warnline);\
    border-radius:4px}
    main a{color:var(--deed)}main a.term{color:inherit}
    label,legend{display:block;font-weight:600;margin:0 0 .3em;padding:0}
    form p{margin:0 0 .9em}fieldset{border:0;margin:0 0 1em;padding:0;min-width:0}
    fieldset label{display:flex;gap:.6em;align-items:flex-start;font-weight:400;padding:.3em 0;margin:0}
    input:not([type=checkbox]),select{font:inherit;width:100%;min-height:2.75rem;padding:.4em .6em;\
    color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:6px}
    input::placeholder{color:var(--soft);opacity:1}
    input[type=checkbox]{width:1.5rem;height:1.5rem;flex:none;margin:0;accent-color:var(--deed)}
    .two{display:flex;flex-wrap:wrap;gap:0 16px}.two p{flex:1 1 9em}
    button,main a.button{display:inline-block;font:inherit;font-weight:600;min-height:2.75rem;padding:.5em 1.2em;\
    border:1px solid var(--deed);border-radius:6px;background:var(--deed);color:var(--on-deed);\
    text-decoration:none;cursor:pointer}
    main a.plain{background:transparent;color:var(--deed)}
    :focus-visible{outline:3px solid var(--deed);outline-offset:2px}
    .hint{color:var(--soft);font-size:14.5px}
    .questions{list-style:none;padding:0}.questions li{padding:.35em 0;margin:0}
    details{margin:0 0 1.2em}summary{cursor:pointer;font-weight:600;padding:.5em 0;min-height:2.75rem}

    """
}
