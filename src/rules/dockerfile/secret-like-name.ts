import { hardCodedSecret } from '../../knowledge/hard-coded-secret.ts';
import { secretName } from '../../knowledge/secret-names.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

type Instruction = Step['instruction'];

/** The words that BuildKit's own check looks for; a public one is none, and a file is where it should be. */
const like = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const open = /(?:^|_)public(?:_|$)|_file$/i;

export const secretLikeName: Rule = {
  id: 'dockerfile/secret-like-name',
  summary: 'An ARG or ENV whose name sounds like a secret',
  why: 'Whatever it is given stays in the image or its history, and by its name somebody will give it a secret.',
  sources: ['https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/'],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['IMG10'],
  aliases: ['hadolint:DL3064', 'buildkit:SecretsUsedInArgOrEnv', 'trivy:DS-0031', 'semgrep:secret-in-build-arg'],
  // By the name alone it is wrong more often than right: `SSH_KEY_DIR`, `AUTH_MODE`, `token_version`.
  optIn: true,
  examples: { bad: 'bad-key', good: 'good-public-key' },
  dockerfile(dockerfile, report) {
    const isArg = ({ keyword }: Instruction) => keyword === 'ARG';
    const { instructions } = dockerfile.tree;
    const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
    const outside = instructions.slice(0, Math.max(0, first)).filter(isArg);
    const inside = stepsIn(dockerfile, 'file').map(({ instruction }) => instruction);
    for (const { keyword, pairs } of [...outside, ...inside]) {
      if (keyword !== 'ARG' && keyword !== 'ENV') continue;
      for (const { key, value, span } of pairs) {
        if (!like.test(key) || open.test(key) || isSecret(keyword, key, value ?? '')) continue;
        report({
          at: span,
          message: `${keyword} ${key} sounds like a secret`,
          aliases: aliasesFor(keyword, key),
        });
      }
    }
  },
};

/** More than its name says so: then `secret-in-arg` and `secret-in-env` speak of it. */
function isSecret(keyword: string, key: string, written: string): boolean {
  const value = written.replace(/^(["'])(.*)\1$/s, '$2');
  return hardCodedSecret(key, value) !== undefined || (keyword === 'ARG' && value === '' && secretName(key) === 'yes');
}

/** Trivy and semgrep look for names that mean a secret as a whole. */
function aliasesFor(keyword: string, key: string): readonly string[] {
  const byWord = ['hadolint:DL3064', 'buildkit:SecretsUsedInArgOrEnv'];
  // Half of a pair, and no secret alone; Trivy counts it.
  if (secretName(key) === 'no' && key !== 'AWS_ACCESS_KEY_ID') return byWord;
  return [...byWord, 'trivy:DS-0031', ...(keyword === 'ARG' ? ['semgrep:secret-in-build-arg'] : [])];
}
