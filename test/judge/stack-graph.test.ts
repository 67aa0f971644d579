import { expect, test } from 'vitest';
import { stackGraph } from '../../src/judge/stack-graph.ts';
import { readProject } from '../../src/model/read-project.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';

const graphOf = (files: Record<string, string>, prefix?: string) =>
  stackGraph(readProject(memoryFiles(files), { today: '2026-11-21', compose: { env: {} } }), prefix);

test('services with their networks, ports, mounts and dependencies', () => {
  const graph = graphOf(
    {
      'compose.yaml': `name: shop
services:
  proxy:
    image: nginx:1.29
    ports: ["80:8080", "127.0.0.1:9000:9000", "192.0.2.7:53:53/udp", "[::]:443:443"]
    networks: [front]
    depends_on: [api]
  api:
    image: example/api:1
    networks: [front, back]
    volumes: [data:/data, ./conf:/conf:ro, /var/anonymous]
    depends_on:
      db:
        condition: service_healthy
    deploy:
      replicas: 3
  db:
    image: postgres:17
    networks: [back]
  agent:
    image: example/agent:1
    network_mode: host
networks:
  front: {}
  back:
    internal: true
volumes:
  data:
    external: true
`,
    },
    '../shop/',
  );
  expect(graph).toMatchObject({ place: '../shop/', name: 'shop' });
  expect(graph.networks).toEqual([
    { name: 'front', internal: false, external: false },
    { name: 'back', internal: true, external: false },
  ]);
  expect(graph.volumes).toEqual([{ name: 'data', external: true }]);
  const [proxy, api, db, agent] = graph.services;
  expect(proxy).toMatchObject({ name: 'proxy', image: 'nginx:1.29', kind: 'proxy', runs: 'server', replicas: 1 });
  expect(proxy?.ports.map(({ address, reach, published }) => [address, reach, published])).toEqual([
    [undefined, 'everywhere', '80'],
    ['127.0.0.1', 'this-machine', '9000'],
    ['192.0.2.7', 'one-address', '53'],
    [undefined, 'everywhere', '443'],
  ]);
  expect(proxy?.dependsOn).toEqual([{ service: 'api', condition: 'service_started' }]);
  expect(api?.replicas).toBe(3);
  expect(api?.networks).toEqual(['front', 'back']);
  expect(api?.dependsOn).toEqual([{ service: 'db', condition: 'service_healthy' }]);
  expect(api?.mounts).toEqual([
    { kind: 'volume', source: 'data', target: '/data', readOnly: false },
    { kind: 'host', source: 'conf', target: '/conf', readOnly: true },
  ]);
  expect(db).toMatchObject({ kind: 'database', ports: [] });
  expect(agent).toMatchObject({ networks: [], networkMode: 'host' });
});

test('a lone Dockerfile is one service that nothing joins', () => {
  const graph = graphOf({ Dockerfile: 'FROM node:22\nCMD ["node", "a.js"]\n' });
  expect(graph.name).toBeUndefined();
  expect(graph.services).toHaveLength(1);
  expect(graph.services[0]).toMatchObject({ image: 'built from Dockerfile', networks: [], ports: [], dependsOn: [] });
  expect([graph.networks, graph.volumes]).toEqual([[], []]);
});
