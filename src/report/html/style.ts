import { baseStyle } from './base-style.ts';

/** The page's style. Change it, and `policy.ts` must name its new hash: a test says which. */
export const pageStyle = `${baseStyle}.tiles{list-style:none;display:grid;grid-template-columns:repeat(4,1fr);gap:.6rem;margin:0 0 .7rem;padding:0;max-width:46rem}
.tile{border-radius:10px;padding:.45rem .8rem;border:1px solid transparent;overflow-wrap:normal}
.tile b{display:block;font-size:1.9rem;line-height:1.1;font-variant-numeric:tabular-nums}
.tile.critical,.badge.critical,.chip.critical{background:var(--critical-bg);color:var(--critical)}
.tile.high,.badge.high,.chip.high{background:var(--high-bg);color:var(--high)}
.tile.medium,.badge.medium,.chip.medium{background:var(--medium-bg);color:var(--medium)}
.tile.low,.badge.low,.chip.low{background:var(--low-bg);color:var(--low)}
.tile.zero{border-color:var(--line);color:var(--faint)}
.chip.fail{background:var(--critical-bg);color:var(--critical)}.chip.open{background:var(--medium-bg);color:var(--medium)}.chip.pass{background:var(--good-bg);color:var(--good)}.chip.not-applicable{background:var(--low-bg);color:var(--low)}
nav{position:sticky;top:0;z-index:5;background:var(--bg);display:flex;gap:1.2rem;padding-top:.6rem;padding-bottom:.6rem;border-bottom:1px solid var(--line)}
nav a{font-weight:600;text-decoration:none}nav a:hover{text-decoration:underline}
.badge{display:inline-block;border-radius:99px;padding:0 .55rem;font-size:.8rem;font-weight:650;line-height:1.5rem;white-space:nowrap}
.first{padding-left:1.4rem;margin:0}
.overview{display:grid;gap:0 3rem;grid-template-columns:minmax(0,1fr)}
@media(min-width:1000px){.overview:has(#first){grid-template-columns:minmax(0,1fr) auto}}
.overview section{margin-bottom:0}
.first li{margin:.7rem 0}.first .faint{display:block;font-size:.9rem}
.trouble{border:2px solid var(--medium);border-radius:10px;padding:.8rem 1rem;background:var(--card)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;background:var(--card);border-radius:10px;font-size:.95rem}
th,td{padding:.4rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:normal}
thead th{font-size:.85rem;color:var(--faint);font-weight:600}
tbody th{font-weight:600}
.counts td,.counts thead th+th{text-align:right;font-variant-numeric:tabular-nums;font-weight:650}
.counts tbody th{max-width:26rem;overflow-wrap:anywhere}
td.zero{color:var(--faint);font-weight:400}
td.critical,span.critical{color:var(--critical)}td.high,span.high{color:var(--high)}td.medium,span.medium{color:var(--medium)}td.low,span.low{color:var(--low)}
.path,code,pre,.rule,.places{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em}
.stack{margin:0 0 1.4rem}
.drawing{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.5rem;margin-bottom:.6rem}
.drawing svg{display:block;margin:0 auto;max-width:100%;height:auto}
.drawing.narrow{display:none}
@media(max-width:760px){.drawing.wide{display:none}.drawing.narrow{display:block;padding:.2rem}}
figcaption summary{color:var(--link)}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;margin:0 0 .5rem;color:var(--faint);font-size:.9rem}
.key{vertical-align:middle}
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;fill:var(--ink)}
svg text.mono{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
svg text.name{font-size:14px;font-weight:650}
svg text.faint{fill:var(--faint);font-size:11px}
svg text.band-title{font-size:11.5px;font-weight:600;fill:var(--faint);stroke:var(--band);stroke-width:4px;paint-order:stroke}
.band{fill:var(--band)}
.card,.behind{fill:var(--card);stroke:var(--line);stroke-width:1.2}
.stripe{fill:var(--line)}
.worst-critical .card{stroke:var(--critical);stroke-width:2}.worst-critical .stripe{fill:var(--critical)}
.worst-high .card{stroke:var(--high)}.worst-high .stripe{fill:var(--high)}
.worst-medium .card{stroke:var(--medium)}.worst-medium .stripe{fill:var(--medium)}
.worst-low .stripe{fill:var(--low)}.worst-none .stripe{fill:var(--good)}
svg .badge{fill:var(--good-bg)}svg text.badge-text{font-size:11px;font-weight:650;fill:var(--good)}
.worst-critical .badge{fill:var(--critical-bg)}.worst-critical text.badge-text{fill:var(--critical)}
.worst-high .badge{fill:var(--high-bg)}.worst-high text.badge-text{fill:var(--high)}
.worst-medium .badge{fill:var(--medium-bg)}.worst-medium text.badge-text{fill:var(--medium)}
.worst-low .badge{fill:var(--low-bg)}.worst-low text.badge-text{fill:var(--low)}
.ports rect{fill:var(--card);stroke:var(--line);stroke-width:1.2}
.ports.everywhere rect{stroke:var(--high);stroke-width:1.6}
.ports.narrow rect{stroke-dasharray:4 3}
svg text.port-head{font-size:11px;font-weight:650;fill:var(--faint)}.ports.everywhere text.port-head{fill:var(--high)}
.volume rect{fill:var(--card);stroke:var(--line);stroke-width:1.2}
.sign{fill:none;stroke:var(--faint);stroke-width:1.2}
.edge{fill:none;stroke:var(--faint);stroke-width:1.5}
.edge.loose{stroke-dasharray:5 3}
.edge.port{stroke:var(--high);stroke-width:1.8}
.edge.volume{stroke-dasharray:1.5 3;stroke-linecap:round}
.head path{fill:var(--faint)}.head.port path{fill:var(--high)}
.rail{fill:none;stroke-width:2.5;stroke-linecap:round;stroke:var(--n5)}
.net rect{fill:var(--card);stroke-width:1.4;stroke:var(--n5)}.net text{font-size:10.5px;font-weight:600;fill:var(--n5)}
.rail.n0,.n0 rect{stroke:var(--n0)}.n0 text{fill:var(--n0)}
.rail.n1,.n1 rect{stroke:var(--n1)}.n1 text{fill:var(--n1)}
.rail.n2,.n2 rect{stroke:var(--n2)}.n2 text{fill:var(--n2)}
.rail.n3,.n3 rect{stroke:var(--n3)}.n3 text{fill:var(--n3)}
.rail.n4,.n4 rect{stroke:var(--n4)}.n4 text{fill:var(--n4)}
svg a:hover .card,svg a:focus-visible .card{stroke:var(--link);stroke-width:2.5}
svg a:focus-visible{outline:none}
.lit .edge,.lit .rail{opacity:.15;transition:opacity .15s}.lit .edge.on{opacity:1;stroke:var(--link);stroke-width:2.4}
.filters{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:center;margin:0 0 .6rem}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;min-width:0}
legend{float:left;padding:0;margin-right:.5rem;color:var(--faint)}
.chip{display:inline-flex;gap:.4rem;align-items:center;border-radius:99px;padding:.2rem .8rem .2rem .55rem;font-weight:650;font-size:.92rem;cursor:pointer}
.chip input{width:1.1rem;height:1.1rem;margin:0;accent-color:currentColor}
.scripted{display:none;flex-wrap:wrap;gap:.5rem .8rem;align-items:center;color:var(--faint);font-size:.92rem}
.js .scripted{display:flex}
select,input[type=search],button{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--faint);border-radius:8px;padding:.25rem .5rem;max-width:100%}
button{cursor:pointer}
select{max-width:15rem}
summary{cursor:pointer}
.file{background:var(--card);border:1px solid var(--line);border-radius:12px;margin:0 0 1rem;padding:0 .9rem}
.file>summary{padding:.7rem 0;font-weight:600}
.file>summary .badges{font-weight:400;margin-left:.4rem}
.spot{border-top:1px solid var(--line);padding:.8rem 0 .5rem}
.excerpt{margin:0 0 .5rem;padding:.5rem .2rem;background:var(--bg);border-radius:8px;overflow-x:auto;font-size:.86rem;line-height:1.55;tab-size:4;overflow-wrap:normal}
.excerpt code{font-size:1em}
.number,.near{color:var(--faint)}.number{user-select:none}
mark{background:var(--mark);color:var(--mark-ink);border-radius:3px}
.finding{margin:.15rem 0}
.finding>summary{padding:.15rem 0}
.finding .message{font-weight:550}
.rule{color:var(--faint);font-size:.82rem;margin-left:.3rem}
.sure{color:var(--faint);font-size:.82rem;font-style:italic;margin-left:.5rem}
.more{border-left:3px solid var(--line);margin:.2rem 0 .6rem .4rem;padding:.1rem 0 .1rem .9rem;font-size:.95rem}
.more p,.more ul{margin:.3rem 0}.links,.related{padding-left:1.1rem}
.finding:target>summary{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
.lists{columns:2 26rem;column-gap:1rem}
.list{break-inside:avoid-column;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:0 .9rem;margin:0 0 1rem}
.list>summary{padding:.7rem 0}
.list-title{font-weight:650}
.bar{display:block;width:100%;height:6px;margin-top:.5rem;border-radius:3px}
.bar .fail{fill:var(--critical)}.bar .open{fill:var(--medium)}.bar .pass{fill:var(--good)}.bar .not-applicable{fill:var(--line)}
.items{list-style:none;margin:0;padding:0 0 .6rem}
.item{display:grid;grid-template-columns:5.3rem 1fr;gap:.5rem;padding:.4rem 0;border-top:1px solid var(--line);font-size:.94rem}
.item-id{color:var(--faint);font-size:.8rem}
.state{font-weight:650;font-size:.85rem;line-height:1.6;overflow-wrap:normal}
.fail .state{color:var(--critical)}.open .state{color:var(--medium)}.pass .state{color:var(--good)}.not-applicable .state{color:var(--faint)}
footer{color:var(--faint);font-size:.9rem;padding-bottom:2rem}
[hidden]{display:none!important}
@supports selector(:has(*)){
.finding,.spot,.file,.item{display:none}
body:not(:has(#filters)) .finding,body:has(#show-critical:checked) :is(.finding.critical,.has-critical),body:has(#show-high:checked) :is(.finding.high,.has-high),body:has(#show-medium:checked) :is(.finding.medium,.has-medium),body:has(#show-low:checked) :is(.finding.low,.has-low){display:block}
body:has(#show-fail:checked) .item.fail,body:has(#show-open:checked) .item.open,body:has(#show-pass:checked) .item.pass,body:has(#show-not-applicable:checked) .item.not-applicable{display:grid}
}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}*{transition:none!important}}
@media(max-width:480px){.tile{padding:.4rem .5rem}.tile b{font-size:1.5rem}.tile span{font-size:.85rem}.file,.list{padding:0 .6rem}th,td{padding:.35rem .45rem}.item{grid-template-columns:5.1rem 1fr}}
@media print{nav,.skip,.filters,.scripted,#shown{display:none!important}body{background:#fff;font-size:11pt}.file,.drawing,.list{break-inside:auto;border-color:#999}.spot,.item{break-inside:avoid}.drawing.wide{display:block}.drawing.narrow{display:none}.excerpt{white-space:pre-wrap}section{margin:1.2rem 0}}
`;
