import fs from 'node:fs';
import path from 'node:path';
import { type Configuration, noConfiguration } from '../judge/config/configuration.ts';
import { findConfiguration } from '../judge/config/find-configuration.ts';
import { readConfiguration } from '../judge/config/read-configuration.ts';
import type { Project } from '../model/project.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { type Call, isOn, oneText } from './command.ts';

/** The configuration that the flags name, or the project's own. */
export function configurationOf(call: Pick<Call, 'cwd' | 'values'>, project: Project): Configuration {
  const named = oneText(call.values, 'config');
  if (isOn(call.values, 'no-config')) {
    if (named !== undefined)
      throw new SeaworthyError('usage', '--config and --no-config exclude each other', { hint: 'Leave one out.' });
    return { ...noConfiguration, readsServices: false };
  }
  if (named === undefined) return findConfiguration(project);
  const place = path.resolve(call.cwd, named);
  const root = project.files.root === '' ? call.cwd : project.files.root;
  const shown = path.relative(root, place).split(path.sep).join('/');
  return readConfiguration(textOf(place, named), shown);
}

function textOf(place: string, named: string): string {
  try {
    return fs.readFileSync(place, 'utf8');
  } catch (cause) {
    throw new SeaworthyError('bad-config', `The configuration "${named}" cannot be read`, {
      hint: 'Check the path.',
      cause,
    });
  }
}
