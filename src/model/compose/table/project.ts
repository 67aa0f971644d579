import { type Attribute, NOT_SWARM, row, TEXT_OR_TEXTS } from './attribute.ts';

/** The project as a whole. */
export const projectAttributes: readonly Attribute[] = [
  row('', 'version', 'string', 'Without effect since 2020.', { deprecated: 'remove it' }),
  row(
    '',
    'name',
    'string',
    'The project name, which prefixes all that Compose makes; two projects of one name fight.',
    {
      default: 'the directory name',
      honoured: NOT_SWARM,
    },
  ),
  row('', 'include', 'list', 'Other Compose files that belong to the project.', { honoured: NOT_SWARM }),
  row('include', '[]', 'string | mapping', 'One other Compose file, or several merged.', {
    noExtensions: true,
    short: 'other/compose.yaml',
    honoured: NOT_SWARM,
  }),
  row('include.[]', 'path', TEXT_OR_TEXTS, 'The file, and those that override it.', {
    distinct: true,
    honoured: NOT_SWARM,
  }),
  row('include.[]', 'env_file', TEXT_OR_TEXTS, 'Variables it is interpolated with.', {
    distinct: true,
    honoured: NOT_SWARM,
  }),
  row('include.[]', 'project_directory', 'string', 'What its relative paths start from.', { honoured: NOT_SWARM }),
];
