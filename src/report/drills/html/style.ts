import { baseStyle } from '../../html/base-style.ts';

/** The page's style. Change it, and `policy.ts` must name its new hash: a test says which. */
export const drillStyle = `${baseStyle}:root{--area:.16}
.tiles{list-style:none;display:grid;grid-template-columns:repeat(4,1fr);gap:.6rem;margin:0 0 .7rem;padding:0;max-width:46rem}
.tile{border-radius:10px;padding:.45rem .8rem;border:1px solid transparent;overflow-wrap:normal}
.tile b{display:block;font-size:1.9rem;line-height:1.1;font-variant-numeric:tabular-nums}
.tile.zero{border-color:var(--line);color:var(--faint);background:none}
.broke{--is:var(--critical);--is-bg:var(--critical-bg)}.inconclusive{--is:var(--medium);--is-bg:var(--medium-bg)}.held{--is:var(--good);--is-bg:var(--good-bg)}.skipped{--is:var(--low);--is-bg:var(--low-bg)}
.tile,.pill{background:var(--is-bg);color:var(--is)}
.path,code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em}
.overview{list-style:none;margin:0;padding:0}
.overview>li{display:grid;grid-template-columns:minmax(5rem,11rem) 1fr;gap:.3rem 1rem;padding:.6rem 0;border-top:1px solid var(--line)}
.overview>li:first-child{border-top:0}
.pills{display:flex;flex-wrap:wrap;gap:.4rem;margin:0;padding:0;list-style:none}
.pill{display:inline-block;border-radius:99px;padding:0 .7rem;font-size:.88rem;font-weight:600;line-height:1.75rem;text-decoration:none}
a.pill:hover{text-decoration:underline}
.service{margin:2.2rem 0 0}
.drill{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--is);border-radius:12px;margin:0 0 1rem;padding:0 1rem}
.drill:target{outline:3px solid var(--link);outline-offset:2px}
.drill>summary{padding:.8rem 0;list-style-position:inside;cursor:pointer}
.drill>summary h3{display:inline;margin:0;font-size:1.12rem;line-height:1.35;font-weight:650}
.drill>summary p{margin:.25rem 0 0}
.word{color:var(--is);font-weight:700;white-space:nowrap}
.claim{margin:.1rem 0 1rem;max-width:52rem}
.advice-box{background:var(--good-bg);color:var(--ink);border-radius:8px;padding:.6rem .9rem;margin:0 0 1rem}
.advice-box h4{margin:0 0 .2rem;font-size:.92rem;color:var(--good)}
.advice-box ul{margin:0;padding-left:1.1rem}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(11rem,45%),1fr));gap:.6rem 1.2rem;margin:0 0 1rem}
.facts div{border-top:1px solid var(--line);padding-top:.35rem}
.facts .wide{grid-column:1/-1}
.facts dt{color:var(--faint);font-size:.85rem}
.facts dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}
.facts .wide dd{font-weight:400}
.facts ul{margin:.1rem 0 0;padding-left:1.1rem}
figure{margin:0 0 .8rem}
.plot{overflow-x:auto}.plot svg{display:block;max-width:100%;height:auto}
.plot.narrow{display:none}
@media(max-width:760px){.plot.wide{display:none}.plot.narrow{display:block}.overview>li{grid-template-columns:1fr}.drill{padding:0 .7rem}.tile{padding:.4rem .5rem}.tile b{font-size:1.5rem}.tile span{font-size:.8rem}}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;padding:0;margin:.3rem 0 .4rem;color:var(--faint);font-size:.88rem}
.key{vertical-align:middle;margin-right:.2rem}
summary{cursor:pointer}.numbers>summary{color:var(--link)}
.scroll{overflow-x:auto;max-height:26rem;margin:.5rem 0}
table{border-collapse:collapse;font-size:.92rem}
th,td{padding:.3rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:normal}
thead th{font-size:.85rem;color:var(--faint);font-weight:600}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;fill:var(--ink)}
svg text.panel-title{font-weight:650}svg text.panel-title,svg text.key-text,svg text.tick{stroke:var(--card);stroke-width:4px;paint-order:stroke}
svg text.tick,svg text.key-text{fill:var(--faint)}svg text.tick{font-size:11px;font-variant-numeric:tabular-nums}
.grid{stroke:var(--line);stroke-width:1}.axis{stroke:var(--faint);stroke-width:1}
.curve{fill:none;stroke-width:1.9;stroke-linejoin:round}
.area{stroke:none;fill-opacity:var(--area)}
.s0{--c:var(--n0)}.s1{--c:var(--n2)}.s2{--c:var(--n1)}.s3{--c:var(--n4)}.s4{--c:var(--n3)}.lost{--c:var(--lost)}.refused{--c:var(--refused)}
:root{--lost:#c8102e;--refused:#c77700}
@media screen and (prefers-color-scheme:dark){:root{--lost:#ff5c77;--refused:#f0a030;--area:.22}}
.curve{stroke:var(--c)}.curve.s1{stroke-dasharray:6 3}.curve.s2{stroke-dasharray:2 3}.area,.bar{fill:var(--c)}
.bar.refused{fill-opacity:.35;stroke:var(--c);stroke-width:1.2}
svg text.bar-text{fill:var(--c);font-weight:700;font-size:11.5px;stroke:var(--card);stroke-width:3px;paint-order:stroke}
.limit{stroke:var(--lost);stroke-width:1.6;stroke-dasharray:7 4}
svg text.limit-text{fill:var(--lost);font-weight:650;stroke:var(--card);stroke-width:4px;paint-order:stroke}
.event{fill:none;stroke-width:1.3;stroke:var(--e)}
.event.by-drill,.event-text.by-drill{--e:var(--n0)}.event.by-engine,.event-text.by-engine{--e:var(--n3)}.event.by-service,.event-text.by-service{--e:var(--n2)}
.event.by-engine{stroke-dasharray:5 3}.event.by-service{stroke-dasharray:1.5 3;stroke-linecap:round}
svg text.event-text{fill:var(--e);font-weight:600;stroke:var(--card);stroke-width:4px;paint-order:stroke}
.state-healthy rect{fill:var(--good-bg)}.state-healthy text.state-text{fill:var(--good)}
.state-unhealthy rect{fill:var(--critical-bg)}.state-unhealthy text.state-text{fill:var(--critical)}
.state-starting rect{fill:var(--medium-bg)}.state-starting text.state-text{fill:var(--medium)}
.state-stopped rect,.state-other rect{fill:var(--low-bg)}.state-stopped text.state-text,.state-other text.state-text{fill:var(--low)}
svg text.state-text{font-size:11px;font-weight:650}
footer{color:var(--faint);font-size:.9rem;padding-bottom:2rem}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{.skip{display:none}body{background:#fff;font-size:11pt}.drill{break-inside:avoid}.plot.wide{display:block}.plot.narrow{display:none}}
`;
