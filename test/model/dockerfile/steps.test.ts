import { describe, expect, test } from 'vitest';
import { triggerStep, userAfter, workdirAfter } from '../../../src/model/dockerfile/build-dockerfile.ts';
import { args, step, target } from '../reading.ts';

describe('the user', () => {
  const users = (text: string) => target(text).steps.map(({ user }) => user?.value);
  const atEnd = (text: string, options = {}) => userAfter(target(text, options))?.value;

  test('of a step is the last before it', () => {
    expect(users('FROM scratch\nCOPY a /\nUSER app\nCOPY b /\nUSER 0\nCOPY c /\n')).toEqual([
      'root',
      'root',
      'app',
      'app',
      '0',
    ]);
  });

  test('comes from the base where no line says', () => {
    expect(userAfter(target('FROM node:22-alpine\nRUN a\n'))).toMatchObject({
      value: 'root',
      from: { kind: 'base-image', image: 'node:22-alpine' },
    });
  });

  test('of an unknown base is unknown', () => {
    expect(atEnd('FROM registry.example/app:1\nRUN a\n')).toBeUndefined();
  });

  test('is inherited through stages, empty ones too', () => {
    expect(atEnd('FROM a AS one\nUSER app\nFROM one AS two\nFROM two\n')).toBe('app');
  });

  test('may be a variable', () => {
    expect(atEnd('FROM a\nARG UID=1000\nUSER $UID\n')).toBe('1000');
    expect(atEnd('FROM a\nARG UID=1000\nUSER $UID\n', args({ UID: '2000' }))).toBe('2000');
  });

  test('of a variable that nothing sets is unknown, whoever it was before', () => {
    expect(atEnd('FROM node:22\nUSER node\nARG WHO\nUSER $WHO\n')).toBeUndefined();
  });

  test('of an empty variable is root', () => {
    expect(atEnd('FROM a\nUSER app\nARG WHO=""\nUSER "$WHO"\n')).toBe('root');
  });

  test('keeps the group', () => {
    expect(atEnd('FROM a\nUSER app:app\n')).toBe('app:app');
  });
});

describe('the working directory', () => {
  const atEnd = (text: string) => workdirAfter(target(text))?.value;

  test.each([
    ['WORKDIR /app', '/app'],
    ['WORKDIR /app\nWORKDIR src', '/app/src'],
    ['WORKDIR /app/src\nWORKDIR ../lib/./x/', '/app/lib/x'],
    ['WORKDIR /../..', '/'],
    ['ENV HERE=/srv\nWORKDIR $HERE/web', '/srv/web'],
    ['WORKDIR app', '/app'],
  ])('%j ends in %s', (lines, path) => {
    expect(atEnd(`FROM scratch\n${lines}\n`)).toBe(path);
  });

  test('relative to an unknown base is likely below the root', () => {
    expect(workdirAfter(target('FROM mine\nWORKDIR app\n'))).toMatchObject({ value: '/app', sure: 'likely' });
  });

  test('behind a variable of the base is unknown, and so is what follows it', () => {
    expect(atEnd('FROM mine\nWORKDIR $CATALINA_HOME\n')).toBeUndefined();
    expect(atEnd('FROM mine\nWORKDIR $CATALINA_HOME\nWORKDIR webapps\n')).toBeUndefined();
    expect(atEnd('FROM mine\nWORKDIR $CATALINA_HOME\nWORKDIR /srv\n')).toBe('/srv');
  });

  test('of a step is the one before it', () => {
    expect(step('FROM scratch\nWORKDIR /a\nWORKDIR /b\nRUN x\n', 1).workdir?.value).toBe('/a');
    expect(step('FROM scratch\nWORKDIR /a\nWORKDIR /b\nRUN x\n', 2).workdir?.value).toBe('/b');
  });

  test('is inherited through stages', () => {
    expect(atEnd('FROM scratch AS a\nWORKDIR /srv\nFROM a AS b\nFROM b\n')).toBe('/srv');
  });
});

describe('the shell', () => {
  test('is /bin/sh -c until SHELL', () => {
    const text = 'FROM a\nRUN x\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN y\n';
    expect(step(text, 0)).toMatchObject({ shell: ['/bin/sh', '-c'], shellIsSet: false });
    expect(step(text, 2)).toMatchObject({ shell: ['/bin/bash', '-o', 'pipefail', '-c'], shellIsSet: true });
  });

  test('is inherited by FROM', () => {
    const text = 'FROM a AS b\nSHELL ["/bin/bash", "-c"]\nFROM b AS c\nFROM c\nRUN x\n';
    expect(step(text, 0)).toMatchObject({ shell: ['/bin/bash', '-c'], shellIsSet: true });
  });

  test('a SHELL that is no list changes nothing', () => {
    expect(step('FROM a\nSHELL /bin/bash -c\nRUN x\n', 1).shell).toEqual(['/bin/sh', '-c']);
  });
});

describe('mounts', () => {
  const mounts = (line: string) => step(`FROM a\nARG ID=tok\n${line}\n`, 1).mounts;

  test('are taken apart', () => {
    expect(mounts('RUN --mount=type=secret,id=npm,target=/root/.npmrc npm ci')).toMatchObject([
      { type: 'secret', id: 'npm', target: '/root/.npmrc', from: undefined },
    ]);
  });

  test('of several kinds, bind being the default', () => {
    expect(
      mounts('RUN --mount=type=cache,dst=/c --mount=from=deps,source=/x,destination=/y true').map(
        ({ type, target, from }) => [type, target, from],
      ),
    ).toEqual([
      ['cache', '/c', undefined],
      ['bind', '/y', 'deps'],
    ]);
  });

  test('with variables', () => {
    expect(mounts('RUN --mount=type=secret,id=$ID true')[0]?.id).toBe('tok');
  });

  test('that cannot be read do no harm', () => {
    expect(mounts('RUN --mount=type=cache,,="x true').length).toBeLessThanOrEqual(1);
  });

  test('only RUN has any', () => {
    expect(mounts('COPY --mount=type=cache a b')).toEqual([]);
  });
});

test('what ONBUILD holds is a step like others', () => {
  const onbuild = step('FROM a\nWORKDIR /app\nONBUILD RUN npm ci\n', 1);
  const trigger = triggerStep(onbuild);
  expect(onbuild.commands).toEqual([]);
  expect(trigger?.instruction.keyword).toBe('RUN');
  expect(trigger?.commands[0]?.words.map(({ text }) => text)).toEqual(['npm', 'ci']);
  expect(trigger?.workdir?.value).toBe('/app');
  expect(triggerStep(step('FROM a\nRUN x\n', 0))).toBeUndefined();
});
