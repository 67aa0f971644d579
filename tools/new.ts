import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ruleAreas } from './generate/rule-sources.ts';

/** `npm run new rule <area>/<name>`: the source file and the fixture folders of a rule, to be filled in. */
const root = path.dirname(import.meta.dirname);
const [kind, id = '', ...rest] = process.argv.slice(2);
const match = /^([a-z]+)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(id);
const area = ruleAreas.find((known) => known === match?.[1]);
if (kind !== 'rule' || !match || !area || rest.length > 0) {
  process.stderr.write(`usage: npm run new rule <${ruleAreas.join('|')}>/<kebab-case-name>\n`);
  process.exit(2);
}

const name = match[2]!;
const exportName = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const hook = {
  compose: 'service(service, report) {\n    void service;\n    void report;\n  },',
  dockerfile: 'stage(stage, report) {\n    void stage;\n    void report;\n  },',
  project: 'project(project, report) {\n    void project;\n    void report;\n  },',
}[area];

// Empty texts on purpose: the tests of all rules stay red until each is filled in.
const source = `import type { Rule } from '../rule.ts';

export const ${exportName}: Rule = {
  id: '${id}',
  summary: '',
  why: '',
  sources: [],
  severity: 'medium',
  confidence: 'certain',
  since: '${version()}',
  mission: [],
  aliases: [],
  examples: { bad: 'bad-example', good: 'good-example' },
  ${hook}
};
`;
const example =
  area === 'dockerfile'
    ? { Dockerfile: 'FROM debian:12-slim\n' }
    : { 'compose.yaml': 'services:\n  api:\n    image: debian:12-slim\n' };

create(`src/rules/${id}.ts`, source);
for (const folder of ['bad-example', 'good-example'])
  for (const [file, text] of Object.entries(example)) create(`test/rules/${id}/${folder}/${file}`, text);
create(`test/rules/${id}/bad-example/expect.txt`, '');
process.stdout.write('Fill them in, then: npm run accept, npm run generate, npm run ready\n');

const generated = spawnSync(process.execPath, ['--import', 'tsx', 'tools/generate.ts'], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = generated.status ?? 1;

function create(file: string, text: string): void {
  const place = path.join(root, file);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  if (fs.existsSync(place)) {
    process.stderr.write(`${file} exists already; nothing was overwritten\n`);
    process.exit(1);
  }
  fs.writeFileSync(place, text, { flag: 'wx' });
  process.stdout.write(`created ${file}\n`);
}

function version(): string {
  const manifest: { version: string } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  return manifest.version;
}
