import { programOf } from '../model/image/programs.ts';
import type { Service } from '../model/service.ts';

/** A server, as far as the files of a lone image tell: somebody starts it and leaves it to run. */
export function keepsRunning(service: Service): boolean {
  return service.role.runs === 'server' && !isByHand(service) && !isToBuildOn(service);
}

const shells = new Set('sh bash ash dash zsh fish irb pry python python3 ipython node iex ghci julia R'.split(' '));

/** A tool that prints its help, a shell or a prompt: nobody leaves it running. */
function isByHand(service: Service): boolean {
  const { process } = service;
  const own = process.command?.from.kind === 'file' || process.entrypoint?.from.kind === 'file';
  const [first] = process.commands;
  if (!own || !first) return false;
  const { name, args } = programOf(first);
  const onlyHelp = args.length > 0 && args.every((word) => /^(?:--?help|-h|--version|help|-\?)$/.test(word.text));
  return onlyHelp || (shells.has(name ?? '') && args.every((word) => /^-[li]*$|^--login$/.test(word.text)));
}

/** No command of its own, on a compiler's or a tool's image: others build with it, nobody runs it. */
function isToBuildOn(service: Service): boolean {
  const { facts, stage } = service.image;
  const own = stage?.steps.some(
    ({ instruction }) => instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT',
  );
  return !own && (facts?.buildStageOnly === true || facts?.oneShot === true || facts?.kind === 'build');
}
