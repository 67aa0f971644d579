import type { Fault } from '../../vocabulary/fault.ts';
import type { Span } from '../../vocabulary/span.ts';
import { checkFlags } from './check-flags.ts';
import { parseHeredocWord } from './heredoc.ts';
import { type InstructionRow, instructionTable } from './instruction-table.ts';
import { nearest } from './suggest.ts';
import type { Instruction } from './tree.ts';

/** Notes one fault of the instruction at hand. */
export type Report = (code: string, message: string, span?: Span) => void;

/** BuildKit runs an empty command; nobody means it. */
const tolerated: ReadonlySet<string> = new Set(['missing-command']);

/** Adds what BuildKit's second pass (frontend/dockerfile/instructions) refuses: arguments, flags, names, order. */
export function checkInstructions(instructions: readonly Instruction[], faults: Fault[]): void {
  let inStage = false;
  let reportedOrder = false;
  for (const instruction of instructions) {
    checkInstruction(instruction, faults, true);
    if (instruction.keyword === 'FROM') inStage = true;
    else if (!inStage && !reportedOrder && instruction.keyword !== 'ARG') {
      reportedOrder = true;
      const message = `${short(instruction.written)} stands before the first FROM, where only ARG may`;
      faults.push({ code: 'no-stage-yet', message, span: instruction.keywordSpan, refused: true });
    }
  }
  const last = instructions.at(-1);
  if (last && !inStage && !reportedOrder) {
    faults.push({ code: 'no-stage', message: 'The Dockerfile has no FROM', span: last.keywordSpan, refused: true });
  }
}

function checkInstruction(instruction: Instruction, faults: Fault[], refused: boolean): void {
  const report: Report = (code, message, span = instruction.keywordSpan) => {
    faults.push({ code, message, span, refused: refused && !tolerated.has(code) });
  };
  const row = instructionTable.get(instruction.keyword);
  if (!row) {
    const meant = nearest(instruction.keyword.slice(0, 40), instructionTable.keys());
    const hint = meant ? ` (did you mean ${meant}?)` : '';
    report('unknown-instruction', `Unknown instruction: ${short(instruction.written)}${hint}`);
    return;
  }
  if (checkCount(instruction, row, report)) checkMeaning(instruction, report);
  const healthcheckNone = instruction.keyword === 'HEALTHCHECK' && typeOf(instruction) === 'NONE';
  // BuildKit never looks at the flags of HEALTHCHECK NONE either.
  if (row.flagsChecked && !healthcheckNone) checkFlags(instruction, row, report);
  // A trigger is judged by the build that inherits it: this build goes on whatever it says.
  if (instruction.trigger) checkTrigger(instruction.trigger, faults, report);
}

function checkTrigger(trigger: Instruction, faults: Fault[], report: Report): void {
  if (trigger.keyword === 'ONBUILD') {
    report('onbuild-chain', 'ONBUILD ONBUILD is not allowed', trigger.keywordSpan);
  } else if (trigger.keyword === 'FROM' || trigger.keyword === 'MAINTAINER') {
    report('onbuild-trigger', `${trigger.keyword} is not allowed as an ONBUILD trigger`, trigger.keywordSpan);
  } else checkInstruction(trigger, faults, false);
}

/** True when there are as many arguments as the instruction takes. */
function checkCount(instruction: Instruction, row: InstructionRow, report: Report): boolean {
  const { keyword, pairs, words, trigger } = instruction;
  const count = row.shape === 'pairs' || row.shape === 'names' ? pairs.length : trigger ? 1 : words.length;
  if (keyword === 'FROM') return checkFrom(instruction, report);
  if (count >= row.min) return true;
  if (keyword === 'COPY' || keyword === 'ADD') {
    const message = `${keyword} needs at least one source and a destination: ${row.usage}`;
    report('missing-destination', message);
  } else report('missing-argument', `${keyword} needs an argument: ${row.usage}`);
  return false;
}

function checkFrom(instruction: Instruction, report: Report): boolean {
  const { words } = instruction;
  const [, as, name] = words;
  if (words.length === 1) return true;
  if (words.length === 3 && as?.text.toLowerCase() === 'as') {
    // BuildKit lower-cases the name first, so `AS Build` is fine.
    if (!name || /^[a-z][a-z0-9\-_.]*$/.test(name.text.toLowerCase())) return true;
    const message = `Invalid stage name ${short(name.text)}: it must begin with a letter and hold only letters, digits, "-", "_" and "."`;
    report('invalid-stage-name', message, name.span);
    return false;
  }
  report('malformed-from', 'FROM takes an image, or an image, AS and a name');
  return false;
}

function checkMeaning(instruction: Instruction, report: Report): void {
  const { keyword, words, pairs, form } = instruction;
  switch (keyword) {
    case 'ADD':
    case 'COPY': {
      const destination = words.at(-1);
      if (!destination || !parseHeredocWord(destination.text)) return;
      report('heredoc-destination', `${keyword} cannot take a heredoc as its destination`, destination.span);
      return;
    }
    case 'ARG':
    case 'ENV':
    case 'LABEL': {
      const blank = pairs.find((pair) => pair.key === '');
      if (blank) report('blank-name', `${keyword} has a value without a name`, blank.span);
      return;
    }
    case 'HEALTHCHECK':
      checkHealthcheck(instruction, report);
      return;
    case 'RUN':
      if (words.length === 0) report('missing-command', 'RUN has no command');
      return;
    case 'SHELL':
      if (form !== 'exec') report('shell-not-json', 'SHELL takes a JSON array: SHELL ["program", "argument"…]');
      return;
    case 'VOLUME': {
      const empty = words.find((word) => word.text.trim() === '');
      if (empty) report('empty-volume', 'VOLUME cannot be an empty string', empty.span);
      return;
    }
  }
}

function checkHealthcheck(instruction: Instruction, report: Report): void {
  const [type, ...command] = instruction.words;
  const kind = typeOf(instruction);
  if (kind === 'NONE') {
    if (command[0]) report('healthcheck-none-arguments', 'HEALTHCHECK NONE takes no arguments', command[0].span);
  } else if (kind !== 'CMD') {
    const message = `Unknown HEALTHCHECK type ${short(type?.text ?? '')}: use CMD or NONE`;
    report('unknown-healthcheck-type', message, type?.span);
  } else if (command.length === 0) report('healthcheck-no-command', 'HEALTHCHECK CMD has no command', type?.span);
}

function typeOf(instruction: Instruction): string {
  return instruction.words[0]?.text.toUpperCase() ?? '';
}

/** A name from the file, for a message: never a whole file. */
function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
