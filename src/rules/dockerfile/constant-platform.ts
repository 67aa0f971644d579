import { withoutPlatform } from '../../cures/without-platform.ts';
import type { Stage } from '../../model/dockerfile/dockerfile.ts';
import type { Rule } from '../rule.ts';

export const constantPlatform: Rule = {
  id: 'dockerfile/constant-platform',
  summary: 'A base image of one fixed platform',
  why: 'On a machine of another kind (Graviton, Apple silicon) the image runs emulated at a fraction of its speed, or dies with "exec format error".',
  sources: [
    'https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/',
    'https://docs.docker.com/build/building/multi-platform/',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG15'],
  aliases: [
    'hadolint:DL3029',
    'buildkit:FromPlatformFlagConstDisallowed',
    'kics:using_platform_with_from',
    'semgrep:avoid-platform-with-from',
  ],
  examples: { bad: 'bad-amd64', good: 'good-build-platform' },
  dockerfile(dockerfile, report) {
    for (const stage of dockerfile.stages) {
      const { platform } = stage.from;
      if (!platform || platform.written.includes('$') || isNamedFor(stage, platform.written)) continue;
      report({
        at: platform.span,
        message: `"${stage.from.written}" is always taken for ${platform.written}`,
        fix: () =>
          withoutPlatform(stage, {
            safety: 'review',
            note: 'on a machine of another kind the image is then built for that kind: look whether all it downloads is there for it',
          }),
      });
    }
  },
};

/** `FROM --platform=linux/arm64 … AS build-arm64`: one stage for each platform, on purpose; BuildKit lets it pass as well. */
function isNamedFor({ name }: Stage, platform: string): boolean {
  const [, architecture = '', variant = ''] = platform.toLowerCase().split('/');
  const stage = name ?? '';
  return architecture !== '' && (stage.includes(architecture) || stage.includes(`${architecture}${variant}`));
}
