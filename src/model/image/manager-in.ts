import type { PackageManager } from '../../knowledge/image-facts.ts';
import type { Stage } from '../dockerfile/dockerfile.ts';
import { packageCommand } from './package-commands.ts';

/**
 * The package manager that the stage calls tells of the distribution, where the base image is not known: bash is
 * essential to Debian and its kin (https://www.debian.org/doc/debian-policy/ch-binary.html#essential-packages).
 */
export function managerIn(stage: Stage): PackageManager | undefined {
  for (const { commands, index } of stage.steps) {
    if (index > furthest) return undefined;
    for (const command of commands.slice(0, furthest)) {
      const run = packageCommand(command);
      if (run && run.command.joint !== '||') return run.manager;
    }
  }
  return undefined;
}

const furthest = 300;
