import fs from 'node:fs';
import path from 'node:path';
import { fixProject } from '../../src/fix/fix-project.ts';
import { findConfiguration } from '../../src/judge/config/find-configuration.ts';
import { diskFiles } from '../../src/read/files-disk.ts';
import { allRules } from '../../src/rules/registry.ts';

/** `seaworthy fix --review`, without the checks of a working tree that the command makes. */
export async function fix(directory: string): Promise<void> {
  const outcome = await fixProject(diskFiles(directory), {
    level: 'review',
    project: { today: new Date().toISOString().slice(0, 10) },
    rules: allRules,
    configurationOf: findConfiguration,
  });
  for (const [file, text] of outcome.files) fs.writeFileSync(path.join(directory, file), text);
}
