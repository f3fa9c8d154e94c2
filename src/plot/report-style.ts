// The style sheet of report pages: light and dark by the reader's preference, one column, print-friendly.
// Colours agree with those of the figures.

import { fontFamily, monoFamily } from './figure.js';

export const reportStyle = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--dim:#5a616b;--line:#d5d9de;--soft:#f5f6f8;--pass:#00694c;--fail:#b03a00;--warn:#fff6e0;--warn-line:#c98a00}
@media screen and (prefers-color-scheme:dark){:root{--paper:#15181d;--ink:#e6e8eb;--dim:#a8b0ba;--line:#363c45;--soft:#1d2127;--pass:#2fc79b;--fail:#ff8f4f;--warn:#2b2413;--warn-line:#f2b632}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 ${fontFamily}}
main{max-width:928px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:26px;line-height:1.2;margin:0}
h2{font-size:17px;margin:36px 0 10px}
.subtitle{color:var(--dim);margin:4px 0 0}
.summary{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:0 28px;margin:24px 0 0;border-top:1px solid var(--line)}
.summary div{padding:10px 0;border-bottom:1px solid var(--line)}
.summary dt{color:var(--dim);font-size:12.5px}
.summary dd{margin:0;font-size:18px;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.warnings{margin:24px 0 0;padding:10px 16px;background:var(--warn);border-left:4px solid var(--warn-line)}
.warnings h2{margin:0 0 4px;font-size:15px}
.warnings ul{margin:0;padding-left:20px}
.warnings li{white-space:pre-wrap;overflow-wrap:anywhere}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;min-width:50%}
caption{text-align:left;font-weight:600;font-size:17px;margin:36px 0 8px}
th,td{padding:5px 20px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th{color:var(--dim);font-weight:600;font-size:13px}
.wide{font-size:13px}
.wide th,.wide td{padding-right:11px;white-space:nowrap}
.wide th:last-child,.wide td:last-child{padding-right:0}
.wide th{font-size:12px;white-space:normal}
.number{text-align:right;white-space:nowrap}
.pass{color:var(--pass);font-weight:600}
.fail{color:var(--fail);font-weight:700}
.note,figcaption{color:var(--dim);font-size:13.5px;margin:6px 0 0}
figure{margin:0}
.scroll+figure,.note+figure{margin-top:36px}
figure svg{display:block;height:auto}
figure .fits svg{max-width:100%}
pre{margin:8px 0 0;padding:12px 16px;background:var(--soft);overflow-x:auto;font:13px/1.5 ${monoFamily}}
summary{cursor:pointer}
details h2{display:inline;margin:0}
details{margin-top:36px}
@media print{
body{font-size:11pt}
main{max-width:none;padding:0}
figure,table,.summary{break-inside:avoid}
figure svg{max-width:100%}
.scroll{overflow:visible}
pre{white-space:pre-wrap;border:1px solid var(--line)}
h2{break-after:avoid}
}
`;
