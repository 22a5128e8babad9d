/// The style sheet of the HTML report: one column, calm, readable on a phone, at a desk, in print.
///
/// The colours of the arms are blue and vermilion after Okabe and Ito, which stay apart for
/// colour-blind readers; shape says the same.
enum ReportStyle {
  static let sheet = """
    :root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#20242a;--soft:#5d646e;\
    --line:#dedbd3;--band:#f3f1ea;--arm0:#b9480a;--arm1:#0068a8;--arm2:#00765a;--arm3:#93407a;--arm4:#7a6200;--arm5:#4d4f9c;--quiet:#b9bdc4;--warn:#fff3d6;\
    --warnline:#d9a521;--zone:#e9ece6}
    @media screen and (prefers-color-scheme:dark){:root{--paper:#15181c;--card:#1c2026;--ink:#e6e4df;\
    --soft:#a3a9b3;--line:#353b44;--band:#1d2228;--arm0:#f0914e;--arm1:#62b5ee;--arm2:#4fc7a1;--arm3:#e093c4;--arm4:#e0c04c;--arm5:#a9abf0;--quiet:#59616d;\
    --warn:#352c12;--warnline:#c99a2b;--zone:#252b2b}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);\
    font:17px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    main{max-width:760px;margin:0 auto;padding:40px 20px 72px}
    header p{margin:0;color:var(--soft)}header .banner{color:var(--ink)}
    .kind{font-size:13px;letter-spacing:.08em;text-transform:uppercase}
    h1{font-size:2rem;line-height:1.2;margin:.25em 0 .3em;font-weight:650;overflow-wrap:anywhere}
    h2{font-size:1.3rem;line-height:1.3;margin:2.6em 0 .7em;padding-top:1.1em;\
    border-top:1px solid var(--line);font-weight:650}
    p{margin:0 0 1em;overflow-wrap:anywhere}
    header .banner{margin:22px 0 0;padding:12px 16px;background:var(--warn);\
    border-left:4px solid var(--warnline);border-radius:4px}
    .answer{margin:28px 0 8px;padding:24px 26px;background:var(--card);\
    border:1px solid var(--line);border-radius:10px}
    .answer p{margin:.55em 0 0}
    .answer .headline{margin:0;font-size:1.55rem;line-height:1.3;font-weight:650}
    .answer .judgement{color:var(--soft)}
    .answer .caution{padding-left:12px;border-left:4px solid var(--warnline)}
    .answer .part{margin-top:1.1em;padding-top:.9em;border-top:1px solid var(--line)}
    .answer .part h2{margin:0;padding:0;border:0;font-size:1rem}
    .note{padding-left:14px;border-left:3px solid var(--line);color:var(--soft)}
    ul{margin:0 0 1.2em;padding-left:1.15em}
    li{margin:.35em 0;overflow-wrap:anywhere}
    #method ul{list-style:none;padding:0;font-size:14px;color:var(--soft)}
    figure{margin:0 0 2.2em}
    figure h3{margin:0 0 .5em;font-size:1rem;font-weight:650}
    figcaption{margin-top:.5em;font-size:14.5px;line-height:1.5;color:var(--soft)}
    svg{display:block;width:100%;height:auto;font:12.5px system-ui,-apple-system,"Segoe UI",\
    Roboto,"DejaVu Sans",sans-serif}
    .narrow{display:none}
    @media (max-width:560px){body{font-size:16px}main{padding:24px 16px 48px}\
    h1{font-size:1.6rem}.answer{padding:18px}.answer .headline{font-size:1.3rem}\
    .wide{display:none}.narrow{display:block}.t{min-width:11em}}
    @media screen and (max-width:560px){.fold,.fold tbody,.fold tr,.fold td,.fold tbody th{display:block}
    .fold thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .fold tr{display:flex;flex-wrap:wrap;gap:0 16px;padding:7px 0;border-bottom:1px solid var(--line)}
    .fold td,.fold tbody th{padding:0;border:0;min-width:0;text-align:left;white-space:normal}
    .fold tbody th{flex-basis:100%;font-weight:650}
    .fold.tight tbody th{flex-basis:auto}.fold td:empty{display:none}
    .fold.tight tbody th::before,.fold td::before{content:attr(data-label) " ";color:var(--soft);font-size:13px;font-weight:400}}
    .scroll{overflow-x:auto;margin:0 0 2em;-webkit-overflow-scrolling:touch}
    table{border-collapse:collapse;width:100%;font-size:15px;line-height:1.45;\
    font-variant-numeric:tabular-nums}
    .cap{margin:0 0 .4em;font-size:15px;font-weight:650}
    th,td{padding:6px 14px 6px 0;text-align:left;vertical-align:top;\
    border-bottom:1px solid var(--line)}
    th:last-child,td:last-child{padding-right:0}
    thead th{white-space:normal;font-size:13.5px;font-weight:600;color:var(--soft);vertical-align:bottom}
    tbody th{font-weight:400}
    td,th{overflow-wrap:break-word}
    .n{text-align:right}tbody .n,.s{white-space:nowrap}.t{min-width:7.5em}.x{min-width:6em;overflow-wrap:anywhere}
    .pair td{overflow-wrap:anywhere}.pair tbody .n{white-space:normal;\
    overflow-wrap:normal}data{white-space:nowrap}.pair .t{min-width:0}
    pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:14px 16px;background:var(--band);border-radius:6px;\
    font:13px/1.5 ui-monospace,"DejaVu Sans Mono",monospace}
    footer{margin-top:3em;font-size:14px;color:var(--soft)}
    .tick{fill:var(--soft);font-size:12px}.label{fill:var(--ink)}.strong{font-weight:650}
    .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px}
    .grid{stroke:var(--line)}.axis{stroke:var(--quiet)}.zero{stroke:var(--soft)}
    .band{fill:var(--band)}.irrelevant{fill:var(--zone)}
    .mark{stroke-width:1.7}.mark.arm0{fill:var(--paper);stroke:var(--arm0)}
    .mark.arm1{fill:var(--arm1);stroke:var(--arm1);stroke-width:1}
    .mark.arm2{fill:var(--paper);stroke:var(--arm2)}
    .mark.arm3{fill:var(--arm3);stroke:var(--arm3);stroke-width:1}
    .mark.arm4{fill:var(--paper);stroke:var(--arm4)}
    .mark.arm5{fill:var(--arm5);stroke:var(--arm5);stroke-width:1}.mark.pale{opacity:.35}
    .mean{stroke-width:1.5;opacity:.8}.mean.arm0{stroke:var(--arm0);stroke-dasharray:5 4}
    .mean.arm1{stroke:var(--arm1)}.mean.arm2{stroke:var(--arm2);stroke-dasharray:2 3}
    .mean.arm3{stroke:var(--arm3);stroke-dasharray:9 4}
    .mean.arm4{stroke:var(--arm4);stroke-dasharray:7 3 2 3}.mean.arm5{stroke:var(--arm5)}
    .missing{stroke:var(--soft);stroke-width:1.4}
    .main{--own:var(--arm1)}.of2{--own:var(--arm2)}.of3{--own:var(--arm3)}
    .of4{--own:var(--arm4)}.of5{--own:var(--arm5)}
    .bar{stroke-width:3;stroke:var(--soft)}.bar.main{stroke:var(--own);stroke-width:4}
    .end{fill:none;stroke-width:2;stroke:var(--soft)}.end.main{stroke:var(--own)}
    .dot{fill:var(--soft)}.dot.main{fill:var(--own)}
    .curve{fill:none;stroke:var(--own,var(--arm1));stroke-width:2.5}.coin{stroke:var(--soft);stroke-dasharray:4 4}
    .column{fill:var(--quiet)}.column.extreme{fill:var(--own,var(--arm1))}
    .stem{stroke:var(--arm1);stroke-width:1.6;opacity:.55}
    .area{fill:var(--quiet);opacity:.45}.area.strong{fill:var(--own,var(--arm1));opacity:.6}
    .threshold{stroke:var(--soft);stroke-dasharray:3 3}
    .ring{fill:none;stroke:var(--ink);stroke-width:1.4}
    .box{fill:var(--card);stroke:var(--quiet);stroke-width:1.3}.flow{stroke:var(--soft);stroke-width:1.3}
    .flow.open{fill:none}
    a{color:inherit}.term{text-decoration:underline dotted;text-decoration-thickness:1px;\
    text-underline-offset:3px}
    dl{margin:0;font-size:15px;line-height:1.5}dt{font-weight:650;margin-top:.8em}dd{margin:.1em 0 0}
    @media (min-width:700px){dl{columns:2;column-gap:32px}dl div:first-child dt{margin-top:0}}
    .observed{stroke:var(--ink);stroke-width:1.6}
    .cell{stroke-width:1.3}.done{fill:var(--arm1);opacity:.8}
    .late{fill:none;stroke:var(--arm1)}.gone{fill:none;stroke:var(--quiet);stroke-dasharray:3 2}
    .alarm{fill:none;stroke:var(--arm0);stroke-width:2}
    .sign{fill:var(--ink);font-size:12.5px;font-weight:650}
    @page{margin:16mm 15mm}
    @media print{:root{--paper:#fff;--card:#fff;--band:#f4f4f2;color-scheme:light}\
    body{font-size:10.5pt}main{max-width:none;padding:0}figure svg{max-width:150mm}\
    figcaption{font-size:9pt;line-height:1.4}h2{padding-top:.5em}footer{break-before:avoid}\
    .answer p,.answer .part,figure,tr,.banner,pre,li,dl div{break-inside:avoid}h2,h3,.cap,dt{break-after:avoid}\
    tbody tr:first-child,tbody tr:nth-last-child(2){break-after:avoid}\
    p{orphans:3;widows:3}a,.term{text-decoration:none}.narrow{display:none}.wide{display:block}\
    dl{columns:2;column-gap:8mm;font-size:9.5pt}section{break-inside:auto}h2{margin-top:1.6em}\
    .scroll{overflow:visible}table{font-size:9.5pt}\
    th,td{padding-right:8px}.t{min-width:5em}.t,.x{overflow-wrap:anywhere}thead{display:table-header-group}}
    """
}
