import type { ImageKind } from './image-facts.ts';

/** Limits to begin with, where nobody has measured: room for the program as it comes out of its image, and some load. */
export interface DefaultLimits {
  readonly memoryMebibytes: number;
  readonly cpus: string;
  readonly pids: number;
  /** What the size is taken from. */
  readonly because: string;
}

/** By image name, first match wins. Sizes leave a quarter above what the image takes by its own defaults. */
const byImage: readonly (readonly [RegExp, DefaultLimits])[] = [
  [
    /^(?:docker\.elastic\.co\/.*\/|opensearchproject\/)?(?:elasticsearch|opensearch)$/,
    {
      memoryMebibytes: 2048,
      cpus: '2.0',
      pids: 4096,
      because: 'the JVM takes half of the limit for its heap, and 1 GiB of heap is the least advised',
    },
  ],
  [
    /(?:^|\/)logstash(?:-oss)?$/,
    { memoryMebibytes: 1536, cpus: '1.0', pids: 1024, because: 'its heap is 1 GiB by default' },
  ],
  [
    /(?:^|\/)kibana(?:-oss)?$/,
    { memoryMebibytes: 1536, cpus: '1.0', pids: 512, because: 'Kibana asks for 1 GiB and more at start' },
  ],
  [
    /(?:^|\/)(?:cp-)?kafka$/,
    { memoryMebibytes: 2048, cpus: '2.0', pids: 2048, because: 'its heap is 1 GiB by default' },
  ],
  [
    /(?:^|\/)(?:cp-)?zookeeper$/,
    { memoryMebibytes: 1536, cpus: '1.0', pids: 1024, because: 'its heap is 1,000 MB by default' },
  ],
  [
    /(?:^|\/)keycloak$/,
    {
      memoryMebibytes: 2048,
      cpus: '2.0',
      pids: 2048,
      because: 'its heap is 70 % of the limit, and 2 GB are recommended',
    },
  ],
  [
    /(?:^|\/)(?:cassandra|scylla)$/,
    {
      memoryMebibytes: 4096,
      cpus: '2.0',
      pids: 4096,
      because: 'its heap is a quarter of the memory, and 4 GB are the least advised',
    },
  ],
  [
    /(?:^|\/)(?:jenkins|sonarqube|nexus3|gitlab-[ce]e)$/,
    { memoryMebibytes: 4096, cpus: '2.0', pids: 4096, because: 'its makers ask for 4 GB' },
  ],
  [
    /(?:^|\/)prometheus$/,
    { memoryMebibytes: 2048, cpus: '1.0', pids: 1024, because: 'head chunks of some 100,000 series' },
  ],
];

const byKind: Readonly<Record<ImageKind, DefaultLimits>> = {
  database: {
    memoryMebibytes: 1024,
    cpus: '1.0',
    pids: 512,
    because: 'buffers as the image sets them, and some hundred connections',
  },
  search: { memoryMebibytes: 2048, cpus: '2.0', pids: 4096, because: 'a heap of 1 GiB' },
  queue: {
    memoryMebibytes: 1024,
    cpus: '1.0',
    pids: 1024,
    because: 'an Erlang or Java runtime with some thousand messages',
  },
  cache: { memoryMebibytes: 512, cpus: '0.5', pids: 128, because: 'a small working set' },
  proxy: { memoryMebibytes: 256, cpus: '0.5', pids: 256, because: 'a worker for each processor and its buffers' },
  web: { memoryMebibytes: 256, cpus: '0.5', pids: 256, because: 'a worker for each processor and its buffers' },
  monitoring: { memoryMebibytes: 512, cpus: '0.5', pids: 512, because: 'a server in Go with a small set of series' },
  app: { memoryMebibytes: 1024, cpus: '1.0', pids: 512, because: 'an application server with its workers' },
  language: { memoryMebibytes: 512, cpus: '1.0', pids: 256, because: 'one process of an interpreted language' },
  base: { memoryMebibytes: 512, cpus: '1.0', pids: 256, because: 'one process' },
  build: { memoryMebibytes: 2048, cpus: '2.0', pids: 1024, because: 'compilers' },
  tool: { memoryMebibytes: 256, cpus: '0.5', pids: 128, because: 'one process' },
};

/** Languages whose runtime alone is larger than a small program. */
const byRuntime: readonly (readonly [RegExp, DefaultLimits])[] = [
  [
    /^(?:java|javaw)$/,
    { memoryMebibytes: 1024, cpus: '1.0', pids: 512, because: 'a JVM takes a quarter of the limit for its heap' },
  ],
  [
    /^dotnet$/,
    {
      memoryMebibytes: 512,
      cpus: '1.0',
      pids: 256,
      because: 'the runtime takes three quarters of the limit for its heap',
    },
  ],
];

export function defaultLimits(
  image: string | undefined,
  kind: ImageKind | undefined,
  program: string | undefined,
): DefaultLimits {
  const row = image === undefined ? undefined : byImage.find(([name]) => name.test(image));
  const runtime = program === undefined ? undefined : byRuntime.find(([name]) => name.test(program));
  return row?.[1] ?? runtime?.[1] ?? byKind[kind ?? 'language'];
}
