import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Scope } from '../../../src/model/dockerfile/scope.ts';
import { args, built, image, step, target } from '../reading.ts';

const value = (text: string, name: string, options = {}) => {
  const last = target(`${text}\nRUN end\n`, options).steps.at(-1);
  return last?.scope.get(name)?.value;
};

describe('ARG', () => {
  test('before FROM is seen by FROM', () => {
    expect(built('ARG TAG=3.20\nFROM alpine:$TAG\n').target?.from.text).toBe('alpine:3.20');
  });

  test('before FROM is not seen inside a stage', () => {
    expect(value('ARG TAG=3.20\nFROM alpine', 'TAG')).toBeUndefined();
  });

  test('declared again inside takes the value from before FROM', () => {
    expect(value('ARG TAG=3.20\nFROM alpine\nARG TAG', 'TAG')).toBe('3.20');
  });

  test('declared again with a default of its own keeps that', () => {
    expect(value('ARG TAG=3.20\nFROM alpine\nARG TAG=edge', 'TAG')).toBe('edge');
  });

  test('of the build wins over every default', () => {
    expect(built('ARG TAG=3.20\nFROM alpine:$TAG\n', args({ TAG: '3.19' })).target?.from.text).toBe('alpine:3.19');
    expect(value('FROM alpine\nARG MODE=dev', 'MODE', args({ MODE: 'prod' }))).toBe('prod');
  });

  test('of the build without a value leaves the default', () => {
    expect(value('FROM alpine\nARG MODE=dev', 'MODE', args({ MODE: undefined }))).toBe('dev');
  });

  test('of the build that the file does not declare is not there', () => {
    expect(value('FROM alpine', 'MODE', args({ MODE: 'prod' }))).toBeUndefined();
  });

  test('may use one before it', () => {
    expect(built('ARG V=3\nARG TAG=$V.20\nFROM alpine:$TAG\n').target?.from.text).toBe('alpine:3.20');
  });

  test('made of one that nothing sets has no value', () => {
    expect(value('FROM alpine\nARG A\nARG B=x-$A', 'B')).toBeUndefined();
  });

  test('is not inherited by FROM, ENV is', () => {
    const text = 'FROM a AS b\nARG X=1\nENV Y=2\nFROM b';
    expect(value(text, 'X')).toBeUndefined();
    expect(value(text, 'Y')).toBe('2');
  });

  test('does not hide an ENV of its name, whatever their order', () => {
    expect(value('FROM a\nENV X=env\nARG X=arg', 'X')).toBe('env');
    expect(value('FROM a\nARG X=arg\nENV X=env', 'X')).toBe('env');
    expect(value('FROM a\nARG X=arg\nENV X=env', 'X', args({ X: 'given' }))).toBe('env');
  });

  test('quotes are taken off', () => {
    expect(value('FROM a\nARG X="a b"', 'X')).toBe('a b');
  });
});

describe('ENV', () => {
  test('all values of one line see what stood before the line', () => {
    expect(value('FROM scratch\nENV a=hello\nENV a=bye b=$a', 'b')).toBe('hello');
  });

  test('passes through a stage without instructions', () => {
    expect(value('FROM a AS one\nENV X=1\nFROM one AS two\nFROM two', 'X')).toBe('1');
  });

  test('of a base that we do not see is unknown, not empty', () => {
    expect(value('FROM tomcat:10\nENV HERE=$CATALINA_HOME/x', 'HERE')).toBeUndefined();
    expect(value('FROM scratch\nENV HERE=$NOWHERE/x', 'HERE')).toBe('/x');
  });

  test('with a default does without', () => {
    expect(value('FROM tomcat:10\nENV HERE=${NOWHERE:-/opt}', 'HERE')).toBe('/opt');
  });

  test('a step sees what stands above it, not what follows', () => {
    const text = 'FROM a\nENV X=1\nRUN one\nENV X=2\nRUN two\n';
    expect(step(text, 1).scope.get('X')?.value).toBe('1');
    expect(step(text, 3).scope.get('X')?.value).toBe('2');
  });

  test('of the image keeps what only the base can say as written', () => {
    const { environment } = image('FROM node:22\nENV PATH=/app/bin:$PATH\nENV OTHER="$HOME and ${PATH}"\n');
    expect(environment.get('PATH')?.value).toBe('/app/bin:${PATH}');
    expect(environment.get('OTHER')?.value).toBe('${HOME} and ${PATH}');
  });
});

describe('variables in FROM', () => {
  const from = (text: string, options = {}) => built(text, options).stages.at(-1)?.from;

  test('without a value make the name unknown', () => {
    expect(from('ARG TAG\nFROM alpine:$TAG\n')).toMatchObject({
      text: undefined,
      unset: ['TAG'],
      reference: undefined,
    });
    expect(from('FROM ${REGISTRY}/app\n')).toMatchObject({ text: undefined, unset: ['REGISTRY'] });
  });

  test('with a default stand in', () => {
    expect(from('ARG TAG\nFROM alpine:${TAG:-3.20}\n')?.text).toBe('alpine:3.20');
    expect(from('FROM alpine${SUFFIX+x}\n')?.text).toBe('alpine');
  });

  test('with a default in one place and none in another stay unknown', () => {
    expect(from('FROM ${A:-x}/${A}\n')?.text).toBeUndefined();
  });

  test('whose name begins another are told apart', () => {
    expect(from('ARG TAGS=ok\nFROM ${TAG:-a}/$TAGS\n')?.text).toBe('a/ok');
  });

  test('may name a stage', () => {
    expect(from('ARG MODE=prod\nFROM a AS prod\nFROM b AS dev\nFROM $MODE\n')?.stage?.index).toBe(0);
    expect(
      from('ARG MODE=prod\nFROM a AS prod\nFROM b AS dev\nFROM $MODE\n', args({ MODE: 'dev' }))?.stage?.index,
    ).toBe(1);
  });

  test('of the platform are those of linux/amd64', () => {
    expect(from('FROM base-$TARGETARCH\n')?.text).toBe('base-amd64');
  });
});

test('platform arguments need a declaration inside a stage', () => {
  expect(value('FROM a', 'TARGETARCH')).toBeUndefined();
  expect(value('FROM a\nARG TARGETARCH', 'TARGETARCH')).toBe('amd64');
});

test('the escape character of the file is used', () => {
  expect(value('# escape=`\nFROM a\nENV X=`$Y', 'X')).toBe('$Y');
});

test('names that every object has are ordinary names', () => {
  expect(value('FROM scratch\nENV constructor=1 __proto__=2', '__proto__')).toBe('2');
  expect(value('FROM scratch', 'toString')).toBeUndefined();
});

test('a scope is a map of the last values, and older ones keep theirs', () => {
  const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__', 'é', 'A');
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fc.string())), (assignments) => {
      let scope = Scope.empty('\\');
      const map = new Map<string, string>();
      const history = assignments.map(([name, value]) => {
        scope = scope.with([{ name, value, kind: 'env', span: undefined }]);
        map.set(name, value);
        return { scope, expected: new Map(map) };
      });
      for (const moment of history)
        for (const name of ['a', 'b', 'c', 'd', 'e', '__proto__', 'é', 'A', 'x'])
          expect(moment.scope.get(name)?.value).toBe(moment.expected.get(name));
    }),
  );
});
