import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { appendCommand, commandBefore, commandBehind, ownCommands, removeCommand } from '../../src/edit/script.ts';
import { applyEdits } from '../../src/fix/apply-edits.ts';
import { buildDockerfile } from '../../src/model/dockerfile/build-dockerfile.ts';
import type { Step } from '../../src/model/dockerfile/dockerfile.ts';
import { SourceText } from '../../src/read/text.ts';
import type { Edit } from '../../src/vocabulary/fix.ts';

function stepOf(run: string): Step {
  const step = buildDockerfile(new SourceText('Dockerfile', `FROM debian:12\n${run}\n`)).stages[0]?.steps[0];
  if (!step) throw new Error('no RUN');
  return step;
}

function edited(step: Step, edit: Edit | undefined): string | undefined {
  const text = edit && applyEdits(step.stage.dockerfile.tree.text, [edit]);
  return text?.slice('FROM debian:12\n'.length, -1);
}

describe('a command behind all others', () => {
  const cases: readonly (readonly [run: string, expected: string | undefined])[] = [
    ['RUN true', 'RUN true && echo end'],
    ['RUN true;', 'RUN true && echo end;'],
    ['RUN true && false', 'RUN true && false && echo end'],
    ['RUN false; true', 'RUN false; true && echo end'],
    ['RUN true; false', 'RUN true; false && echo end'],
    ['RUN set -e; false; true', 'RUN set -e; false; true; echo end'],
    ['RUN set -e; true; true', 'RUN set -e; true; true; echo end'],
    ['RUN false || true', 'RUN false || true && echo end'],
    ['RUN true || false', 'RUN true || false && echo end'],
    ['RUN echo a | cat', 'RUN echo a | cat && echo end'],
    ['RUN echo a | false', 'RUN echo a | false && echo end'],
    ['RUN true > /dev/null 2>&1', 'RUN true > /dev/null 2>&1 && echo end'],
    ['RUN if true; then false; fi', 'RUN if true; then false; fi && echo end'],
    ['RUN if true; then true; fi;', 'RUN if true; then true; fi && echo end;'],
    ['RUN for a in 1 2; do true; done', 'RUN for a in 1 2; do true; done && echo end'],
    ['RUN if true; then true; fi > /dev/null', 'RUN if true; then true; fi > /dev/null && echo end'],
    ['RUN (true; false)', 'RUN (true; false) && echo end'],
    ['RUN { true; }', 'RUN { true; } && echo end'],
    ['RUN echo "$(true)"', 'RUN echo "$(true)" && echo end'],
    ['RUN sh -c "true && true"', 'RUN sh -c "true && true" && echo end'],
    ['RUN true \\\n && true', 'RUN true \\\n && true \\\n && echo end'],
    ['RUN true && \\\n  # why\n  true', 'RUN true && \\\n  # why\n  true && \\\n  echo end'],
    ['RUN true \\\n    --a \\\n    --b', 'RUN true \\\n    --a \\\n    --b \\\n    && echo end'],
    ['RUN <<EOF\nset -e\ntrue\nEOF', 'RUN <<EOF\nset -e\ntrue\necho end\nEOF'],
    ['RUN <<EOF\ntrue\nfalse\nEOF', 'RUN <<EOF\ntrue\nfalse && echo end\nEOF'],
    // What would be swallowed, would not run, or is no script.
    ['RUN true # a comment', undefined],
    ['RUN true &', undefined],
    ['RUN true; exit 0', undefined],
    ['RUN exec true', undefined],
    ['RUN ["true"]', undefined],
    ['RUN cat <<EOF > /a\ntext\nEOF', undefined],
    ['RUN echo "unclosed', undefined],
  ];
  for (const [run, expected] of cases)
    test(run.replaceAll('\n', '⏎'), () => {
      const step = stepOf(run);
      expect(edited(step, appendCommand(step, 'echo end'))).toBe(expected);
      if (expected === undefined) return;
      // A real shell: it runs where all went well before, and only there, and the end is the same.
      const [before, after] = [shell(run), shell(expected)];
      expect(after.status).toBe(before.status);
      expect(after.stdout).toBe(before.status === 0 ? `${before.stdout}end\n` : before.stdout);
    });
});

/** What `docker build` hands to /bin/sh. */
function shell(run: string): { readonly status: number | null; readonly stdout: string } {
  const heredoc = /^RUN <<EOF\n([\s\S]*)EOF$/.exec(run)?.[1];
  const script =
    heredoc ??
    run
      .slice(4)
      .replace(/^\s*#.*\n/gm, '')
      .replace(/\\\n/g, '');
  const { status, stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  return { status, stdout };
}

describe('a command among others', () => {
  const at = (step: Step, index: number) => {
    const command = ownCommands(step)[index];
    if (!command) throw new Error('no such command');
    return command;
  };

  test('behind one', () => {
    const put = (run: string, index = 0) => {
      const step = stepOf(run);
      return edited(step, commandBehind(step, at(step, index), 'x'));
    };
    expect(put('RUN a && b')).toBe('RUN a && x && b');
    expect(put('RUN a; b')).toBe('RUN a; x; b');
    expect(put('RUN a \\\n  # why\n  && b')).toBe('RUN a \\\n  && x \\\n  # why\n  && b');
    expect(put('RUN a || b')).toBeUndefined();
    expect(put('RUN a | b')).toBeUndefined();
    expect(put('RUN c || a && b', 1)).toBeUndefined();
  });

  test('before one', () => {
    const put = (run: string, index = 0) => {
      const step = stepOf(run);
      return edited(step, commandBefore(step, at(step, index), 'x'));
    };
    expect(put('RUN a && b')).toBe('RUN x && a && b');
    expect(put('RUN a \\\n  && b', 1)).toBe('RUN a \\\n  && x \\\n  && b');
    expect(put('RUN a; b', 1)).toBe('RUN a; x && b');
    expect(put('RUN c || a', 1)).toBeUndefined();
    expect(put('RUN yes | a', 1)).toBeUndefined();
  });

  test('one taken out', () => {
    const without = (run: string, index: number) => {
      const step = stepOf(run);
      return edited(step, removeCommand(step, at(step, index)));
    };
    expect(without('RUN a && b', 0)).toBe('RUN b');
    expect(without('RUN a && b', 1)).toBe('RUN a');
    expect(without('RUN a \\\n && b \\\n && c', 1)).toBe('RUN a \\\n && c');
    expect(without('RUN a', 0)).toBeUndefined();
    expect(without('RUN a || b', 0)).toBeUndefined();
    expect(without('RUN a && b | c', 1)).toBeUndefined();
  });
});
