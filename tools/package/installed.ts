import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { npm } from './npm.ts';

const compose = 'version: "3"\nservices:\n  db:\n    image: postgres:17\n';
const dockerfile = 'FROM node:latest\nCOPY . .\nCMD npm start\n';

/** Installs the tarball into an empty project and uses it as a stranger would; says what did not work. */
export function tryInstalled(root: string, temporary: string, tarball: string): string[] {
  const home = path.join(temporary, 'user');
  fs.mkdirSync(home);
  const write = (name: string, text: string) => fs.writeFileSync(path.join(home, name), text);
  const run = (command: readonly string[], input = '') => {
    // Its own cache place: a check of the package leaves nothing in the home of the one who runs it.
    const env = { ...process.env, XDG_CACHE_HOME: home };
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: home,
      env,
      input,
      encoding: 'utf8',
    });
    return { status, stdout, output: `exit code ${status}\n${stdout}${stderr}` };
  };

  write('package.json', JSON.stringify({ name: 'user', private: true, type: 'module' }));
  // What it depends on is linked from this checkout, at the version the package asks for, so that no network is needed;
  // what those depend on is found beside them.
  const manifest: { dependencies: Record<string, string> } = JSON.parse(
    fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  const needed = Object.keys(manifest.dependencies).map(
    (name) => `${name}@file:${fs.realpathSync(path.join(root, 'node_modules', name))}`,
  );
  const quietly = ['--offline', '--ignore-scripts', '--no-install-links', '--no-audit', '--no-fund'];
  npm(['install', ...quietly, tarball, ...needed], home);

  const faults: string[] = [];
  write('Dockerfile', dockerfile);
  const bin = path.join(home, 'node_modules/.bin/seaworthy');
  for (const [what, command, input] of [
    ['check of a Dockerfile', [bin, 'check', '--format', 'json', 'Dockerfile'], ''],
    ['check of standard input', [bin, 'check', '--format', 'json', '-'], dockerfile],
  ] as const) {
    const { status, stdout, output } = run(command, input);
    if (status !== 1 || !stdout.includes('dockerfile/'))
      faults.push(`${what}: expected findings and exit code 1, got ${output}`);
  }

  write('compose.yaml', compose);
  const listed = run([bin, 'drill', '--list']);
  if (!listed.stdout.includes('graceful-stop')) faults.push(`drill --list: expected the drills, got ${listed.output}`);
  const engineless = run([bin, 'drill', '--host', 'unix:///nowhere/docker.sock']);
  if (engineless.status !== 3 || !engineless.output.includes('engine-unreachable'))
    faults.push(`drill without an engine: expected exit code 3, got ${engineless.output}`);
  const mended = run([bin, 'fix', '--dry-run', 'compose.yaml']);
  if (!mended.stdout.includes('-version: "3"')) faults.push(`fix: expected a diff, got ${mended.output}`);

  write('use.js', useOfLibrary);
  const used = run(['use.js']);
  if (used.status !== 0) faults.push(`import from an ES module: ${used.output}`);

  write('use.ts', useOfLibrary);
  const options = { strict: true, module: 'nodenext', target: 'es2022', noEmit: true, types: [], skipLibCheck: false };
  write('tsconfig.json', JSON.stringify({ compilerOptions: options, files: ['use.ts'] }));
  const typed = run([path.join(root, 'node_modules/typescript/bin/tsc'), '-p', home]);
  if (typed.status !== 0) faults.push(`types as a user sees them: ${typed.output}`);
  return faults;
}

/** Both JavaScript and TypeScript; it needs no types of Node's, and so must the library. */
const useOfLibrary = `import { check, drill, fix } from 'seaworthy';

const verdict = await check({ files: { Dockerfile: ${JSON.stringify(dockerfile)} } });
if (!verdict.findings.some((finding) => finding.rule.startsWith('dockerfile/'))) throw new Error('nothing found');
const mended = await fix({ files: { 'compose.yaml': ${JSON.stringify(compose)} } }, { level: 'review' });
if (!mended.diff.includes('-version') || mended.applied.length === 0) throw new Error('nothing mended');
const engine = { host: 'unix:///nowhere/docker.sock' };
const drilled = await drill({ directory: '.' }, { engine, only: ['graceful-stop'] }).catch((error) => error);
if (!(drilled instanceof Error) || !('code' in drilled) || drilled.code !== 'engine-unreachable') throw drilled;
`;
