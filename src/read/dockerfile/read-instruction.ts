import type { Fault } from '../../vocabulary/fault.ts';
import { readFlags } from './flags.ts';
import { instructionTable } from './instruction-table.ts';
import { jsonStringRanges, parseJsonArgs } from './json-args.ts';
import type { LogicalLine } from './logical-line.ts';
import { readNames, readPairs } from './name-values.ts';
import { isSeparator, isSpace, skipSpace, trimSpaceEnd } from './space.ts';
import type { Instruction, Pair, Word } from './tree.ts';

/** An instruction before its heredocs and comments are known. */
export interface Draft extends Omit<Instruction, 'span' | 'heredocs' | 'comments' | 'trigger'> {
  readonly trigger?: Draft;
}

/** What the reading of one file's instructions has in common. */
export interface ReadContext {
  readonly escape: '\\' | '`';
  readonly faults: Fault[];
}

/** `ONBUILD ONBUILD …` is refused at the second; reading on is only for the tree's sake. */
const MAX_TRIGGERS = 20;

const noWords: readonly Word[] = [];
const noPairs: readonly Pair[] = [];

/** Cuts `start..end` of a joined line into keyword, flags and arguments; undefined when nothing but blanks is there. */
export function readInstruction(
  line: LogicalLine,
  start: number,
  end: number,
  context: ReadContext,
  depth = 0,
): Draft | undefined {
  const { text } = line;
  const from = skipSpace(text, start, end);
  const to = trimSpaceEnd(text, from, end);
  if (from === to) return undefined;
  let keywordEnd = from;
  while (keywordEnd < to && !isSeparator(text.charCodeAt(keywordEnd))) keywordEnd++;
  const written = text.slice(from, keywordEnd);
  const keyword = written.toUpperCase();
  const { flags, end: flagsEnd } = readFlags(line, keywordEnd, to);
  const bodyStart = skipSpace(text, flagsEnd, to);
  const { form, words, pairs, trigger } = readArguments(keyword, line, bodyStart, to, context, depth);
  const keywordSpan = line.span(from, keywordEnd);
  const body = line.view(bodyStart, to);
  const draft = { keyword, written, keywordSpan, flags, body, form, words, pairs };
  return trigger ? { ...draft, trigger } : draft;
}

type Arguments = Pick<Draft, 'form' | 'words' | 'pairs' | 'trigger'>;

const nothing: Arguments = { form: 'shell', words: noWords, pairs: noPairs };

function readArguments(
  keyword: string,
  line: LogicalLine,
  start: number,
  end: number,
  context: ReadContext,
  depth: number,
): Arguments {
  if (start >= end) return nothing;
  switch (instructionTable.get(keyword)?.shape) {
    case 'list':
      return shell(listWords(line, start, end));
    case 'json-or-list':
      return jsonWords(line, start, end, context) ?? shell(listWords(line, start, end));
    case 'json-or-text':
      return jsonWords(line, start, end, context) ?? shell([wordOf(line, start, end)]);
    case 'healthcheck':
      return readHealthcheck(line, start, end, context);
    case 'pairs': {
      const { pairs, fault } = readPairs(line, start, end, context.escape);
      if (fault) {
        const message =
          fault.code === 'missing-value'
            ? `${keyword} needs a name and a value: ${keyword} name=value`
            : `Every argument of ${keyword} must have the form name=value; quote a value that holds blanks`;
        context.faults.push({ code: fault.code, message, span: line.span(fault.start, fault.end), refused: true });
      }
      return { form: 'shell', words: noWords, pairs };
    }
    case 'names':
      return { form: 'shell', words: noWords, pairs: readNames(line, start, end, context.escape) };
    case 'trigger': {
      if (depth >= MAX_TRIGGERS) return nothing;
      const trigger = readInstruction(line, start, end, context, depth + 1);
      return trigger ? { ...nothing, trigger } : nothing;
    }
    default:
      // Single values, and the arguments of an instruction nobody knows.
      return shell([wordOf(line, start, end)]);
  }
}

function shell(words: readonly Word[]): Arguments {
  return { form: 'shell', words, pairs: noPairs };
}

function wordOf(line: LogicalLine, start: number, end: number): Word {
  return { text: line.text.slice(start, end), span: line.span(start, end) };
}

function listWords(line: LogicalLine, start: number, end: number): Word[] {
  const { text } = line;
  const words: Word[] = [];
  let at = start;
  while (at < end) {
    let stop = at;
    while (stop < end && !isSeparator(text.charCodeAt(stop))) stop++;
    if (stop > at) words.push(wordOf(line, at, stop));
    at = stop + 1;
  }
  return words;
}

function jsonWords(line: LogicalLine, start: number, end: number, context: ReadContext): Arguments | undefined {
  if (line.text.charCodeAt(start) !== 91) return undefined;
  const text = line.text.slice(start, end);
  const json = parseJsonArgs(text);
  if (json.kind === 'not-json') return undefined;
  if (json.kind === 'not-strings') {
    const message = 'A JSON array of arguments must hold strings only';
    context.faults.push({ code: 'json-not-strings', message, span: line.span(start, end), refused: true });
    return undefined;
  }
  const ranges = jsonStringRanges(text);
  const words = json.values.map((value, index) => {
    const from = start + (ranges[index * 2] ?? 0);
    return { text: value, span: line.span(from, start + (ranges[index * 2 + 1] ?? 0)) };
  });
  return { form: 'exec', words, pairs: noPairs };
}

/** A type, then what RUN would take. */
function readHealthcheck(line: LogicalLine, start: number, end: number, context: ReadContext): Arguments {
  let typeEnd = start;
  while (typeEnd < end && !isSpace(line.text.charCodeAt(typeEnd))) typeEnd++;
  const type = wordOf(line, start, typeEnd);
  const commandStart = skipSpace(line.text, typeEnd, end);
  if (commandStart === end) return shell([type]);
  const exec = jsonWords(line, commandStart, end, context);
  if (exec) return { ...exec, words: [type, ...exec.words] };
  return shell([type, wordOf(line, commandStart, end)]);
}
