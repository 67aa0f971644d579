import { normalizePath } from '../../read/paths.ts';
import { readOptions } from '../../read/shell/options.ts';
import { effectiveCommand } from '../../read/shell/wrappers.ts';
import { withoutEndSlashes } from '../../vocabulary/path-end.ts';
import type { Step } from '../dockerfile/dockerfile.ts';
import type { FileEffect } from './image.ts';

/** What the lines copy, create and give away, in order. Paths with variables that nothing sets are left out. */
export function fileEffectsOf(steps: readonly Step[]): FileEffect[] {
  return steps.flatMap((step) => {
    switch (step.instruction.keyword) {
      case 'COPY':
      case 'ADD':
        return copies(step);
      case 'RUN':
        return runEffects(step);
      case 'WORKDIR': {
        const path = absolute(step, step.instruction.words[0]?.text ?? '');
        return path === undefined ? [] : [{ kind: 'workdir', path, step, span: step.instruction.span }];
      }
      case 'VOLUME':
        return step.instruction.words.flatMap((word): FileEffect[] => {
          const path = absolute(step, word.text);
          return path === undefined ? [] : [{ kind: 'volume', path, step, span: word.span }];
        });
      default:
        return [];
    }
  });
}

function copies(step: Step): FileEffect[] {
  const { words, flags, keyword, heredocs } = step.instruction;
  const flag = (name: string) => {
    const value = flags.findLast((one) => one.name === name)?.value;
    return value === undefined ? undefined : (step.scope.expand(value).text ?? value);
  };
  const destination = words.at(-1);
  const sources = words.slice(0, -1);
  if (!destination || sources.length === 0) return [];
  const written = step.scope.expand(destination.text).text;
  const base = absolute(step, destination.text);
  if (base === undefined || written === undefined) return [];
  const owner = flag('chown');
  const mode = flag('chmod');
  const fromStage = flag('from');
  return sources.map((source): FileEffect => {
    const text = step.scope.expand(source.text).text ?? source.text;
    const isHeredoc = heredocs.some((heredoc) => heredoc.markerSpan.start === source.span.start);
    // A folder's contents are copied, not the folder itself (Dockerfile reference, COPY).
    const intoFolder = written.endsWith('/') || sources.length > 1;
    const name = isHeredoc
      ? (heredocs.find((heredoc) => heredoc.markerSpan.start === source.span.start)?.name ?? '')
      : (withoutEndSlashes(text).split('/').at(-1) ?? '');
    const isFile = /\.[\w-]+$/.test(name) && !text.endsWith('/');
    const path = intoFolder && isFile ? normalizePath(`${base}/${name}`) : base;
    return {
      kind: keyword === 'ADD' ? 'add' : 'copy',
      path,
      source: text,
      ...(fromStage === undefined ? {} : { fromStage }),
      ...(owner === undefined ? {} : { owner }),
      ...(mode === undefined ? {} : { mode }),
      step,
      span: step.instruction.span,
    };
  });
}

function runEffects(step: Step): FileEffect[] {
  const effects: FileEffect[] = [];
  let folder = step.workdir?.value;
  for (const command of step.commands) {
    const { name, words } = effectiveCommand(command);
    const rest = words.slice(1);
    const span = command.span;
    const push = (kind: FileEffect['kind'], paths: readonly { text: string }[], extra: Partial<FileEffect> = {}) => {
      for (const word of paths) {
        const path = absolute(step, word.text, folder);
        if (path !== undefined) effects.push({ kind, path, ...extra, step, span });
      }
    };
    switch (name) {
      case 'cd':
        folder = rest[0] ? absolute(step, rest[0].text, folder) : folder;
        break;
      case 'mkdir': {
        const { flags, operands } = readOptions(rest, { withValue: ['-m', '--mode'] });
        const mode = flags.get('-m') ?? flags.get('--mode');
        push('create', braces(operands), mode && mode !== true ? { mode: mode.text } : {});
        break;
      }
      case 'touch':
        push('create', readOptions(rest, { withValue: ['-d', '-r', '-t'] }).operands);
        break;
      case 'install': {
        const { flags, operands } = readOptions(rest, {
          withValue: ['-o', '--owner', '-g', '--group', '-m', '--mode', '-t'],
        });
        const owner = flags.get('-o') ?? flags.get('--owner');
        const mode = flags.get('-m') ?? flags.get('--mode');
        const extra = {
          ...(owner && owner !== true ? { owner: owner.text } : {}),
          ...(mode && mode !== true ? { mode: mode.text } : {}),
        };
        push('create', flags.has('-d') ? operands : operands.slice(-1), extra);
        break;
      }
      case 'chown':
      case 'chgrp':
      case 'chmod': {
        const { flags, operands } = readOptions(rest, { withValue: ['--reference', '--from'] });
        const what = flags.has('--reference') ? undefined : operands[0];
        const paths = flags.has('--reference') ? operands : operands.slice(1);
        const value = what && (step.scope.expand(what.text).text ?? what.text);
        const recursive = flags.has('-R') || flags.has('--recursive');
        if (name === 'chmod')
          push('chmod', braces(paths), { ...(value === undefined ? {} : { mode: value }), recursive });
        else
          push('chown', braces(paths), {
            ...(value === undefined ? {} : { owner: name === 'chgrp' ? `:${value}` : value }),
            recursive,
          });
        break;
      }
    }
  }
  return effects;
}

/** `/app/{logs,tmp}` is two words to bash; dash takes it as one, but nobody means that. */
function braces(words: readonly { text: string }[]): { text: string }[] {
  return words.flatMap(({ text }) => {
    const found = /^([^{}]*)\{([^{}]+)\}([^{}]*)$/.exec(text);
    if (!found?.[2]?.includes(',')) return [{ text }];
    return found[2].split(',').map((part) => ({ text: `${found[1]}${part}${found[3]}` }));
  });
}

function absolute(step: Step, text: string, folder = step.workdir?.value): string | undefined {
  const expansion = step.scope.expand(text);
  const path = expansion.text;
  if (path === undefined || path === '' || path.includes('$') || expansion.unset.length > 0) return undefined;
  if (path.startsWith('/')) return normalizePath(path);
  return folder === undefined ? undefined : normalizePath(`${folder}/${path}`);
}
