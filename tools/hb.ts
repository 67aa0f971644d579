import { faultOf } from './fuzz/trial.ts';
for (const unit of ['`\n', 'RUN a=`x` b\n', '` ']) for (const n of [5000, 10000, 20000, 40000]) {
  const f = { Dockerfile: 'FROM alpine\n' + (unit==='` ' ? 'RUN x ' : 'RUN a`i\n') + unit.repeat(n) };
  const t = performance.now(); const r= faultOf(f); console.log(JSON.stringify(unit), n, (performance.now()-t).toFixed(0), r?.slice(0,80));
}
