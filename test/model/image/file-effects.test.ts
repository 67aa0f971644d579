import { describe, expect, test } from 'vitest';
import { image } from '../reading.ts';

const effects = (lines: string, base = 'scratch') =>
  image(`FROM ${base}\n${lines}\n`).files.map(
    ({ kind, path, source, fromStage, owner, mode, recursive }) =>
      `${kind} ${path}${[
        source && ` < ${source}`,
        fromStage && ` from ${fromStage}`,
        owner && ` owner ${owner}`,
        mode && ` mode ${mode}`,
        recursive && ' all',
      ]
        .filter(Boolean)
        .join('')}`,
  );

test.each([
  ['COPY app.js /srv/app.js', ['copy /srv/app.js < app.js']],
  ['COPY app.js /srv/', ['copy /srv/app.js < app.js']],
  ['COPY a.js b.js /srv', ['copy /srv/a.js < a.js', 'copy /srv/b.js < b.js']],
  ['COPY src /srv/', ['copy /srv < src']],
  ['COPY . .', ['copy / < .']],
  ['COPY --chown=app:app --chmod=755 run.sh /', ['copy /run.sh < run.sh owner app:app mode 755']],
  ['COPY --from=build /out /app', ['copy /app < /out from build']],
  ['ADD x.tar.gz /opt/', ['add /opt/x.tar.gz < x.tar.gz']],
  ['COPY ["a file.txt", "/b/"]', ['copy /b/a file.txt < a file.txt']],
  ['COPY <<EOF /etc/app.conf\nx\nEOF', ['copy /etc/app.conf < <<EOF']],
  ['ENV D=/data\nCOPY x.y $D/', ['copy /data/x.y < x.y']],
  ['WORKDIR /srv\nCOPY a.b ./c/', ['workdir /srv', 'copy /srv/c/a.b < a.b']],
  ['WORKDIR /srv\nWORKDIR web', ['workdir /srv', 'workdir /srv/web']],
  ['VOLUME /data /logs', ['volume /data', 'volume /logs']],
  ['VOLUME ["/data"]', ['volume /data']],
  ['RUN mkdir -p /a/b /c', ['create /a/b', 'create /c']],
  ['RUN mkdir -m 1777 /t', ['create /t mode 1777']],
  ['RUN mkdir /app/{logs,tmp}', ['create /app/logs', 'create /app/tmp']],
  ['RUN touch /x && install -d -o app -m 750 /y', ['create /x', 'create /y owner app mode 750']],
  ['RUN chown -R app:app /srv /data', ['chown /srv owner app:app all', 'chown /data owner app:app all']],
  ['RUN chown app /srv', ['chown /srv owner app']],
  ['RUN chgrp -R 0 /srv && chmod -R g=u /srv', ['chown /srv owner :0 all', 'chmod /srv mode g=u all']],
  ['RUN chmod +x /run.sh', ['chmod /run.sh mode +x']],
  ['WORKDIR /srv\nRUN cd web && mkdir tmp', ['workdir /srv', 'create /srv/web/tmp']],
  ['ARG WHO=app\nRUN chown -R $WHO /srv', ['chown /srv owner app all']],
])('%s', (lines, expected) => {
  expect(effects(lines)).toEqual(expected);
});

describe('what cannot be placed is left out', () => {
  test('a path of an unknown variable', () => {
    expect(effects('COPY a $NOWHERE/b')).toEqual([]);
    expect(effects('RUN mkdir $HOME/x')).toEqual([]);
  });

  test('a relative path where nobody knows the directory', () => {
    expect(effects('COPY a.b c/', 'registry.example/base:1')).toEqual([]);
  });

  test('a COPY with one word', () => {
    expect(effects('COPY a')).toEqual([]);
  });
});

test('parents come first', () => {
  const { files } = image('FROM scratch AS a\nCOPY one.x /\nFROM a\nCOPY two.x /\n');
  expect(files.map(({ path }) => path)).toEqual(['/one.x', '/two.x']);
});
