import { SeaworthyError } from '../../vocabulary/error.ts';
import { type Configuration, noConfiguration } from './configuration.ts';
import type { ConfigInput } from './input.ts';
import { readConfiguration } from './read-configuration.ts';

/** A configuration given as an object. Throws `bad-config`: whoever wrote it is a program, and can be told at once. */
export function configurationFrom(given: ConfigInput | false): Configuration {
  if (given === false) return { ...noConfiguration, readsServices: false };
  // JSON is YAML: one reader for both.
  const read = readConfiguration(JSON.stringify(given), '');
  const [fault] = read.faults;
  if (fault)
    throw new SeaworthyError('bad-config', fault.message, { hint: 'schema/config-1.schema.json describes it.' });
  return { ...read, sources: [] };
}
