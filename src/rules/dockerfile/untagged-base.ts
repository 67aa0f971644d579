import { versionedBase } from '../../cures/retag-base.ts';
import { latestMeans } from '../../knowledge/floating-tags.ts';
import { basesOf, shownBase, weighed } from '../bases.ts';
import type { Rule } from '../rule.ts';

export const untaggedBase: Rule = {
  id: 'dockerfile/untagged-base',
  summary: 'A base image without a tag',
  why: 'No tag means "latest": the next build may start from another major version, and no commit shows what changed.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#from',
    'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG1'],
  aliases: [
    'hadolint:DL3006',
    'trivy:DS-0001',
    'kics:image_version_not_explicit',
    'checkov:CKV_DOCKER_7',
    'semgrep:missing-image-version',
    'dockerfilelint:missing_tag',
  ],
  examples: { bad: 'bad-no-tag', good: 'good-tag' },
  dockerfile(dockerfile, report, { today }) {
    for (const base of basesOf(dockerfile)) {
      const { from, reference, stage } = base;
      if (reference.tag !== undefined || reference.digest !== undefined) continue;
      const known = latestMeans(reference);
      const { message, severity } =
        known?.exists === false
          ? {
              message: `${shownBase(base)} has no tag, and the image has no "latest" to pull`,
              severity: 'high' as const,
            }
          : {
              message: `${shownBase(base)} has no tag: it is whatever was pushed last${known?.version ? ` (in August 2026: ${known.version})` : ''}`,
              severity: weighed(stage, 'medium'),
            };
      // The other tools read the line as it stands: a name behind a variable is seen by Trivy only.
      const aliases = base.isLiteral ? {} : { aliases: ['trivy:DS-0001'] };
      report({ at: from.span, message, severity, ...aliases, fix: () => versionedBase(from, reference, today) });
    }
  },
};
