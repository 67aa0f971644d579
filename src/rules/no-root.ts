import { type EntryScript, entryScript } from '../model/entry-script.ts';
import { programOf } from '../model/image/programs.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';

/** Its processes are not root's, whatever USER says or leaves out: by the base, by how it starts, or on Windows. */
export function isNoRoot(service: Service, project: Project): boolean {
  if (service.privilege === 'non-root' || service.privilege === 'steps-down') return true;
  return isWindows(service) || givesUpRoot(service, entryScript(service, project));
}

const droppers = new Set([
  'gosu',
  'su-exec',
  'setpriv',
  'runuser',
  's6-setuidgid',
  'setuser',
  'chpst',
  'su',
  'entrypoint-demoter',
]);

/** `gosu app …` on the command line, or in the script that is PID 1. */
function givesUpRoot(service: Service, script: EntryScript | undefined): boolean {
  const commands = [...service.process.commands, ...(script?.commands ?? [])];
  return commands.some((command) => {
    const { name, through } = programOf(command);
    return [...through, name ?? ''].some((one) => droppers.has(one)) && !/\broot\b/.test(command.words[1]?.text ?? '');
  });
}

function isWindows(service: Service): boolean {
  return service.image.facts?.os?.family === 'windows' || /windows/i.test(service.image.base?.text ?? '');
}
