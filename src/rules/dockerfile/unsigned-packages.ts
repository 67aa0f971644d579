import { withoutForce } from '../../cures/without-force.ts';
import { packageCommand } from '../../model/image/package-commands.ts';
import { programOf, type ShellCommand, type ShellWord } from '../../model/image/programs.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

interface Unsigned {
  readonly word: ShellWord;
  readonly program: string;
  readonly aliases: readonly string[];
  /** Only files that lie there already are installed: local builds have no signature. */
  readonly isLocal: boolean;
}

export const unsignedPackages: Rule = {
  id: 'dockerfile/unsigned-packages',
  summary: 'Packages installed without checking their signatures',
  why: 'The signature is all that tells a package of the distribution from one that a broken mirror or a man in the middle puts in its place.',
  sources: [
    'https://wiki.debian.org/SecureApt',
    'https://dnf.readthedocs.io/en/latest/command_ref.html#nogpgcheck-option',
    'https://man.archlinux.org/man/apk.8.en',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: [
    'checkov:CKV2_DOCKER_7',
    'checkov:CKV2_DOCKER_8',
    'checkov:CKV2_DOCKER_9',
    'checkov:CKV2_DOCKER_10',
    'checkov:CKV2_DOCKER_11',
  ],
  byHand: 'the key of the repository must be found and checked',
  examples: { bad: 'bad-allow-unauthenticated', good: 'good-signed' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN'))
      for (const command of step.commands) {
        const found = unsignedIn(command);
        if (!found) continue;
        report({
          at: found.word.span,
          severity: found.isLocal ? 'low' : step.stage.isInherited ? 'high' : 'medium',
          aliases: found.aliases,
          message: `"${found.program} ${found.word.text}" installs packages whatever their signature`,
          fix: () => (found.word.text === '--force-yes' ? withoutForce(step, command, found.word) : undefined),
        });
      }
  },
};

function unsignedIn(command: ShellCommand): Unsigned | undefined {
  const { name, args } = programOf(command);
  const run = packageCommand(command);
  // apt takes --force-yes for removals too, where nothing is fetched.
  if (run?.verb === 'remove') return undefined;
  const one = (form: RegExp, alias: string | undefined): Unsigned | undefined => {
    const word = args.find(({ text }) => form.test(text));
    if (!word || name === undefined) return undefined;
    const packages = run?.packages ?? [];
    const isLocal =
      packages.length > 0 &&
      packages.every(({ text }) => /^[^:]*\.(?:apk|deb|rpm)$/.test(text) || /^\.{0,2}\//.test(text));
    return { word, program: name, aliases: alias ? [alias] : [], isLocal };
  };
  if (name === 'rpm') return one(/^--(?:nosignature|nodigest|noverify|nofiledigest|nogpg)$/, 'checkov:CKV2_DOCKER_10');
  switch (run?.manager) {
    case 'apk':
      return one(/^--allow-untrusted$/, 'checkov:CKV2_DOCKER_7');
    case 'apt': {
      const allowed = one(/^--allow-unauthenticated$/, 'checkov:CKV2_DOCKER_8');
      const forced = one(/^--force-yes$/, 'checkov:CKV2_DOCKER_11');
      // One fault, though others count the options.
      if (allowed && forced) return { ...allowed, aliases: [...allowed.aliases, ...forced.aliases] };
      return allowed ?? forced ?? one(/^(?:APT::Get::)?AllowUnauthenticated="?(?:true|1|yes)/i, undefined);
    }
    case 'yum':
    case 'dnf':
    case 'microdnf':
    case 'tdnf':
      return one(/^--nogpgcheck$|^--setopt=\S*gpgcheck=(?:0|false)/, 'checkov:CKV2_DOCKER_9');
    case 'zypper':
      return one(/^--(?:no-gpg-checks|allow-unsigned-rpm)$/, undefined);
    default:
      return undefined;
  }
}
