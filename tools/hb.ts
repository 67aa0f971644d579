import { check } from '../src/index.ts';

const L = 'A'.repeat(60000);
for (const [n, f] of Object.entries({
  a: `FROM alpine\nENV X=$${L}\n`,
  b: `ARG ${L}\nFROM alpine:$${L}\nRUN echo $${L}\nWORKDIR /$${L}/x\nCOPY a $${L}\nUSER $${L}\n`,
  c: `FROM $${L}\nEXPOSE $${L}\nHEALTHCHECK CMD curl localhost:$${L}\nVOLUME $${L}\n`,
  d: `services:\n  a:\n    image: nginx:\${${L}}\n    environment: [${L}=hunter2xx]\n`,
  e: `services:\n  a:\n    image: nginx:\${${L}:-latest}\n`,
  g: `services:\n  a:\n    image: nginx:${L}\n    ports: ["${L}:80"]\n    environment: { PASSWORD: x${L}1 }\n`,
})) {
  try {
    const v = await check({ files: { [n < 'd' ? 'Dockerfile' : 'compose.yaml']: f } }, { only: ['all'] });
    v.checklists;
    for (const s of v.services) s.settings;
    console.log(
      n,
      v.failures.map((x) => x.rule + x.message.slice(0, 30) + x.message.slice(-60)),
    );
  } catch (e) {
    console.log(n, String(e).slice(0, 60), String((e as Error).stack).slice(-500));
  }
}
