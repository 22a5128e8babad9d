/// The page around the values; every value enters it escaped.
enum HTMLTemplate {
  /// A whole page.
  static let page = head + parts + foot

  private static let head = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="generator" content="SelfBlind">
    <title>{{{title}}}</title>
    <style>
    {{{style}}}
    </style>
    </head>
    <body>
    <main>
    <header id="top">
    <p class="kind">{{{kind}}}</p>
    <h1>{{{title}}}</h1>
    <p>{{{subtitle}}}</p>
    {{#banners}}
    <p class="banner" role="note">{{{.}}}</p>
    {{/banners}}
    </header>

    """

  /// The answer and the parts, as they also stand in other pages.
  static let parts = """
    {{#answer}}
    <section id="answer" class="answer" aria-label="The answer">
    {{#parts}}
    <p class="headline">{{{headline}}}</p>
    <p>{{{sentence}}}</p>
    {{#rest}}
    <p class="judgement">{{{.}}}</p>
    {{/rest}}
    {{/parts}}
    {{#answers}}
    <div class="part">
    <h2>{{{about}}}</h2>
    <p><strong>{{{headline}}}</strong></p>
    <p>{{{sentence}}}</p>
    {{#rest}}
    <p class="judgement">{{{.}}}</p>
    {{/rest}}
    </div>
    {{/answers}}
    {{#cautions}}
    <p class="caution">{{{.}}}</p>
    {{/cautions}}
    {{#prediction}}
    <p class="judgement">{{{.}}}</p>
    {{/prediction}}
    </section>
    {{/answer}}
    {{#sections}}
    <section id="{{{id}}}" aria-labelledby="{{{id}}}-h">
    <h2 id="{{{id}}}-h">{{{heading}}}</h2>
    {{#blocks}}
    {{#paragraph}}
    <p>{{{.}}}</p>
    {{/paragraph}}
    {{#note}}
    <p class="note">{{{.}}}</p>
    {{/note}}
    {{#list}}
    <ul>
    {{#items}}
    <li>{{{.}}}</li>
    {{/items}}
    </ul>
    {{/list}}
    {{#verbatim}}
    <pre>{{{.}}}</pre>
    {{/verbatim}}
    {{#terms}}
    <dl>
    {{#entries}}
    <div><dt id="{{{id}}}">{{{name}}}</dt>
    <dd>{{{meaning}}}</dd></div>
    {{/entries}}
    </dl>
    {{/terms}}
    {{#figure}}
    <figure id="fig-{{{id}}}">
    <h3>{{{name}}}</h3>
    <div class="wide">{{{wide}}}</div>
    <div class="narrow">{{{narrow}}}</div>
    <figcaption>{{{legend}}}</figcaption>
    </figure>
    {{/figure}}
    {{#table}}
    <p class="cap" id="{{{id}}}">{{{caption}}}</p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="{{{id}}}">
    <table role="table" class="{{{shape}}}" aria-labelledby="{{{id}}}">
    <thead><tr role="row">{{#header}}<th role="columnheader" scope="col" class="{{{class}}}">{{{html}}}</th>{{/header}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr role="row">{{#cells}}{{#first}}<th role="rowheader" scope="row" class="{{{class}}}" \
    data-label="{{{label}}}">{{{html}}}</th>{{/first}}{{^first}}<td role="cell" class="{{{class}}}" \
    data-label="{{{label}}}">{{{html}}}</td>{{/first}}{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    {{/table}}
    {{/blocks}}
    </section>
    {{/sections}}

    """

  private static let foot = """
    <footer>
    <p>{{{footer}}}</p>
    </footer>
    </main>
    </body>
    </html>

    """
}
