import { COLOURS } from '../pages/style.ts';
import { CONTENT_STYLE } from './content-style.ts';

/** The one style of the console: the colours of the customers' pages, wider and denser; a phone shows each row of a table as a card. */
export const CONSOLE_STYLE = `
${COLOURS}
:root{--good:#16663a;--warn:#8a4b00;--bad:#a51d1d}
@media(prefers-color-scheme:dark){:root{--good:#7ed6a0;--warn:#f0b866;--bad:#ff9c94}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--accent)}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--card);padding:8px 12px;z-index:1}
body>header{background:var(--card);border-bottom:1px solid var(--line)}
.bar,main{max-width:1240px;margin:0 auto;padding:0 16px}
.bar{display:flex;flex-wrap:wrap;gap:4px 20px;align-items:center;padding-block:8px}
.bar>strong{font-size:16px}.bar nav{flex:1;display:flex;flex-wrap:wrap;gap:0 2px}
.bar nav a{padding:8px 7px;border-radius:6px;text-decoration:none}.bar nav a[aria-current]{background:var(--page);color:var(--ink);font-weight:600}
.who{display:flex;gap:10px;align-items:center;color:var(--quiet);font-size:14px}.who form{margin:0}
main{padding-block:20px 60px}
h1{font-size:24px;line-height:1.3;margin:0 0 12px;text-wrap:balance}h2{font-size:18px;margin:28px 0 8px}h3{font-size:15px;margin:20px 0 6px}
section.card>h2:first-child{margin-top:0}tbody th:has(input){white-space:nowrap}tbody th input{vertical-align:middle}
p{margin:0 0 10px;max-width:75ch}.quiet{color:var(--quiet);font-size:14px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px;margin:0 0 16px}
.said{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:6px;padding:12px 16px;margin:0 0 16px}
.said p{margin:0}[role=alert]{color:var(--bad)}
.box{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px;margin:0 0 16px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
caption{text-align:left;padding:12px 14px 4px;font-weight:600}
th,td{padding:8px 12px;text-align:left;vertical-align:top;border-top:1px solid var(--line)}thead th{border-top:0}
th{font-weight:600;font-size:14px;color:var(--quiet)}tbody th{color:var(--ink);font-size:inherit}
.n{text-align:right;white-space:nowrap}.zero{color:var(--quiet)}
.state{display:inline-block;border:1px solid var(--line);border-radius:999px;padding:1px 10px;font-size:14px;white-space:nowrap}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:6px 18px;margin:0}.facts dt{color:var(--quiet)}.facts dd{margin:0}
label{display:block;font-weight:600;margin:10px 0 4px}label.choice{display:flex;gap:10px;align-items:flex-start;font-weight:400;padding:6px 0}
input,select,textarea{font:inherit;color:inherit;background:var(--card);border:1.5px solid var(--quiet);border-radius:6px;padding:8px 10px;max-width:100%}
input[type=text],input[type=search],textarea{width:100%;max-width:60ch}input[type=radio],input[type=checkbox]{width:20px;height:20px;margin:1px 0 0;accent-color:var(--accent)}
button,.button{display:inline-block;font:inherit;font-weight:600;min-height:44px;padding:9px 20px;border-radius:8px;border:1.5px solid var(--accent);background:var(--accent);color:var(--on-accent);cursor:pointer;text-decoration:none}
button.second,.button.second{background:transparent;color:var(--accent)}button.plain{min-height:0;padding:4px 8px;background:transparent;color:var(--accent);border-color:transparent;font-weight:400;text-decoration:underline}
.actions{display:flex;flex-wrap:wrap;gap:12px;margin:14px 0 0}.moves{display:flex;flex-wrap:wrap;gap:8px 20px;margin:0 0 16px}
fieldset{border:0;margin:0;padding:0;min-width:0}legend{font-weight:600;padding:0}
details>summary{cursor:pointer;color:var(--accent);padding:8px 0}
pre{margin:0;white-space:pre-wrap;font:13px/1.5 ui-monospace,Menlo,Consolas,monospace}del{color:var(--bad);text-decoration:none}ins{color:var(--good);text-decoration:none}
:is(a,button,input,select,textarea,summary,.box):focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:700px){
table.cards,.cards tbody,.cards tr,.cards td,.cards tbody th,.cards caption{display:block}.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cards tr{padding:10px 14px;border-top:1px solid var(--line)}.cards tbody th,.cards td{border:0;padding:3px 0;text-align:left;white-space:normal}
.cards td:empty{display:none}.cards td[data-of]{display:flex;justify-content:space-between;gap:16px}.cards td[data-of]::before{content:attr(data-of);flex:none;color:var(--quiet);font-size:14px}
.bar nav{order:1;flex-basis:100%}.who{margin-left:auto}dl.facts{grid-template-columns:minmax(0,2fr) minmax(0,3fr)}}
${CONTENT_STYLE}`;
