/** What stands on the console's pages besides tables and forms: parts, answers, acts beside each other, emails, the lines of a draft. */
export const CONTENT_STYLE = `
.tabs{display:flex;flex-wrap:wrap;gap:0 4px;border-bottom:1px solid var(--line);margin:0 0 16px}
.tabs a{padding:10px 14px;text-decoration:none;border-bottom:3px solid transparent;margin-bottom:-1px}.tabs a[aria-current]{border-color:var(--accent);color:var(--ink);font-weight:600}
.moves a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
.answer{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--quiet);border-radius:8px;padding:14px 18px;margin:0 0 16px}
.answer p:last-child{margin:0}.answer.told{border-left-color:var(--good)}.answer.goes-on{border-left-color:var(--accent)}.answer.needs-a-person{border-left-color:var(--bad)}
.cards td[data-of]::before{flex:none}.cards td[data-of]>span{min-width:0}
@media(max-width:700px){.cards td[data-of]>span{text-align:right;overflow-wrap:anywhere}}
@media(min-width:900px){dl.facts.wide{grid-template-columns:max-content 1fr max-content 1fr}}
.acts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr));gap:16px;align-items:start}.acts .card{margin:0}
input[type=date]{min-height:44px}
.pair{display:flex;flex-wrap:wrap;gap:12px;align-items:end}.pair input{flex:1;min-width:220px}
.mail{background:var(--card);border:1px solid var(--line);border-radius:8px}pre.mail{padding:14px 16px;overflow-wrap:anywhere}iframe.mail{width:100%;height:640px;background:#fff}
ol.history li{margin:0 0 6px}
.draft ul.lines{list-style:none;margin:8px 0 0;padding:0;border-top:1px solid var(--line)}.draft .lines li{border-bottom:1px solid var(--line);padding:8px 0}
.line,.sum{display:flex;gap:16px;justify-content:space-between;max-width:none}.line b,.sum b{white-space:nowrap;font-weight:600}
.line strong{display:block;font-weight:600}.line span span{display:block;font-size:14px;color:var(--quiet)}
.draft dl.totals{display:grid;grid-template-columns:1fr auto;gap:4px 20px;border-top:2px solid var(--line);padding-top:10px;max-width:420px;margin:16px 0 0 auto}.totals dt{color:var(--quiet)}.totals dd{margin:0;text-align:right;font-weight:600}
`;
