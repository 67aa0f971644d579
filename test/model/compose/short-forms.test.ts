import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goDuration } from '../../../src/model/compose/go-duration.ts';
import { loadComposeProject } from '../../../src/model/compose/load.ts';
import { splitWords } from '../../../src/model/compose/shell-words.ts';
import { child, numberOf } from '../../../src/model/compose/tree-access.ts';
import { memoryFiles } from '../../../src/read/files-memory.ts';
import { parseBytes } from '../../../src/vocabulary/bytes.ts';
import { parseDuration } from '../../../src/vocabulary/duration.ts';
import { ipVersion } from '../../../src/vocabulary/ip-address.ts';
import { load, refusals, service } from './loading.ts';

const tcp = { mode: 'ingress', protocol: 'tcp' };

describe('ports', () => {
  test.each([
    ['80', [{ ...tcp, target: 80 }]],
    ['"8080:80"', [{ ...tcp, published: '8080', target: 80 }]],
    ['"8080:80/udp"', [{ ...tcp, published: '8080', target: 80, protocol: 'udp' }]],
    ['"127.0.0.1:8080:80"', [{ ...tcp, host_ip: '127.0.0.1', published: '8080', target: 80 }]],
    ['"127.0.0.1::80"', [{ ...tcp, host_ip: '127.0.0.1', target: 80 }]],
    ['"[::1]:8080:80"', [{ ...tcp, host_ip: '::1', published: '8080', target: 80 }]],
    [
      '"80-81:90-91"',
      [
        { ...tcp, published: '80', target: 90 },
        { ...tcp, published: '81', target: 91 },
      ],
    ],
    ['"8000-8010:80"', [{ ...tcp, published: '8000-8010', target: 80 }]],
    [
      '"99-100"',
      [
        { ...tcp, target: 100 },
        { ...tcp, target: 99 },
      ],
    ],
    ['{target: 80, published: 8080, mode: host}', [{ target: 80, published: '8080', mode: 'host', protocol: 'tcp' }]],
  ])('%s', (written, ports) => {
    expect(service(`ports: [${written}]`).ports).toEqual(ports);
  });

  test.each([
    '"80:"',
    '"a:80"',
    '"1-3:80-81"',
    '"80/http"',
    '"65536"',
    '"300.0.0.1:80:80"',
    '"::1:80:80"',
    '"5-3"',
    '0',
  ])('%s is refused', (written) => {
    expect(refusals(load(`services: {web: {image: x, ports: [${written}]}}`))).not.toEqual([]);
  });

  test('a range without end is bounded', () => {
    const ranges = Array(20)
      .fill('"1-65535"')
      .map((range: string, at) => range.replace('1-', `${at + 1}-`));
    expect(refusals(load(`services: {web: {image: x, ports: [${ranges.join(', ')}]}}`))).toContain(
      'more than 300000 ports',
    );
  });

  test.each([
    ['1.2.3.4', true],
    ['1.2.3', false],
    ['1.2.3.256', false],
    ['01.2.3.4', false],
    ['::', true],
    ['::1', true],
    ['fe80::1:95ff:fe20:100', true],
    ['1:2:3:4:5:6:7:8', true],
    ['1:2:3:4:5:6:7', false],
    ['1:2:3:4:5:6:7:8:9', false],
    ['::ffff:1.2.3.4', true],
    ['1::2::3', false],
    ['g::1', false],
    ['', false],
  ])('%s is an address: %s', (address, is) => {
    expect(ipVersion(address) !== undefined).toBe(is);
  });
});

describe('volumes', () => {
  test.each([
    ['data:/d', { type: 'volume', source: 'data', target: '/d', volume: {} }],
    ['/d', { type: 'volume', target: '/d', volume: {} }],
    ['data:/d:ro', { type: 'volume', source: 'data', target: '/d', read_only: true, volume: {} }],
    ['data:/d:nocopy', { type: 'volume', source: 'data', target: '/d', volume: { nocopy: true } }],
    ['./src:/app', { type: 'bind', source: 'src', target: '/app', bind: { create_host_path: true } }],
    [
      './src:/app:ro,z',
      { type: 'bind', source: 'src', target: '/app', read_only: true, bind: { create_host_path: true, selinux: 'z' } },
    ],
    [
      '/host:/c:rslave',
      { type: 'bind', source: '/host', target: '/c', bind: { create_host_path: true, propagation: 'rslave' } },
    ],
    ['/var/x:/c/../d/', { type: 'bind', source: '/var/x', target: '/d', bind: { create_host_path: true } }],
    ['C:\\src:/app', { type: 'bind', source: 'C:\\src', target: '/app', bind: { create_host_path: true } }],
    [
      'C:\\src:D:\\app:ro',
      { type: 'bind', source: 'C:\\src', target: 'D:\\app', read_only: true, bind: { create_host_path: true } },
    ],
  ])('%s', (written, volume) => {
    expect(service(`volumes: ['${written}']`).volumes).toEqual([volume]);
  });

  test('one letter before a colon is a drive of Windows, never a volume', () => {
    expect(service('volumes: ["a:/d"]').volumes).toEqual([{ type: 'volume', target: 'a:/d', volume: {} }]);
  });

  test.each(['""', '":/d"', '"aa::ro"', '"aa:/b:ro:z"'])('%s is refused', (written) => {
    expect(refusals(load(`services: {web: {image: x, volumes: [${written}]}}`))).not.toEqual([]);
  });
});

describe('commands', () => {
  test.each([
    ['a b', ['a', 'b']],
    ['  a   b ', ['a', 'b']],
    ['a "b c" \'d e\'', ['a', 'b c', 'd e']],
    ['a"b"c', ['abc']],
    ['a ""', ['a', '']],
    ['a\\ b', ['a b']],
    ["'a\\b'", ['a\\b']],
    ['sh -c "x && y | z"', ['sh', '-c', 'x && y | z']],
    ['echo $HOME ${X}', ['echo', '$HOME', '${X}']],
    ['a $(b c) d', ['a', '$(b c)', 'd']],
    ['a `b c`', ['a', '`b c`']],
    ['', []],
  ])('%j', (line, words) => {
    expect(splitWords(line)?.words.map(({ text }) => text)).toEqual(words);
  });

  test.each(['a "b', "a 'b", 'a \\', 'a (b)', 'a `b', 'a $(b'])('%j is refused', (line) => {
    expect(splitWords(line)).toBeUndefined();
  });

  test('what follows a shell operator is dropped, and said to be', () => {
    expect(splitWords('serve && log')).toEqual({ words: [{ text: 'serve', start: 0, end: 5 }], droppedFrom: 6 });
    const project = load('services: {web: {image: x, command: "serve > /log"}}');
    expect(project.faults).toMatchObject([{ code: 'command-cut-short', refused: false }]);
  });

  test('words know their places, and never overlap', () => {
    const piece = fc.constantFrom('a', 'bc', ' ', '"', "'", '\\', '$(', ')', '`', ';');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const line = pieces.join('');
        let last = 0;
        for (const { start, end } of splitWords(line)?.words ?? []) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(line.length);
          last = end;
        }
      }),
    );
  });
});

describe('durations and sizes', () => {
  test.each([
    ['90s', '1m30s'],
    ['1h', '1h0m0s'],
    ['1.5s', '1.5s'],
    ['100ms', '100ms'],
    ['1d', '24h0m0s'],
    ['2w', '336h0m0s'],
    ['1m1s500ms', '1m1.5s'],
    ['0', '0s'],
    ['-3s', '-3s'],
  ])('%s is %s', (written, printed) => {
    expect(goDuration(parseDuration(written) ?? Number.NaN)).toBe(printed);
  });

  test.each(['', '5', 's', '1 s', '1x', '--1s'])('%j is no duration', (written) => {
    expect(parseDuration(written)).toBeUndefined();
  });

  test('what Go prints it reads again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 15 }), (nanoseconds) => {
        const again = (parseDuration(goDuration(nanoseconds / 1e6)) ?? Number.NaN) * 1e6;
        // Units are added as floating point numbers.
        expect(Math.abs(again - nanoseconds)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test.each([
    ['512m', 536_870_912],
    ['1g', 1_073_741_824],
    ['1.5k', 1536],
    ['10 MiB', 10_485_760],
    ['64kb', 65_536],
    ['100', 100],
    ['100b', 100],
  ])('%s is %d bytes', (written, bytes) => {
    expect(parseBytes(written)).toBe(bytes);
  });

  test.each(['', 'm', '1x', '1mm', '-1m', '1 0m'])('%j is no size', (written) => {
    expect(parseBytes(written)).toBeUndefined();
  });

  test.each([
    ['"-1"', -1],
    ['-1', -1],
    ['"1g"', 1_073_741_824],
  ])('memswap_limit: %s is %d, less than nothing being without limit', (written, bytes) => {
    const compose = `services:\n  a:\n    image: busybox\n    memswap_limit: ${written}\n`;
    const { services } = loadComposeProject(memoryFiles({ 'compose.yaml': compose }));
    expect(numberOf(child(services.get('a'), 'memswap_limit'))).toBe(bytes);
  });
});
