import { weighed } from '../bases.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

/** Directories of the system itself; below the first group everything is, below the second the app may have its own. */
const kernel = /^\/(?:proc|sys|dev|boot)(?:\/|$)/;
const system = /^\/(?:bin|sbin|lib|lib32|lib64|etc|usr|usr\/bin|usr\/sbin|usr\/lib|usr\/local\/bin)\/?$/;

export const systemDirectory: Rule = {
  id: 'dockerfile/system-directory',
  summary: 'VOLUME or WORKDIR on a directory of the system',
  why: "A volume there hides or freezes the system's own files, and relative paths of a process that stands there write over them.",
  sources: [
    'https://docs.docker.com/build/building/best-practices/#workdir',
    'https://docs.docker.com/reference/dockerfile/#volume',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN16'],
  aliases: ['trivy:DS-0030', 'dockle:DKL-DI-0002', 'semgrep:dockerfile-dockerd-socket-mount'],
  examples: { bad: 'bad-volume-etc', good: 'good-own-directory' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'file')) {
      const { keyword, words } = step.instruction;
      if (keyword !== 'VOLUME' && keyword !== 'WORKDIR') continue;
      for (const word of words) {
        const { text, unset } = step.scope.expand(word.text);
        if (text === undefined || unset.length > 0) continue;
        if (keyword === 'VOLUME' && /\/docker\.sock$/.test(text)) {
          report({
            at: word.span,
            message: `VOLUME "${text}" puts an empty directory where the engine's socket is looked for`,
            aliases: ['semgrep:dockerfile-dockerd-socket-mount', 'trivy:DS-0030'],
          });
          continue;
        }
        const isSystem = kernel.test(text) || system.test(text) || (keyword === 'VOLUME' && text === '/');
        // Images that run systemd declare it, for a machine that mounts it anyway.
        if (!isSystem || text === '/sys/fs/cgroup') continue;
        report({
          at: word.span,
          message: `${keyword} "${text}" is a directory of the system`,
          severity: keyword === 'WORKDIR' ? 'low' : weighed(step.stage, 'medium'),
          aliases: ['trivy:DS-0030', ...(keyword === 'VOLUME' ? ['dockle:DKL-DI-0002'] : [])],
        });
      }
    }
  },
};
