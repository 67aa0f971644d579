import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import { isMounted, isRemoved } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { commandsAfter, stepsIn } from '../steps.ts';

export const condaCache: Rule = {
  id: 'dockerfile/conda-cache',
  summary: 'Package cache of conda left in a layer of the image',
  why: 'conda keeps every archive that it downloads: an image for machine learning easily carries gigabytes that nothing ever reads.',
  sources: [
    'https://docs.conda.io/projects/conda/en/stable/commands/clean.html',
    'https://micromamba-docker.readthedocs.io/en/latest/quick_start.html',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['IMG4', 'IMG14'],
  aliases: [],
  examples: { bad: 'bad-install', good: 'good-cleaned' },
  dockerfile(dockerfile, report) {
    const lines: ShellCommand[] = [];
    for (const step of stepsIn(dockerfile, 'image', 'RUN')) {
      // Whoever moves the cache knows of it.
      if (step.scope.get('CONDA_PKGS_DIRS') !== undefined || isMounted(step, ['/opt/conda/pkgs', '~/.conda/pkgs']))
        continue;
      const last = step.commands.findLast((command) => installs(command) !== undefined);
      if (!last || isClean(step, last)) continue;
      lines.push(last);
    }
    const [first, ...others] = lines;
    if (!first) return;
    report({
      at: first.span,
      message: `"${installs(first)}" leaves the packages' archives in this layer`,
      related: others.slice(0, 20).map(({ span }) => ({ at: span, message: 'and so does this' })),
    });
  },
};

const programs = /^(?:conda|mamba|micromamba)$/;

function installs(command: ShellCommand): string | undefined {
  const { name, args } = programOf(command);
  if (name === undefined || !programs.test(name)) return undefined;
  const words = args.map(({ text }) => text);
  if (words.some((word) => word === '--help' || word === '-h' || word === '--dry-run' || word === '--offline'))
    return undefined;
  const [verb, second] = words.filter((word) => !word.startsWith('-'));
  if (verb === 'env') return second === 'create' || second === 'update' ? `${name} env ${second}` : undefined;
  return verb === 'install' || verb === 'create' || verb === 'update' ? `${name} ${verb}` : undefined;
}

function isClean(step: Step, last: ShellCommand): boolean {
  const after = commandsAfter(step, last);
  if (isRemoved(after, /\bpkgs\b|conda/)) return true;
  return after.some((command) => {
    const { name, args } = programOf(command);
    if (name === undefined || !programs.test(name) || args[0]?.text !== 'clean') return false;
    // Of -a, -t (tarballs) and -y (yes): any that takes the archives.
    return args.some(({ text }) => /^-[a-z]*[at]/.test(text) || text === '--all' || text === '--tarballs');
  });
}
