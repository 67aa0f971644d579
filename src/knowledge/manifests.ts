/** How a language's package manager is told what to install, and what pins it. */
export interface Manifest {
  /** The file that names what is wanted: `package.json`. */
  readonly manifest: string;
  /** Files that fix each version, any of which will do. */
  readonly locks: readonly string[];
}

/** By package manager; each one's own documentation names the files. pip has no lock file of its own. */
export const manifests: ReadonlyMap<string, Manifest> = new Map([
  ['npm', { manifest: 'package.json', locks: ['package-lock.json', 'npm-shrinkwrap.json'] }],
  ['yarn', { manifest: 'package.json', locks: ['yarn.lock'] }],
  ['pnpm', { manifest: 'package.json', locks: ['pnpm-lock.yaml'] }],
  ['bun', { manifest: 'package.json', locks: ['bun.lock', 'bun.lockb'] }],
  ['bundle', { manifest: 'Gemfile', locks: ['Gemfile.lock'] }],
  ['composer', { manifest: 'composer.json', locks: ['composer.lock'] }],
  ['poetry', { manifest: 'pyproject.toml', locks: ['poetry.lock'] }],
  ['uv', { manifest: 'pyproject.toml', locks: ['uv.lock'] }],
  ['pipenv', { manifest: 'Pipfile', locks: ['Pipfile.lock'] }],
  ['cargo', { manifest: 'Cargo.toml', locks: ['Cargo.lock'] }],
]);
