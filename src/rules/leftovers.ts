import type { Stage, Step } from '../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../model/image/programs.ts';
import { withoutEndSlashes } from '../vocabulary/path-end.ts';

/**
 * True where what is written below one of the paths does not stay in the layer: a cache, tmpfs or bind mount of the step
 * covers it. A path that begins with `~` is any user's home.
 */
export function isMounted(step: Step, paths: readonly string[]): boolean {
  return step.mounts.some(({ type, target }) => {
    if (target === undefined || type === 'secret' || type === 'ssh') return false;
    const at = withoutEndSlashes(target).replace(/^~(?=\/)/, '');
    return paths.some((path) => {
      if (!path.startsWith('~')) return path === at || path.startsWith(`${at}/`);
      const tail = path.slice(1);
      // `/root/.cache` covers `~/.cache/pip`; `/home/app/.cache/pip/http` covers what matters of it.
      const parts = tail.split('/').slice(1);
      return (
        parts.some((_, length) => at.endsWith(`/${parts.slice(0, length + 1).join('/')}`)) || at.includes(`${tail}/`)
      );
    });
  });
}

/** True where one of the commands removes something that holds, or lies in, a path the pattern matches. */
export function isRemoved(commands: readonly ShellCommand[], path: RegExp): boolean {
  return commands.some((command) => {
    const { name, args } = programOf(command);
    if (name === 'rm' || name === 'find' || name === 'unlink' || name === 'rmdir')
      return args.some(({ text }) => path.test(text));
    // `/usr/local/bin/docker-clean`, `./cleanup.sh`, `cleanimage`: made for this, by their name.
    return name !== undefined && /clean/i.test(name) && !/^(?:yum|dnf|apt)/.test(name);
  });
}

/** By setting, the first step of each stage whose text speaks of it; Infinity for none. */
const firstMentions = new Map<string, WeakMap<Stage, number>>();

/** True where an earlier line, this one included, speaks of a setting that changes the judgement: text of an apt.conf. */
export function isConfigured(step: Step, setting: RegExp): boolean {
  if (firstMention(step.stage, setting) <= step.index) return true;
  for (let stage = step.stage.from.stage; stage; stage = stage.from.stage)
    if (firstMention(stage, setting) < Number.POSITIVE_INFINITY) return true;
  return false;
}

/** Remembered, since every install of a stage asks the same. */
function firstMention(stage: Stage, setting: RegExp): number {
  const known = firstMentions.get(setting.source) ?? new WeakMap<Stage, number>();
  firstMentions.set(setting.source, known);
  let first = known.get(stage);
  if (first === undefined) {
    const at = stage.steps.findIndex(
      ({ instruction }) =>
        setting.test(instruction.body.text) || instruction.heredocs.some(({ body }) => setting.test(body)),
    );
    first = at === -1 ? Number.POSITIVE_INFINITY : at;
    known.set(stage, first);
  }
  return first;
}
