import { type Attribute, COMPOSE_ONLY, row, TEXT_OR_TEXTS } from './attribute.ts';
import { hookBody } from './shapes.ts';

const watch = 'services.*.develop.watch.[]';
const honoured = COMPOSE_ONLY;

/** `docker compose watch`: for development machines, never in production. */
export const developAttributes: readonly Attribute[] = [
  row('services.*', 'develop', 'mapping | null', 'What `docker compose watch` keeps in step; has no effect on `up`.', {
    honoured,
  }),
  row('services.*.develop', 'watch', 'list', 'Paths to watch.', { honoured }),
  row('services.*.develop.watch', '[]', 'mapping', 'One path and what its changes cause.', {
    required: ['path', 'action'],
    honoured,
  }),
  row(watch, 'ignore', TEXT_OR_TEXTS, 'Patterns whose changes are ignored.', { becomes: 'list', honoured }),
  row(watch, 'include', TEXT_OR_TEXTS, 'Patterns whose changes count; without it, all.', { becomes: 'list', honoured }),
  row(watch, 'path', 'string', 'The path watched.', { relative: 'path', honoured }),
  row(watch, 'action', 'string', 'Rebuild the image, copy the files, or restart.', {
    oneOf: ['rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'],
    honoured,
  }),
  row(watch, 'target', 'string', 'Where in the container files are copied to.', { honoured }),
  ...hookBody(watch, 'exec', ['command']),
  row(watch, 'initial_sync', 'boolean', 'Copies everything once at the start.', { honoured }),
];
