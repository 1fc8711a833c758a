/// The look of the page: light and dark, screen and paper, no request to anywhere.
enum PageStyle {
  static let css: StaticString = """
    :root{color-scheme:light dark;--bg:#fff;--ink:#1d2430;--soft:#5b6472;--line:#dfe3e8;--card:#f6f7f9;
    --accent:#2f6db5;--c0:#2f6db5;--c1:#e0862b;--c2:#2f9474;--c3:#c4503c;--c4:#8467b0;--c5:#4f9fc4;
    --c6:#b1912f;--c7:#8b939e;--c8:#c9ced5}
    @media (prefers-color-scheme:dark){:root{--bg:#14181f;--ink:#e6e9ee;--soft:#9aa4b2;--line:#2c333d;
    --card:#1c222b;--accent:#6aa5ea;--c0:#6aa5ea;--c1:#f0a35a;--c2:#5cc2a1;--c3:#e88573;--c4:#b39ddb;
    --c5:#86c9e6;--c6:#d9bd62;--c7:#8b939e;--c8:#4a535f}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",
    Roboto,"Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums}
    main{max-width:1080px;margin:0 auto;padding:32px 24px 48px}
    h1{font-size:28px;line-height:1.2;margin:0 0 4px;letter-spacing:-.01em}
    h2{font-size:18px;margin:40px 0 12px}
    p{margin:0 0 8px}.soft{color:var(--soft)}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:24px 0 0;
    padding:0}
    .tiles div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px 16px}
    .tiles dt{color:var(--soft);font-size:13px}
    .tiles dd{margin:0;font-size:24px;font-weight:600;line-height:1.3}
    figure{margin:0}svg{display:block;width:100%;height:auto}
    svg text{fill:var(--soft);font-size:13px}svg .grid{stroke:var(--line);stroke-width:1}
    svg .rest{fill:var(--card)}
    .s0{fill:var(--c0);background:var(--c0)}.s1{fill:var(--c1);background:var(--c1)}
    .s2{fill:var(--c2);background:var(--c2)}.s3{fill:var(--c3);background:var(--c3)}
    .s4{fill:var(--c4);background:var(--c4)}.s5{fill:var(--c5);background:var(--c5)}
    .s6{fill:var(--c6);background:var(--c6)}.s7{fill:var(--c7);background:var(--c7)}
    .s8{fill:var(--c8);background:var(--c8)}
    .legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:8px 0 0;padding:0;font-size:13px}
    .legend i{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:14px}
    th,td{padding:5px 10px;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
    thead th{border-bottom:2px solid var(--line);color:var(--soft);font-weight:600;white-space:nowrap}
    th[scope=row]{font-weight:400}
    tfoot th,tfoot td{font-weight:600;border-bottom:0;border-top:2px solid var(--line)}
    .n{text-align:right;white-space:nowrap}
    thead button{all:unset;cursor:pointer}thead button:focus-visible{outline:2px solid var(--accent);
    outline-offset:2px;border-radius:2px}
    thead button{position:relative}thead button::after{content:"";position:absolute;left:calc(100% + .4em);
    font-size:.75em;line-height:2}thead .n button::after{left:auto;right:calc(100% + .4em)}
    th[aria-sort=ascending] button::after{content:"▲"}th[aria-sort=descending] button::after{content:"▼"}
    .bar{display:block;height:12px;border-radius:2px;min-width:2px}.share td{border:0;padding:3px 10px;
    vertical-align:middle}
    .share th{border:0;padding:3px 10px;max-width:320px;overflow-wrap:anywhere}.share td.w{width:50%}
    .heat td,.heat thead th+th{text-align:center;padding:5px 6px;white-space:nowrap}
    .heat td{border:2px solid var(--bg);border-radius:4px}
    .heat th[scope=row]{white-space:nowrap;border-bottom:0}
    .heat .n{text-align:right}
    ul.ledger{margin:0;padding-left:20px}
    @media print{@page{size:A4;margin:14mm}:root{color-scheme:light;--bg:#fff;--ink:#1d2430;--soft:#5b6472;
    --line:#dfe3e8;--card:#f6f7f9;--accent:#2f6db5;--c0:#2f6db5;--c1:#e0862b;--c2:#2f9474;--c3:#c4503c;
    --c4:#8467b0;--c5:#4f9fc4;--c6:#b1912f;--c7:#8b939e;--c8:#c9ced5}
    body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
    main{max-width:none;padding:0}h2{margin-top:22px;break-after:avoid}
    .tiles{grid-template-columns:repeat(auto-fit,minmax(100px,1fr))}
    figure,.tiles,tr{break-inside:avoid}thead{display:table-header-group}tfoot{display:table-row-group}
    table{font-size:9pt}.scroll{overflow:visible}th,td{padding:3px 6px}
    .heat td,.heat thead th{padding:3px 2px;font-size:8pt}
    @page wide{size:A4 landscape;margin:10mm}.wide{page:wide}.wide table{font-size:4.6pt}
    .wide th,.wide td{padding:2px 1px}.wide th[scope=row]{min-width:24mm;overflow-wrap:anywhere}
    .wide thead button::after{content:""}}
    """

  /// Sorts a table by the column whose heading is pressed; the page is whole without it.
  static let script: StaticString = """
    for(const table of document.querySelectorAll("table[data-sortable]")){
    const heads=[...table.tHead.rows[0].cells];
    heads.forEach((head,column)=>{
    const button=document.createElement("button");button.type="button";
    button.append(...head.childNodes);head.append(button);
    button.addEventListener("click",()=>{
    const down=head.getAttribute("aria-sort")==="ascending"||
    (!head.hasAttribute("aria-sort")&&head.classList.contains("n"));
    heads.forEach(other=>other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort",down?"descending":"ascending");
    const value=row=>{const cell=row.cells[column];
    return cell.dataset.v===undefined?cell.textContent:Number(cell.dataset.v)};
    const body=table.tBodies[0];
    const rows=[...body.rows].map((row,place)=>[value(row),place,row]);
    rows.sort(([a,i],[b,j])=>(a<b?-1:a>b?1:0)*(down?-1:1)||i-j);
    body.append(...rows.map(([,,row])=>row));
    });});}
    """
}
