import { commandFromArguments } from '../read/shell/from-arguments.ts';
import type { ShellCommand } from '../read/shell/tree.ts';
import type { YamlMap } from '../read/yaml/tree.ts';
import { type Fact, stated } from '../vocabulary/fact.ts';
import { itemsOf, text } from './compose/tree-access.ts';
import { scriptCommands } from './dockerfile/run-commands.ts';
import type { CommandLine, Image } from './image/image.ts';
import type { Process } from './service.ts';

/**
 * Entrypoint and command as Docker puts them together: Compose's `entrypoint` replaces the image's and discards its
 * CMD; `command` replaces CMD (Compose specification, "entrypoint"). An empty list does not clear CMD, whatever the
 * specification says: the engine takes the image's wherever neither list holds a word (moby, `daemon/commit.go`, `merge`).
 */
export function processOf(compose: YamlMap | undefined, image: Image): Process {
  const ownEntrypoint = composeCommand(compose, 'entrypoint');
  const ownCommand = composeCommand(compose, 'command');
  const entrypoint = ownEntrypoint ?? image.entrypoint;
  const command = ownCommand?.value
    ? ownCommand
    : ownEntrypoint?.value
      ? stated<CommandLine | undefined>(undefined, ownEntrypoint.value.span ?? fallback)
      : image.command;
  const first = entrypoint?.value;
  const second = command?.value;
  const commands = first?.form === 'shell' ? lineCommands(first) : joined(first, second);
  const main = first ?? second;
  const known = entrypoint !== undefined && (first !== undefined || command !== undefined);
  return {
    entrypoint,
    command,
    commands: known || commands.length > 0 ? commands : [],
    throughShell: main?.form === 'shell' || (commands[0] !== undefined && isShellWithScript(commands[0])),
    span: second?.span ?? first?.span,
  };
}

const fallback = { file: '', start: 0, end: 0 };

function composeCommand(
  compose: YamlMap | undefined,
  key: 'entrypoint' | 'command',
): Fact<CommandLine | undefined> | undefined {
  const entry = compose?.entries.get(key);
  if (!entry) return undefined;
  // null takes the image's.
  if (entry.value.kind === 'scalar' && entry.value.value === null) return undefined;
  const words = itemsOf(entry.value).map((node) => ({ text: text(node) ?? '', span: node.span }));
  const span = { ...entry.value.span, start: Math.min(entry.keySpan.start, entry.value.span.start) };
  const place = entry.value.span.file === entry.keySpan.file && !entry.value.alias ? span : entry.value.span;
  return stated(words.length === 0 ? undefined : { form: 'exec', words, span: place }, place);
}

/** Exec forms are one argument list. A shell-form CMD becomes arguments `/bin/sh -c …` of the entrypoint. */
function joined(entrypoint: CommandLine | undefined, command: CommandLine | undefined): readonly ShellCommand[] {
  if (!entrypoint) return command ? lineCommands(command) : [];
  if (command?.form === 'shell') {
    const inner = lineCommands(command);
    return [commandFromArguments(entrypoint.words, entrypoint.span), ...inner];
  }
  return withInner(
    commandFromArguments([...entrypoint.words, ...(command?.words ?? [])], command?.span ?? entrypoint.span),
  );
}

export function lineCommands(line: CommandLine): readonly ShellCommand[] {
  if (line.form === 'exec')
    return line.words.length === 0 ? [] : withInner(commandFromArguments(line.words, line.span));
  const [script] = line.words;
  if (!script) return [];
  const { span } = script;
  const exact = span.end - span.start === script.text.length;
  return scriptCommands(script.text, (start, end) =>
    exact ? { file: span.file, start: span.start + start, end: span.start + end } : span,
  ).commands;
}

function withInner(command: ShellCommand): readonly ShellCommand[] {
  const shell = shellCall(command);
  if (shell === -1) return [command];
  const at = command.words.findIndex((word, index) => index > shell && isCommandFlag(word.text));
  const script = command.words[at + 1];
  if (at === -1 || !script) return [command];
  const { span } = script;
  const exact = span.end - span.start === script.text.length;
  const inner = scriptCommands(script.text, (start, end) =>
    exact ? { file: span.file, start: span.start + start, end: span.start + end } : span,
  );
  return [command, ...inner.commands];
}

function isShellWithScript(command: ShellCommand): boolean {
  return shellCall(command) !== -1;
}

/**
 * Where in the arguments a shell is called with a script: `sh -c …`, and behind what runs its arguments
 * (`docker-entrypoint.sh sh -c …`, `tini -- bash -lc …`). -1 where there is none.
 */
function shellCall({ words }: ShellCommand): number {
  return words.findIndex(
    (word, index) =>
      /(?:^|\/)(?:ba|da|a|z)?sh$/.test(word.text) &&
      words.slice(index + 1, index + 4).some((next) => isCommandFlag(next.text)) &&
      words
        .slice(0, index)
        .every((before, place) => place === 0 || /^-|entrypoint|tini|dumb-init|gosu|su-exec/.test(before.text)),
  );
}

function isCommandFlag(text: string): boolean {
  return /^-[a-z]*c[a-z]*$/.test(text);
}
