import { sayYes } from '../../cures/say-yes.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { PackageCommand } from '../../model/image/package-commands.ts';
import { programOf } from '../../model/image/programs.ts';
import { isConfigured } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { commandsNear, packageSteps } from '../steps.ts';

const aliases = {
  apt: [
    'hadolint:DL3014',
    'trivy:DS-0021',
    'kics:apt_get_missing_flags_to_avoid_manual_input',
    'semgrep:missing-assume-yes-switch',
    'dockerfilelint:apt-get_missing_param',
  ],
  yum: ['hadolint:DL3030', 'kics:yum_install_allows_manual_input', 'semgrep:missing-yum-assume-yes-switch'],
  dnf: ['hadolint:DL3038', 'kics:missing_flag_from_dnf_install', 'semgrep:missing-dnf-assume-yes-switch'],
  zypper: ['hadolint:DL3034', 'kics:missing_zypper_non_interactive_switch', 'semgrep:missing-zypper-no-confirm-switch'],
} as const;

/** The options by which each manager answers its own question. apk asks nothing. */
const answers: Readonly<Partial<Record<PackageCommand['manager'], RegExp>>> = {
  apt: /^(?:-y|--yes|--assume-yes|--force-yes|-qq|-s|--simulate|--just-print|--dry-run|--print-uris|--trivial-only)$/,
  yum: /^(?:-y|--assumeyes|--assumeno|--downloadonly)$/,
  dnf: /^(?:-y|--assumeyes|--assumeno|--downloadonly)$/,
  microdnf: /^(?:-y|--assumeyes|--assumeno)$/,
  tdnf: /^(?:-y|--assumeyes|--assumeno)$/,
  zypper: /^(?:-n|--non-interactive|-y|--no-confirm|-D|--dry-run)$/,
  pacman: /^--noconfirm$/,
};

export const installAsks: Rule = {
  id: 'dockerfile/install-asks',
  summary: 'A package manager that asks for confirmation during the build',
  why: 'Nobody is there to answer during a build: the question is taken for a "no", and the build stops or goes on without the packages.',
  sources: [
    'https://manpages.debian.org/stable/apt/apt-get.8.en.html',
    'https://dnf.readthedocs.io/en/latest/command_ref.html#options',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: Object.values(aliases).flat(),
  examples: { bad: 'bad-apt-get', good: 'good-yes' },
  dockerfile(dockerfile, report) {
    for (const { step, runs } of packageSteps(dockerfile, 'build')) {
      for (const run of runs) {
        if (!asks(run) || isAnswered(step, run)) continue;
        report({
          at: run.command.span,
          message: `"${run.program} ${run.written}" may ask for confirmation, and a build cannot answer`,
          aliases: aliasesOf(run),
          fix: () => sayYes(step, run),
        });
      }
    }
  },
};

function asks({ manager, verb, written, packages }: PackageCommand): boolean {
  // With nothing left over there is nothing to ask, and whoever built the image once has seen that.
  if (/^auto(?:remove|purge)$/.test(written ?? '')) return false;
  if (verb === 'install') return manager !== 'apt' || packages.length > 0;
  return verb === 'upgrade' || verb === 'remove';
}

function isAnswered(step: Step, run: PackageCommand): boolean {
  const { manager, options, command, written } = run;
  const yes = answers[manager];
  if (!yes || [...options.flags.keys()].some((name) => yes.test(name))) return true;
  // `-q -q` and `-q=2` mean yes to apt; `-o APT::Get::Assume-Yes=true` says it in full.
  if (options.all.filter(({ name }) => name === '-q' || name === '--quiet').length > 1) return true;
  if (command.words.some(({ text }) => /^(?:-q+|--quiet)=?2$|Assume-Yes|^-o=?.*force-yes/i.test(text))) return true;
  // A list of options from a variable may hold it: `apt-get $APT_OPTS install`.
  const verbAt = command.words.findIndex(({ text }) => text === written);
  if (command.words.slice(0, verbAt).some((word) => !word.literal)) return true;
  if (command.words.some((word) => /^\$\{?\w*(?:OPT|ARG|FLAG|YES)/i.test(word.text))) return true;
  if (isConfigured(step, /Assume-Yes["\s=]+(?:true|1|yes)|assumeyes\s*=\s*(?:True|1|yes)/i)) return true;
  // `yes | apt-get install`, `echo y |`
  const piped = commandsNear(step, command).filter((other) => other.pipeline === command.pipeline && other !== command);
  return (
    command.joint === '|' && piped.some((other) => ['yes', 'echo', 'printf'].includes(programOf(other).name ?? ''))
  );
}

function aliasesOf({ manager, verb, written }: PackageCommand): readonly string[] {
  if (manager === 'apt') return verb === 'install' ? aliases.apt : ['dockerfilelint:apt-get_missing_param'];
  if (manager === 'zypper') return aliases.zypper;
  if (verb !== 'install') return [];
  if (manager === 'yum') return aliases.yum;
  if (manager === 'dnf') return aliases.dnf;
  return manager === 'microdnf' && written === 'install' ? ['hadolint:DL3038'] : [];
}
