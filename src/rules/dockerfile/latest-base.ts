import { versionedBase } from '../../cures/retag-base.ts';
import { latestMeans } from '../../knowledge/floating-tags.ts';
import { basesOf, shownBase, weighed } from '../bases.ts';
import type { Rule } from '../rule.ts';

export const latestBase: Rule = {
  id: 'dockerfile/latest-base',
  summary: 'A base image tagged "latest"',
  why: '"latest" moves with every release: two builds of one commit differ, and a rollback builds something new.',
  sources: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG1'],
  aliases: [
    'hadolint:DL3007',
    'trivy:DS-0001',
    'kics:image_version_using_latest',
    'checkov:CKV_DOCKER_7',
    'semgrep:avoid-latest-version',
    'dockerfilelint:latest_tag',
    'dockle:DKL-DI-0006',
  ],
  examples: { bad: 'bad-latest', good: 'good-version' },
  dockerfile(dockerfile, report, { today }) {
    for (const base of basesOf(dockerfile)) {
      const { from, reference, stage } = base;
      // A digest beside the tag decides what is pulled.
      if (reference.tag !== 'latest' || reference.digest !== undefined) continue;
      const version = latestMeans(reference)?.version;
      // Chainguard's free images have no other tag.
      const severity = reference.registry === 'cgr.dev' ? 'low' : weighed(stage, 'medium');
      const aliases = base.isLiteral ? {} : { aliases: ['trivy:DS-0001'] };
      report({
        at: from.span,
        message: `${shownBase(base)} is whatever was pushed last${version ? ` (in August 2026: ${version})` : ''}`,
        severity,
        ...aliases,
        fix: () => versionedBase(from, reference, today),
      });
    }
  },
};
