/** What `build` says, and what of the plan (and so of `POST /build`) becomes of it. */
export const builds: readonly {
  readonly yaml: string;
  readonly top?: string;
  readonly plan: Readonly<Record<string, unknown>>;
}[] = [
  { yaml: 'context: .', plan: { context: '/home/someone/shop', dockerfile: 'Dockerfile', dockerfileText: undefined } },
  { yaml: 'context: ./api', plan: { context: '/home/someone/shop/api', dockerfile: 'Dockerfile' } },
  { yaml: 'context: ., dockerfile: api/Dockerfile', plan: { dockerfile: 'api/Dockerfile' } },
  {
    yaml: 'context: ./api, dockerfile: ../Dockerfile',
    plan: { dockerfile: undefined, dockerfileText: 'FROM scratch AS top\n' },
  },
  {
    yaml: 'context: ., dockerfile_inline: "FROM scratch AS inline"',
    plan: { dockerfile: undefined, dockerfileText: 'FROM scratch AS inline' },
  },
  { yaml: 'args: {A: "1", B: two, FROM_NOBODY: }', plan: { arguments: { A: '1', B: 'two' } } },
  { yaml: 'labels: {a: 1}', plan: { labels: { a: '1' } } },
  {
    yaml: 'cache_from: ["shop/cache:1", "type=registry,ref=shop/x", "type=gha"]',
    plan: { cacheFrom: ['shop/cache:1', 'shop/x'] },
  },
  { yaml: 'no_cache: true', plan: { noCache: true } },
  { yaml: 'network: none', plan: { network: 'none' } },
  { yaml: 'pull: true', plan: { pull: true } },
  { yaml: 'target: top', plan: { target: 'top' } },
  { yaml: 'shm_size: 64m', plan: { shmBytes: 67_108_864 } },
  { yaml: 'extra_hosts: ["a:192.0.2.1"]', plan: { extraHosts: ['a:192.0.2.1'] } },
  { yaml: 'tags: ["shop/web:1"]', plan: { tags: ['shop/web:1'] } },
  {
    yaml: 'ulimits: {nproc: 100, nofile: {soft: 10, hard: 20}}',
    plan: {
      ulimits: [
        { Name: 'nproc', Soft: 100, Hard: 100 },
        { Name: 'nofile', Soft: 10, Hard: 20 },
      ],
    },
  },
  {
    yaml: 'secrets: [token, {source: word, target: other, mode: 0400}]',
    top: 'secrets: {token: {file: ./token.txt}, word: {environment: HOME}}',
    plan: {
      secrets: [
        { id: 'token', file: '/home/someone/shop/token.txt' },
        { id: 'other', text: '/home/someone' },
      ],
    },
  },
  { yaml: 'platforms: [linux/arm64]', plan: { platform: 'linux/arm64' } },
];
