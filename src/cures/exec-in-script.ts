import { fixOf, leftBecause } from '../edit/change.ts';
import { scriptCommands } from '../model/dockerfile/run-commands.ts';
import { entryScript, ownCommand } from '../model/entry-script.ts';
import { programOf, type ShellCommand } from '../model/image/programs.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { joinPath } from '../read/paths.ts';
import type { Cure, Edit } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';
import { isOfTheShell, isPlain, outermost } from './plain-command.ts';
import { replaceCommand } from './replace-command.ts';

const here = (start: number, end: number): Span => ({ file: '', start, end });

/** `exec` before the app that an entrypoint script ends in, so that it takes the place of the shell. */
export function execInScript(service: Service, project: Project): Cure {
  const script = entryScript(service, project);
  const dockerfile = service.build?.dockerfile;
  const context = dockerfile && project.contextOf(dockerfile);
  if (!script || !context) return leftBecause('its script is not among the files');
  const last = lastOf(script.commands, script.text);
  if (typeof last === 'string') return leftBecause(last);
  const file = joinPath(context.directory, script.path);
  const at = last.assignments.length > 0 ? 'exec env ' : 'exec ';
  return fixOf(
    {
      title: `Let ${script.path} give its place to ${shown(last)}`,
      // What it started before stays, as a child of the app, which may not look after it.
      safety: /(?<![&<>\\])&(?![&>])|\(\s*\)/.test(script.text) ? 'review' : 'safe',
      provedBy: 'graceful-stop',
    },
    { edits: [{ span: { file, start: last.span.start, end: last.span.start }, text: at }], sets: [] },
  );
}

/** The same for `["sh", "-c", "…"]`; where no shell is needed, without one. */
export function execInShellCall(service: Service, project: Project): Cure {
  const { entrypoint, command } = service.process;
  const call = ownCommand(service);
  const flag = call?.words.findIndex(({ text }) => /^-\w*c\w*$/.test(text)) ?? -1;
  const word = flag === -1 ? undefined : call?.words[flag + 1];
  const isOwn = [entrypoint, command].some(
    (line) => line?.from.kind === 'file' && line.value?.words.some(({ span }) => span.start === word?.span.start),
  );
  if (!call || !word || !isOwn) return leftBecause('its command is written where it cannot be edited');
  const { commands, certain } = scriptCommands(word.text, here);
  if (!certain) return leftBecause('its shell text could not be read whole');
  const outer = outermost(commands);
  const [only] = outer;
  const more = call.words.length > flag + 2;
  const isBare = flag === 1 && call.words[flag]?.text === '-c' && entrypoint?.from.kind !== 'file';
  if (
    only &&
    outer.length === 1 &&
    !more &&
    isBare &&
    isPlain(only, word.text) &&
    !isOfTheShell(only.words[0]?.text ?? '')
  )
    return fixOf(
      { title: `Start ${shown(only)} without a shell`, safety: 'review', provedBy: 'graceful-stop' },
      replaceCommand(
        service,
        project,
        only.words.map(({ text }) => text),
      ),
    );
  const last = lastOf(commands, word.text);
  if (typeof last === 'string') return leftBecause(last);
  const edit = insertedInWord(project, word.span, word.text, last);
  if (!edit) return leftBecause('its text is written in a way that is not its own words');
  const isCompose = service.compose !== undefined && word.span.file !== service.image.stage?.dockerfile.file;
  const key = command?.value?.words.some(({ span }) => span.start === word.span.start) ? 'command' : 'entrypoint';
  return fixOf(
    {
      title: `Let the shell give its place to ${shown(last)}`,
      safety: outer.length === 1 ? 'safe' : 'review',
      provedBy: 'graceful-stop',
    },
    { edits: [edit], sets: isCompose ? [`services.${service.name}.${key}`] : [] },
  );
}

/** The command that may take the place of the shell, or why it may not. */
function lastOf(commands: readonly ShellCommand[], text: string): ShellCommand | string {
  const last = outermost(commands.filter(({ within }) => !within.includes('function'))).at(-1);
  if (!last || last.words.length === 0) return 'nothing stays in the foreground that could take its place';
  if (last.within.length > 0) return 'it is started inside a condition or loop, and only you know what may follow';
  if (last.negated || /^\|{1,2}&?$/.test(last.joint ?? ''))
    return 'its last command is part of a pipe or an alternative, and cannot take the place of the shell';
  if (/^\s*&(?!&)/.test(text.slice(last.span.end))) return 'its app runs in the background';
  const name = programOf(last).name;
  if (name === 'tail' || name === 'sleep') return `it ends in ${name}, which as PID 1 would not end on SIGTERM either`;
  if (isOfTheShell(last.words[0]?.text ?? '')) return `${last.words[0]?.text} is a command of the shell itself`;
  const called = last.words[0]?.text ?? '';
  if (/^[\w-]+$/.test(called) && new RegExp(`(?:^|\\s)(?:function\\s+)?${called}\\s*\\(\\s*\\)`, 'm').test(text))
    return `${called} is a function of the script`;
  return last;
}

/** `exec ` before the last command, in a JSON or YAML text: found by its own words, which must stand there once. */
function insertedInWord(project: Project, span: Span, text: string, last: ShellCommand): Edit | undefined {
  const raw = project.sources.get(span.file)?.text.slice(span.start, span.end);
  const [plain = ''] = text.slice(last.span.start, last.span.end).split(/[$"'\\\n]/);
  const at = raw?.indexOf(plain) ?? -1;
  if (raw === undefined || plain.trim().length < 3 || at === -1 || raw.indexOf(plain, at + 1) !== -1) return undefined;
  const start = span.start + at;
  return {
    span: { file: span.file, start, end: start },
    text: last.assignments.length > 0 ? 'exec env ' : 'exec ',
  };
}

function shown(command: ShellCommand): string {
  const [first] = command.words;
  return first && /^\$[@*]$|^\$\{[@*]\}$/.test(first.text) ? 'its arguments' : (programOf(command).name ?? 'the app');
}
