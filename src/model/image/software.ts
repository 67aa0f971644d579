import type { ImageFacts } from '../../knowledge/image-facts.ts';
import { toolsOf } from '../../knowledge/packages.ts';
import { withoutEndSlashes } from '../../vocabulary/path-end.ts';
import type { Step } from '../dockerfile/dockerfile.ts';
import type { InstalledPackage, Presence, Software } from './image.ts';
import { packageCommand, packageName } from './package-commands.ts';

const folders = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/sbin', '/sbin', '/opt/bin'];

export function softwareOf(
  steps: readonly Step[],
  facts: ImageFacts | undefined,
  isScratch: boolean,
  baseName: string,
): Software {
  const packages: InstalledPackage[] = [];
  const brought = new Map<string, string>();
  const removed = new Map<string, string>();
  // Names of files copied anywhere: PATH may lead there.
  const copied = new Set<string>();
  // `apk add --virtual .deps …` gives the list a name to remove it by.
  const virtuals = new Map<string, string[]>();
  // Set once a line brings programs we cannot name: a build, a download, a copied folder of programs.
  let opaque: string | undefined;
  for (const step of steps) {
    const { keyword, words, flags } = step.instruction;
    if (keyword === 'COPY' || keyword === 'ADD') {
      const destination = step.scope.expand(words.at(-1)?.text ?? '').text ?? '';
      const fromElsewhere = flags.some((flag) => flag.name === 'from');
      for (const source of words.slice(0, -1)) {
        const name = withoutEndSlashes(source.text).split('/').at(-1) ?? '';
        const intoFolder = folders.some((folder) => withoutEndSlashes(destination) === folder);
        const target = destination.split('/').at(-1) ?? '';
        copied.add(name).add(target);
        if (intoFolder && name !== '' && !/[*?[]/.test(name)) brought.set(name, `${keyword} puts it in ${destination}`);
        else if (folders.some((folder) => destination === `${folder}/${target}`))
          brought.set(target, `${keyword} puts it in ${destination}`);
        if (intoFolder && (fromElsewhere || source.text.endsWith('/') || /[*?[]/.test(name)))
          opaque ??= `${keyword} brings programs in ${destination}`;
        if (fromElsewhere && ['/', '/usr', '/usr/', '/usr/local', '/usr/local/'].includes(destination))
          opaque ??= `COPY --from brings ${destination}`;
      }
      if (keyword === 'ADD' && /\.t(?:ar|gz|xz|bz2)|\.tar\./.test(words[0]?.text ?? ''))
        opaque ??= 'ADD unpacks an archive';
      continue;
    }
    if (keyword !== 'RUN') continue;
    if (!step.certain) opaque ??= `line ${lineOf(step)} could not be read whole`;
    for (const command of step.commands) {
      const run = packageCommand(command);
      if (run?.verb === 'install') {
        for (const word of run.packages) {
          const expanded = word.literal ? word.text : step.scope.expand(word.text).text;
          if (expanded === undefined || (!word.literal && expanded.trim() === '')) {
            opaque ??= `line ${lineOf(step)} installs a list from a variable`;
            continue;
          }
          for (const one of expanded.split(/\s+/)) {
            const name = packageName({ ...word, text: one });
            packages.push({ name, manager: run.manager, word, step });
            for (const tool of [name, ...toolsOf(name, run.manager)]) {
              brought.set(tool, `${name} is installed at line ${lineOf(step)}`);
              removed.delete(tool);
            }
          }
        }
        const virtual = run.options.flags.get('-t') ?? run.options.flags.get('--virtual');
        if (run.manager === 'apk' && virtual && virtual !== true)
          virtuals.set(
            `${virtual.text}`,
            run.packages.map((word) => packageName(word)),
          );
      } else if (run?.verb === 'remove') {
        for (const word of run.packages) {
          const names = run.manager === 'apk' ? (virtuals.get(word.text) ?? [word.text]) : [packageName(word)];
          for (const name of names) {
            for (let at = packages.length - 1; at >= 0; at--) if (packages[at]?.name === name) packages.splice(at, 1);
            for (const tool of [name, ...toolsOf(name, run.manager)]) {
              brought.delete(tool);
              removed.set(tool, `${name} is removed at line ${lineOf(step)}`);
            }
          }
        }
      } else if (!run) {
        const name = command.name ?? '';
        if (
          ['make', 'tar', 'unzip', 'dpkg', 'rpm', 'install', 'cmake', 'ninja', 'cp', 'mv', 'ln', 'busybox'].includes(
            name,
          )
        ) {
          const target = command.words.at(-1)?.text ?? '';
          const tool = target.split('/').at(-1) ?? '';
          if (['cp', 'mv', 'ln', 'install'].includes(name) && folders.some((folder) => target === `${folder}/${tool}`))
            brought.set(tool, `line ${lineOf(step)} puts it there`);
          else if (!['cp', 'mv', 'ln'].includes(name)) opaque ??= `${name} at line ${lineOf(step)} may bring programs`;
        }
        if (
          ['npm', 'pip', 'pip3', 'gem', 'go', 'cargo', 'pipx', 'uv', 'yarn', 'pnpm', 'corepack', 'sh', 'bash'].includes(
            name,
          )
        ) {
          // Global installs name their program; a script may do anything.
          const operands = command.words.slice(1).filter((word) => !word.text.startsWith('-'));
          const installs = /^(?:install|i|add|get|global|tool|enable|inject)$/.test(operands[0]?.text ?? '');
          for (const word of installs ? operands.slice(1) : [])
            if (/^[@\w][\w./@-]*$/.test(word.text))
              brought.set(
                (word.text.split('@')[0] || word.text).split('/').at(-1) ?? '',
                `${name} at line ${lineOf(step)}`,
              );
          if (name === 'sh' || name === 'bash') opaque ??= `a script runs at line ${lineOf(step)}`;
        }
        for (const redirect of command.redirects) {
          const target = redirect.target?.text ?? '';
          const tool = target.split('/').at(-1) ?? '';
          if (folders.some((folder) => target === `${folder}/${tool}`))
            brought.set(tool, `line ${lineOf(step)} writes it`);
        }
        if (name === 'curl' || name === 'wget') {
          for (const word of command.words) {
            const tool = word.text.split('/').at(-1) ?? '';
            if (folders.some((folder) => word.text === `${folder}/${tool}`))
              brought.set(tool, `line ${lineOf(step)} downloads it`);
          }
        }
      }
    }
  }
  return {
    packages,
    has(tool) {
      if (tool.includes('/')) {
        const name = tool.split('/').at(-1) ?? tool;
        return folders.some((folder) => tool === `${folder}/${name}`)
          ? this.has(name)
          : { presence: 'unknown', because: 'a path of its own' };
      }
      const there = brought.get(tool);
      if (there !== undefined) return { presence: 'yes', because: there };
      const gone = removed.get(tool);
      if (gone !== undefined) return { presence: 'no', because: gone };
      if (isScratch) return absent(tool, 'scratch has nothing in it');
      const known = facts?.tools?.[tool];
      if (known === true || typeof known === 'string')
        return {
          presence: 'yes',
          because: `${baseName} has it`,
          ...(typeof known === 'string' ? { flavour: known } : {}),
        };
      if (known === false) return absent(tool, `${baseName} has no ${tool}`);
      if (facts?.shell === null && ['sh', 'bash', 'curl', 'wget', 'nc', 'grep', 'cat'].includes(tool))
        return absent(tool, `${baseName} has no shell and no tools`);
      if (tool === 'sh' && facts?.shell) return { presence: 'yes', because: `${baseName} has ${facts.shell}` };
      return { presence: 'unknown', because: `nothing says whether ${baseName} has ${tool}` };
    },
  };

  function absent(tool: string, because: string): { presence: Presence; because: string } {
    if (copied.has(tool)) return { presence: 'unknown', because: `a file of the name ${tool} is copied somewhere` };
    return opaque === undefined ? { presence: 'no', because } : { presence: 'unknown', because: opaque };
  }
}

function lineOf(step: Step): number {
  return step.stage.dockerfile.source.positionAt(step.instruction.span.start).line;
}
