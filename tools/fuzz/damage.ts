import { dictionary, type Kind, kindOf } from './dictionary.ts';
import type { Random } from './random.ts';

/** Edits that add may not make a file larger than this: the limit of a second is meant for real sizes. */
const largestText = 150_000;

type Edit = (text: string, draw: Random, around: Around) => string;

interface Around {
  readonly kind: Kind;
  /** Another file, of the same kind where there is one. */
  readonly donor: () => string;
}

const flipByte: Edit = (text, draw) => {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length === 0) return text;
  const at = draw.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << draw.below(8));
  return bytes.toString('utf8');
};

const onLines =
  (change: (lines: string[], at: number, draw: Random) => void): Edit =>
  (text, draw) => {
    const lines = text.split('\n');
    change(lines, draw.below(lines.length), draw);
    return lines.join('\n');
  };

const deleteLines = onLines((lines, at, draw) => lines.splice(at, 1 + draw.below(3)));

const repeatLines = onLines((lines, at, draw) => {
  const some = lines.slice(at, at + 1 + draw.below(5));
  const times = draw.chance(0.05) ? 1 + draw.below(300) : 1 + draw.below(3);
  lines.splice(at, 0, ...Array.from({ length: times }, () => some).flat());
});

const swapLines = onLines((lines, at, draw) => {
  const other = draw.below(lines.length);
  [lines[at], lines[other]] = [lines[other] ?? '', lines[at] ?? ''];
});

const indent = onLines((lines, at, draw) => {
  const by = draw.from([1, 2, 4, -1, -2, -4, 0]);
  for (let line = at; line < Math.min(lines.length, at + 1 + draw.below(4)); line++) {
    const before = lines[line] ?? '';
    lines[line] =
      by > 0 ? ' '.repeat(by) + before : by < 0 ? before.replace(/^ +/, (all) => all.slice(-by)) : `\t${before}`;
  }
});

const joinLines = onLines((lines, at) => lines.splice(at, 2, `${lines[at] ?? ''}${lines[at + 1] ?? ''}`));

const splice: Edit = (text, draw, { donor }) => {
  const other = donor();
  return text.slice(0, draw.below(text.length + 1)) + other.slice(draw.below(other.length + 1));
};

const graft: Edit = (text, draw, { donor }) => {
  const other = donor();
  const from = draw.below(other.length + 1);
  return insertAt(text, atPlace(text, draw), other.slice(from, from + draw.below(200)));
};

const truncate: Edit = (text, draw) => text.slice(0, draw.below(text.length + 1));

const cut: Edit = (text, draw) => {
  const at = draw.below(text.length + 1);
  return text.slice(0, at) + text.slice(at + 1 + draw.below(30));
};

const insertToken: Edit = (text, draw, { kind }) => insertAt(text, atPlace(text, draw), draw.from(dictionary[kind]));

const replaceWord: Edit = (text, draw, { kind }) => {
  const words = [...text.matchAll(/[^\s:=,"'[\]{}]+/g)];
  if (words.length === 0) return text;
  const word = draw.from(words);
  const other = draw.chance(0.5) ? draw.from(words)[0] : draw.from(dictionary[kind]);
  return text.slice(0, word.index) + other + text.slice(word.index + word[0].length);
};

const longRun: Edit = (text, draw, { kind }) => {
  const times = draw.chance(0.1) ? draw.below(20_000) : draw.below(500);
  return insertAt(text, atPlace(text, draw), draw.from(dictionary[kind]).repeat(times).slice(0, 60_000));
};

const lineEnds: Edit = (text, draw) =>
  draw.chance(0.7)
    ? text.replaceAll('\n', '\r\n')
    : text.replaceAll('\n', draw.from(['\r', '\n\r', '\n\n', '\r\r\n', ' ']));

const mark: Edit = (text, draw) => draw.from(['\uFEFF', '\0', '\n', '\uFFFE', '#']) + text;

const swapCase: Edit = (text, draw) => {
  const at = draw.below(text.length + 1);
  const piece = text.slice(at, at + draw.below(40));
  return (
    text.slice(0, at) + (draw.chance(0.5) ? piece.toUpperCase() : piece.toLowerCase()) + text.slice(at + piece.length)
  );
};

/** The likelier ones stand several times. */
const edits: readonly Edit[] = [
  ...[flipByte, deleteLines, repeatLines, swapLines, indent, joinLines, splice, graft, truncate, cut, cut],
  ...[insertToken, insertToken, insertToken, insertToken, replaceWord, replaceWord, replaceWord],
  ...[graft, indent, deleteLines, swapLines, longRun, lineEnds, mark, swapCase],
];

/** The ends of words are where readers decide; half of the edits go there. */
function atPlace(text: string, draw: Random): number {
  const at = draw.below(text.length + 1);
  if (draw.chance(0.5)) return at;
  const next = text.slice(at).search(/[\s:=,"'[\]{}]/);
  return next < 0 ? text.length : at + next + draw.below(2);
}

function insertAt(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}

/** Files that readers look at are damaged; others (sources, README) only give and are there to be copied. */
export function damaged(
  files: Readonly<Record<string, string>>,
  donors: (kind: Kind) => readonly string[],
  draw: Random,
): Record<string, string> {
  const result = { ...files };
  const paths = Object.keys(files).filter((path) => kindOf(path) !== 'other');
  const targets = paths.length > 0 ? paths : Object.keys(files);
  const count = draw.chance(0.4) ? 1 : 1 + draw.below(6);
  for (let done = 0; done < count; done++) {
    const path = draw.from(targets);
    const kind = kindOf(path);
    // Now and then a piece of another kind of file: a Dockerfile in YAML.
    const from = donors(draw.chance(0.9) ? kind : draw.from(['dockerfile', 'compose', 'env', 'ignore']));
    const donor = () => (from.length > 0 ? draw.from(from) : '');
    const after = draw.from(edits)(result[path] ?? '', draw, { kind, donor });
    result[path] = after.slice(0, largestText);
  }
  return result;
}
