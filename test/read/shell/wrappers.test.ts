import { describe, expect, test } from 'vitest';
import { commandFromArguments } from '../../../src/read/shell/from-arguments.ts';
import { effectiveCommand } from '../../../src/read/shell/wrappers.ts';
import { onlyCommand } from './show.ts';

for (const [text, through, words] of [
  ['curl -f x', '', 'curl -f x'],
  ['sudo -E -u root apt-get update', 'sudo', 'apt-get update'],
  ['sudo -Eu root A=b -- apt-get update', 'sudo', 'apt-get update'],
  ['sudo --user=root --preserve-env x', 'sudo', 'x'],
  ['sudo -l', '', 'sudo -l'],
  ['env A=b C="d e" -- node x', 'env', 'node x'],
  ['/usr/bin/env -i -u HOME A=b node x', 'env', 'node x'],
  ['env - A=b node', 'env', 'node'],
  ['env', '', 'env'],
  ['env -S "node --x" y', '', 'env -S node --x y'],
  ['exec nginx -g "daemon off;"', 'exec', 'nginx -g daemon off;'],
  ['exec -a x y', 'exec', 'y'],
  ['exec "$@"', 'exec', '$@'],
  ['command -p ls', 'command', 'ls'],
  ['command -v curl', '', 'command -v curl'],
  ['nice -n 5 ionice -c3 make -j2', 'nice ionice', 'make -j2'],
  ['nice -5 make', 'nice', 'make'],
  ['time -p make', 'time', 'make'],
  ['timeout -s KILL -k 5 30s curl x', 'timeout', 'curl x'],
  ['timeout -t 5 curl x', 'timeout', 'curl x'],
  ['timeout 5', '', 'timeout 5'],
  ['nohup java -jar x', 'nohup', 'java -jar x'],
  ['xargs -0 -n 1 -I{} rm -f {}', 'xargs', 'rm -f {}'],
  ['xargs -r', '', 'xargs -r'],
  ['gosu app:app redis-server', 'gosu', 'redis-server'],
  ['su-exec app redis-server', 'su-exec', 'redis-server'],
  ['tini -g -- node x', 'tini', 'node x'],
  ['/sbin/tini node x', 'tini', 'node x'],
  ['dumb-init --rewrite 15:3 -- node x', 'dumb-init', 'node x'],
  ['setpriv --reuid=1000 --regid 1000 --clear-groups --no-new-privs node', 'setpriv', 'node'],
  ['doas -u app id', 'doas', 'id'],
  ['chroot --userspec=1:1 /mnt apt-get update', 'chroot', 'apt-get update'],
  ['stdbuf -oL -e 0 python x', 'stdbuf', 'python x'],
  ['eatmydata apt-get -y install x', 'eatmydata', 'apt-get -y install x'],
  ['busybox wget x', 'busybox', 'wget x'],
  ['runuser -u app -- id -u', 'runuser', 'id -u'],
  ['runuser app -c id', '', 'runuser app -c id'],
  ['wait-for-it.sh db:5432 -t 30 -- npm start', 'wait-for-it.sh', 'npm start'],
  ['dockerize -wait tcp://db:5432 -timeout 30s npm start', 'dockerize', 'npm start'],
  ['sudo -E env A=b nice exec gosu u x', 'sudo env nice exec gosu', 'x'],
] as const) {
  test(text, () => {
    const effective = effectiveCommand(onlyCommand(text));
    expect(effective.through.join(' ')).toBe(through);
    expect(effective.words.map((word) => word.text).join(' ')).toBe(words);
  });
}

test('the name is that of the last program', () => {
  expect(effectiveCommand(onlyCommand('sudo /usr/bin/curl x')).name).toBe('curl');
  expect(effectiveCommand(onlyCommand('sudo "$x"')).name).toBeUndefined();
  expect(effectiveCommand(onlyCommand('A=b')).words).toEqual([]);
});

test('a chain without end is looked through for a while', () => {
  expect(effectiveCommand(onlyCommand(`${'sudo '.repeat(200_000)}x`)).through.length).toBe(20);
});

describe('exec form', () => {
  const span = (start: number, end: number) => ({ file: 'Dockerfile', start, end });
  const args = [
    { text: '/sbin/tini', span: span(5, 17) },
    { text: '--', span: span(19, 23) },
    { text: '$HOME/x y', span: span(25, 36) },
  ];

  test('is a command of literal words', () => {
    const command = commandFromArguments(args);
    expect(command).toMatchObject({ name: 'tini', span: span(5, 36), assignments: [], redirects: [], within: [] });
    expect(command.words[2]).toMatchObject({ text: '$HOME/x y', literal: true, variables: [], span: span(25, 36) });
    expect(effectiveCommand(command).name).toBe('x y');
  });

  test('may be empty, and may be told its place', () => {
    expect(commandFromArguments([])).toMatchObject({ name: undefined, words: [] });
    expect(commandFromArguments([], span(4, 6)).span).toEqual(span(4, 6));
  });
});
