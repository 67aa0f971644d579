import { describe, expect, test } from 'vitest';
import {
  capabilities,
  capabilityDanger,
  defaultCapabilities,
  parseCapability,
} from '../../src/knowledge/capabilities.ts';
import { defaultPorts, servicePort } from '../../src/knowledge/default-ports.ts';
import { imageFacts } from '../../src/knowledge/lookup.ts';
import { buildOnlyPackage, packageFor, toolsOf } from '../../src/knowledge/packages.ts';
import { parseSignal } from '../../src/knowledge/signals.ts';

describe('signals', () => {
  test.each([
    ['SIGTERM', 15, 'SIGTERM'],
    ['term', 15, 'SIGTERM'],
    ['sigquit', 3, 'SIGQUIT'],
    ['15', 15, 'SIGTERM'],
    ['SIGWINCH', 28, 'SIGWINCH'],
    ['SIGRTMIN', 34, 'SIGRTMIN'],
    ['SIGRTMIN+3', 37, 'SIGRTMIN+3'],
    ['RTMAX-1', 63, 'SIGRTMAX-1'],
    ['64', 64, 'SIGRTMAX'],
    ['99', 99, undefined],
  ])('%s', (text, number, name) => {
    expect(parseSignal(text)).toMatchObject({ number, name });
  });

  test.each([
    ['0'],
    ['SIGFOO'],
    [''],
    ['SIG'],
    ['SIGTERM '],
    ['SIGRTMIN+16'],
    ['SIGRTMAX-15'],
    ['SIGRTMIN-1'],
    ['15.0'],
    ['constructor'],
  ])('%j is no signal', (text) => {
    expect(parseSignal(text)).toBeUndefined();
  });

  test('KILL and STOP cannot be caught', () => {
    expect(['SIGKILL', '9', 'stop', '19'].map((text) => parseSignal(text)?.catchable)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(parseSignal('SIGTERM')?.catchable).toBe(true);
  });
});

describe('capabilities', () => {
  test('are 41, of which Docker gives 14', () => {
    expect(capabilities).toHaveLength(41);
    expect(defaultCapabilities).toHaveLength(14);
    expect(capabilities).toEqual(expect.arrayContaining([...defaultCapabilities]));
    expect(defaultCapabilities).not.toContain('NET_ADMIN');
  });

  test.each([
    ['CAP_NET_ADMIN', 'NET_ADMIN'],
    ['net_admin', 'NET_ADMIN'],
    ['all', 'ALL'],
    ['Cap_Chown', 'CHOWN'],
  ])('%s is %s', (text, name) => {
    expect(parseCapability(text)).toBe(name);
  });

  test.each([['CAP_ALL_OF_IT'], [''], ['CAP_'], ['CAP_CAP_CHOWN'], ['toString']])('%j is none', (text) => {
    expect(parseCapability(text)).toBeUndefined();
  });

  test('some reach the host, most do not', () => {
    expect(capabilityDanger('SYS_ADMIN')?.reach).toBe('host');
    expect(capabilityDanger('ALL')?.reach).toBe('host');
    expect(capabilityDanger('NET_ADMIN')?.reach).toBe('wide');
    expect(capabilityDanger('CHOWN')).toBeUndefined();
    expect(capabilityDanger('NET_BIND_SERVICE')).toBeUndefined();
  });
});

describe('packages', () => {
  test.each([
    ['curl', 'apt', 'curl'],
    ['pg_isready', 'apt', 'postgresql-client'],
    ['redis-cli', 'apt', 'redis-tools'],
    ['redis-cli', 'apk', 'redis'],
    ['nc', 'microdnf', 'nmap-ncat'],
    ['su-exec', 'apk', 'su-exec'],
    ['su-exec', 'apt', undefined],
    ['node', 'dnf', 'nodejs'],
    ['no-such-thing', 'apt', undefined],
    ['constructor', 'apt', undefined],
  ] as const)('%s comes on %s with %s', (tool, manager, name) => {
    expect(packageFor(tool, manager)).toBe(name);
  });

  test.each([
    ['postgresql-client', 'apt', ['pg_isready', 'psql']],
    ['postgresql-client-16', 'apt', ['psql', 'pg_isready']],
    ['postgresql16-client', 'apk', ['psql', 'pg_isready']],
    ['curl', 'apk', ['curl']],
    ['curl-minimal', 'dnf', ['curl']],
    ['procps', 'apt', ['ps', 'pgrep']],
    ['openjdk-17-jre-headless', 'apt', ['java']],
    ['libpq5', 'apt', []],
  ] as const)('%s brings on %s', (name, manager, brought) => {
    expect([...toolsOf(name, manager)].sort()).toEqual([...brought].sort());
  });

  test.each([
    ['gcc', 'build tools'],
    ['build-essential', 'build tools'],
    ['libpq-dev', 'build tools'],
    ['openssl-devel', 'build tools'],
    ['linux-headers', 'build tools'],
    ['openjdk-17-jdk', 'build tools'],
    ['git', 'version control'],
    ['vim', 'editor or debugger'],
    ['curl', undefined],
    ['libpq5', undefined],
    ['openjdk-17-jre', undefined],
    ['tini', undefined],
  ])('%s: %s', (name, why) => {
    expect(buildOnlyPackage(name)).toBe(why);
  });
});

describe('ports', () => {
  test('a database port is for the inside', () => {
    expect(servicePort(5432)).toMatchObject({
      service: 'PostgreSQL',
      kind: 'database',
      internal: true,
      protocol: 'tcp',
    });
    expect(servicePort(2375)).toMatchObject({ kind: 'docker', internal: true });
    expect(servicePort(443)?.internal).toBe(false);
  });

  test('3000, 8080 and 9000 may be anything', () => {
    expect([3000, 8080, 9000].map(servicePort)).toEqual([undefined, undefined, undefined]);
  });

  test('an image listens on its TCP ports, sorted', () => {
    expect(defaultPorts(imageFacts('caddy:2')!)).toEqual([80, 443, 2019]);
    expect(defaultPorts(imageFacts('alpine:3.20')!)).toEqual([]);
  });
});
