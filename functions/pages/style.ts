/** The colours of every page, light and dark. */
export const COLOURS = `:root{color-scheme:light dark;--ink:#1b2430;--quiet:#5a6675;--line:#e3e7ec;--page:#eef1f4;--card:#fff;--accent:#0b57a4;--on-accent:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#eef2f6;--quiet:#a3afbd;--line:#333d49;--page:#0f141a;--card:#1a212a;--accent:#8fc1ff;--on-accent:#0b1623}}`;

/** The one style of all public pages: phone first, light and dark, nothing fetched from anywhere. */
export const STYLE = `
${COLOURS}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:600px;margin:0 auto;padding:0 16px}
header{padding:28px 38px 14px;font-size:15px;font-weight:600;color:var(--quiet)}
.card{background:var(--card);border-radius:10px;padding:28px 22px}
h1{font-size:24px;line-height:1.3;margin:0;text-wrap:balance}
.rule{width:48px;height:3px;background:var(--accent);margin:20px 0}
dl{display:grid;grid-template-columns:auto 1fr;gap:6px 20px;margin:0 0 20px;font-size:15px}
dt{color:var(--quiet)}dd{margin:0;text-align:right;font-weight:600}
ul.files{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
.files li{border-bottom:1px solid var(--line)}
.files a{display:flex;gap:16px;align-items:center;justify-content:space-between;padding:14px 0;color:inherit;text-decoration:none}
.files strong{display:block;font-weight:600;hyphens:auto}
.files span span{display:block;font-size:14px;color:var(--quiet)}
.files em{font-style:normal;font-weight:600;font-size:15px;color:var(--accent);border:1.5px solid var(--accent);border-radius:6px;padding:8px 16px;white-space:nowrap}
.files a:hover em,.files a:focus-visible em{background:var(--accent);color:var(--on-accent)}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
footer{padding:20px 38px 36px;font-size:13px;color:var(--quiet)}
footer p{margin:0 0 10px}
@media(min-width:520px){.card{padding:36px 40px}header,footer{padding-inline:56px}}
section+section{margin-top:24px;padding-top:24px;border-top:1px solid var(--line)}
section h1,h2{font-size:18px;margin:0 0 4px}section p{margin:0;color:var(--quiet)}
.saved{border-left:4px solid var(--accent);background:var(--page);border-radius:6px;padding:14px 18px;margin:0 0 24px}
.saved ul{margin:6px 0 0;padding-left:20px}.saved p{margin:0}.saved form{margin-top:12px}
.lead{margin:0 0 20px}.quiet{color:var(--quiet);font-size:14px}
fieldset{border:0;border-top:1px solid var(--line);margin:28px 0 0;padding:22px 0 0;min-width:0}
legend{float:left;width:100%;font-size:18px;font-weight:600;padding:0;margin:0 0 8px}legend+*{clear:both}
legend small{display:block;font-size:14px;font-weight:400;color:var(--quiet)}
.field{padding:10px 0}.field>label:not(.choice),.field .name{display:block;font-weight:600}
.field p{margin:2px 0 6px;font-size:14px;color:var(--quiet)}
.choice{display:flex;gap:12px;align-items:flex-start;padding:8px 0;font-weight:400}
.choice input{flex:none;width:22px;height:22px;margin:1px 0 0;accent-color:var(--accent)}
.choice strong{font-weight:600}.choice span span{display:block;font-size:14px;color:var(--quiet)}
select,textarea,input[type=text],input[type=time],input[type=number]{font:inherit;color:inherit;background:var(--card);border:1.5px solid var(--quiet);border-radius:6px;padding:10px 12px;max-width:100%;min-height:44px}
select,textarea,input[type=text]{width:100%}textarea{resize:vertical}.pair{display:flex;flex-wrap:wrap;gap:12px;align-items:end}.pair label{font-size:14px}.pair input{display:block}
button{font:inherit;font-weight:600;min-height:48px;padding:12px 26px;border-radius:8px;border:1.5px solid var(--accent);background:var(--accent);color:var(--on-accent);cursor:pointer}
button.second{background:transparent;color:var(--accent)}
button:focus-visible,select:focus-visible,textarea:focus-visible,.sheet:focus-visible,input:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.actions+section,form+section{margin-top:32px;padding-top:28px;border-top:1px solid var(--line)}
.actions{margin-top:28px;display:flex;flex-wrap:wrap;gap:12px}p a,nav a{color:var(--accent)}
.draft{margin-top:32px}.draft h3{font-size:16px;margin:22px 0 0}.draft .quiet{color:var(--quiet);margin:2px 0 0}
ul.lines{list-style:none;margin:8px 0 0;padding:0;border-top:1px solid var(--line)}.lines li{border-bottom:1px solid var(--line);padding:12px 0}
.line,.sum{display:flex;gap:16px;justify-content:space-between}.line b,.sum b{white-space:nowrap;font-weight:600}
.line strong{display:block;font-weight:600}.line span span{display:block;font-size:14px;color:var(--quiet)}
section p.sum{margin:10px 0 0;color:var(--ink)}.totals{margin:24px 0 0;padding-top:14px;border-top:2px solid var(--line)}.totals dd:last-of-type{font-size:18px}
.lines summary{cursor:pointer;color:var(--accent);padding:10px 0 4px;font-size:15px;min-height:44px}.lines label{display:block;font-size:14px;color:var(--quiet);margin:4px 0}
form>details>summary,fieldset>details>summary{cursor:pointer;padding:10px 0;min-height:44px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.answers{display:grid;gap:22px;margin-top:20px}.answers p{margin:6px 0 0;font-size:14px;color:var(--quiet)}.answers button{width:100%}
body:has(.sheet) :is(main,header,footer){max-width:960px}.sheet{overflow-x:auto;border:1px solid var(--line);margin:0 0 10px}.sheet svg{display:block;width:100%;min-width:620px;font-family:"IBM Plex Sans",-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
.period h3{font-size:15px;font-weight:600;color:var(--quiet);margin:14px 0 6px}
.moves{display:flex;gap:24px;flex-wrap:wrap}.moves a{padding:10px 0}
`;
