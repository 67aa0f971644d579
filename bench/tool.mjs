// One tool over one list of files in a process of its own: `node tool.mjs TOOL LIST.json PEERS SECONDS`.
// Plain JavaScript, so that nothing but the tool is loaded. Prints JSON: files per second of each round, peak memory.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [, , tool, list, peers, seconds] = process.argv;
const files = JSON.parse(fs.readFileSync(list, 'utf8'));
const fromPeers = createRequire(path.join(peers, 'package.json'));

const tools = {
  async seaworthy() {
    const { check } = await import('../dist/index.js');
    return async (file) => {
      const name = /\.ya?ml$/.test(file) ? 'compose.yaml' : 'Dockerfile';
      const verdict = await check({ files: { [name]: fs.readFileSync(file, 'utf8') } });
      return verdict.findings.length;
    };
  },
  async 'dockerfile-utils'() {
    const { validate } = fromPeers('dockerfile-utils');
    return async (file) => validate(fs.readFileSync(file, 'utf8')).length;
  },
  async dockerfilelint() {
    const { run } = fromPeers('dockerfilelint');
    return async (file) => Object.keys(run(path.dirname(file), fs.readFileSync(file, 'utf8'))).length;
  },
  async dclint() {
    const { DCLinter } = fromPeers('dclint');
    const linter = new DCLinter({ rules: {}, quiet: true, debug: false, exclude: [] });
    return async (file) => linter.lintFiles([file], false)[0]?.messages.length ?? 0;
  },
};

const judge = await tools[tool]();
let found = 0;
let failed = 0;
let cpuSeconds = 0;
async function round() {
  found = 0;
  failed = 0;
  const from = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  for (const file of files) {
    try {
      found += await judge(file);
    } catch {
      failed += 1; // counted and told: a tool that refuses a file has less to do
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  cpuSeconds += (user + system) / 1e6;
  return files.length / (Number(process.hrtime.bigint() - from) / 1e9);
}

await round(); // the compiler warms up
cpuSeconds = 0;
const rates = [];
const end = Date.now() + Number(seconds) * 1000;
do rates.push(await round());
while (Date.now() < end || rates.length < 3);
fs.writeSync(1, JSON.stringify({ rates, perCpuSecond: (files.length * rates.length) / cpuSeconds, found, failed, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
