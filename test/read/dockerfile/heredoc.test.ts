import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../../src/read/dockerfile/parse.ts';

describe('what opens a heredoc', () => {
  test.each([
    ['RUN <<EOF', 'EOF', true],
    ['RUN <<-EOF', 'EOF', true],
    ['RUN cat <<EOF > /x', 'EOF', true],
    ['COPY <<file.txt /x', 'file.txt', true],
    ['ADD --chown=1 <<EOF /x', 'EOF', true],
    ['ONBUILD RUN <<EOF', 'EOF', true],
    ["RUN <<'EOF'", 'EOF', false],
    ['RUN <<"a b"', 'a b', false],
    ["RUN <<E'O'F", 'EOF', false],
    ["RUN <<E\\'F", "E'F", true],
    ['RUN <<$EOF', '$EOF', true],
    ['RUN a \\\n <<EOF', 'EOF', true],
  ])('%j', (line, name, expand) => {
    const text = `FROM a\n${line}\n  body $x\n${name}\nUSER me\n`;
    const tree = parseDockerfile(text);
    expect(tree.faults).toEqual([]);
    expect(tree.instructions.map(({ keyword }) => keyword)).toHaveLength(3);
    expect(tree.instructions[1]?.heredocs).toMatchObject([{ name, expand, body: '  body $x\n' }]);
    expect(tree.instructions[1]?.span.end).toBe(text.indexOf('\nUSER'));
  });

  test.each([
    'RUN ["<<EOF"]',
    'RUN "<<EOF"',
    'RUN x<<EOF',
    'RUN <<<EOF',
    'RUN <<  EOF',
    'RUN << EOF',
    'USER <<EOF',
    'CMD <<EOF',
    "RUN it's <<EOF",
    'RUN echo ${a^^} <<EOF',
  ])('not %s', (line) => {
    const [instruction] = parseDockerfile(line).instructions;
    expect(instruction?.heredocs).toEqual([]);
  });
});

test('several, one after the other, with descriptors', () => {
  const text = 'FROM a\nRUN 3<<A <<B cmd\na\nB\nA\nb\nB\n';
  const { heredocs } = parseDockerfile(text).instructions[1] ?? { heredocs: [] };
  expect(heredocs.map(({ name, body, fileDescriptor }) => [name, body, fileDescriptor])).toEqual([
    ['A', 'a\nB\n', 3],
    ['B', 'b\n', 0],
  ]);
  expect(heredocs.map(({ markerSpan }) => text.slice(markerSpan.start, markerSpan.end))).toEqual(['3<<A', '<<B']);
  expect(heredocs.map(({ bodySpan }) => text.slice(bodySpan.start, bodySpan.end))).toEqual(['a\nB\n', 'b\n']);
});

test('<<- drops leading tabs, of the body and before the end', () => {
  const { heredocs } = parseDockerfile('RUN <<-A\n\t\tx\n\t \ty\n\tA\n').instructions[0] ?? { heredocs: [] };
  expect(heredocs[0]?.body).toBe('x\n \ty\n');
});

test('an end line with anything else on it is body', () => {
  const tree = parseDockerfile('FROM a\nRUN <<A\n A\nA \nAA\nA\n');
  expect(tree.instructions[1]?.heredocs[0]?.body).toBe(' A\nA \nAA\n');
});

test('bodies are no instructions, comments or continuations', () => {
  const tree = parseDockerfile('FROM a\nRUN <<A\n# not a comment\nFROM b \\\n\nA\n');
  expect(tree.instructions).toHaveLength(2);
  expect(tree.comments).toEqual([]);
  expect(tree.faults).toEqual([]);
});

test('the trigger of ONBUILD has the heredoc too', () => {
  const [onbuild] = parseDockerfile('ONBUILD COPY <<A /x\nhi\nA').instructions;
  expect(onbuild?.trigger?.heredocs[0]?.body).toBe('hi\n');
});
