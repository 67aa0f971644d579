import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { measureCold } from './cold.ts';
import { coresSection, measureCores } from './cores.ts';
import { measureGrowth } from './growth.ts';
import { title as sizesTitle } from './image-size/page.ts';
import { interruptedTitle } from './interrupted/page.ts';
import { loadTitle } from './load/page.ts';
import { benchmarksPage } from './page.ts';
import { installPeers } from './peers.ts';
import { composeOf, corpusFiles, dockerfileOf } from './samples.ts';
import { sectionIn, withSection } from './section.ts';
import { measureThroughput } from './throughput.ts';

/**
 * `npm run bench [-- --quick]`: cold start, throughput and growth, ours and the peers' side by side in one run, written
 * to `docs/benchmarks.md`. Needs a build; takes some minutes; other work on the machine shows.
 */
const root = path.dirname(import.meta.dirname);
const isQuick = process.argv.includes('--quick');
const corpus = path.join(root, '..', 'shared', 'corpus');
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-bench-'));
const say = (text: string) => process.stderr.write(`${text}\n`);

try {
  const peers = installPeers();
  const written = (name: string, count: number, text: (number: number) => string) =>
    Array.from({ length: count }, (_, number) => {
      const file = path.join(temporary, 'samples', String(number), name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text(number));
      return file;
    });
  const forDockerfiles = ['seaworthy', 'dockerfile-utils', 'dockerfilelint'];
  const forCompose = ['seaworthy', 'dclint'];
  const corpora = [
    { name: 'written Dockerfiles', files: written('Dockerfile', 500, dockerfileOf), tools: forDockerfiles },
    {
      name: 'public Dockerfiles',
      files: corpusFiles(path.join(corpus, 'hub-dockerfiles'), /\.Dockerfile$/),
      tools: forDockerfiles,
    },
    {
      name: 'written Compose files',
      files: written('compose.yaml', 100, (number) => composeOf(2 + (number % 10))),
      tools: forCompose,
    },
    {
      name: 'public Compose files',
      files: corpusFiles(path.join(corpus, 'stacks'), /^(?:docker-)?compose\.ya?ml$/),
      tools: forCompose,
    },
  ];
  const loadBefore = os.loadavg()[0] ?? 0;
  say('cold start…');
  const cold = measureCold(root, peers, temporary, isQuick ? 7 : 31);
  say('throughput…');
  const throughput = measureThroughput(corpora, peers, temporary, isQuick ? 2 : 8);
  say('growth…');
  const growth = measureGrowth(root, temporary, isQuick ? 1 : 3);
  say('cores…');
  const cores = coresSection(measureCores(root, temporary, isQuick ? 1 : 3));
  const page = `${benchmarksPage({ cold, throughput, growth, runs: isQuick ? 7 : 31, loadBefore })}\n${cores.join('\n')}`;
  const file = path.join(root, 'docs/benchmarks.md');
  // These are measured by commands of their own.
  const old = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  const kept = [sizesTitle, loadTitle, interruptedTitle]
    .map((title) => sectionIn(old, title))
    .filter((section) => section !== '');
  fs.writeFileSync(file, kept.reduce(withSection, page));
  process.stdout.write(page);
} finally {
  fs.rmSync(temporary, { recursive: true, force: true });
}
