import type { FixOutcome } from '../../src/fix/fix-project.ts';
import { loadComposeProject } from '../../src/model/compose/load.ts';
import { kindByContent } from '../../src/model/lone-file.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';
import { harmDone, mend } from '../../test/house/mended.ts';
import type { Files } from './trial.ts';

/** Has the project mended, and says what may never be: it throws, does harm, or has more to do the second time. */
export async function mendFaultOf(files: Files): Promise<string | undefined> {
  try {
    const outcome = await mended(files);
    const [harm] = harmDone(outcome);
    if (harm !== undefined) return `mending did harm: ${harm}`;
    const [failure] = outcome.after.failures;
    if (failure) return `failure after mending: ${failure.rule}: ${failure.message}`;
    const texts = { ...files, ...Object.fromEntries(outcome.files) };
    if (refusals(texts) > refusals(files)) return 'Compose refuses what was mended';
    const again = await mended(texts);
    if (again.files.size > 0)
      return `a second mending changes ${[...again.files.keys()].join(', ')}: ${again.applied.map(({ finding, fix }) => `${finding.rule} (${fix.title})`).join('; ')}`;
    return undefined;
  } catch (error) {
    return `mending threw: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 8).join('\n') : String(error)}`;
  }
}

function mended(files: Files): Promise<FixOutcome> {
  const [only, ...more] = Object.keys(files);
  const lone = only !== undefined && more.length === 0 ? kindByContent(files[only] ?? '') : undefined;
  return mend(memoryFiles(files), {
    project: {
      ...(lone === 'dockerfile' && only ? { dockerfiles: [only] } : {}),
      compose: { env: {}, ...(lone === 'compose' && only ? { files: [only] } : {}) },
      today: '2026-11-21',
    },
  });
}

function refusals(files: Files): number {
  if (!Object.keys(files).some((name) => /^(?:docker-)?compose\.ya?ml$/.test(name))) return 0;
  return loadComposeProject(memoryFiles(files)).faults.filter(({ refused }) => refused).length;
}
