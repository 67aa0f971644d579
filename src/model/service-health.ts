import type { YamlMap } from '../read/yaml/tree.ts';
import { parseDuration } from '../vocabulary/duration.ts';
import { booleanOf, child, itemsOf, keySpanOf, numberOf, text } from './compose/tree-access.ts';
import type { HealthTest, Image } from './image/image.ts';
import type { Health } from './service.ts';
import { lineCommands } from './service-process.ts';

/** Compose's `healthcheck` over the image's: each of its keys on its own (Engine API: an empty test inherits the image's). */
export function healthOf(compose: YamlMap | undefined, image: Image): Health {
  const node = child(compose, 'healthcheck');
  const inherited = image.healthcheck;
  if (node?.kind === 'map') {
    const span = keySpanOf(compose, 'healthcheck') ?? node.span;
    if (booleanOf(child(node, 'disable')) === true)
      return { kind: 'disabled', span: child(node, 'disable')?.span ?? span };
    const test = child(node, 'test');
    const [type, ...words] = itemsOf(test).map((item) => ({ text: text(item) ?? '', span: item.span }));
    if (type?.text === 'NONE') return { kind: 'disabled', span: test?.span ?? span };
    const base = inherited?.value;
    if (!type && !base) return inherited ? { kind: 'none' } : { kind: 'unknown' };
    const own: HealthTest = {
      form: type ? (type.text === 'CMD-SHELL' ? 'shell' : 'exec') : (base?.form ?? 'exec'),
      words: type ? words : (base?.words ?? []),
      span: test?.span ?? span,
      intervalMs: durationOf(node, 'interval') ?? base?.intervalMs,
      timeoutMs: durationOf(node, 'timeout') ?? base?.timeoutMs,
      startPeriodMs: durationOf(node, 'start_period') ?? base?.startPeriodMs,
      startIntervalMs: durationOf(node, 'start_interval') ?? base?.startIntervalMs,
      retries: numberOf(child(node, 'retries')) ?? base?.retries,
    };
    return {
      kind: 'test',
      test: own,
      span: own.span ?? span,
      from: 'compose',
      commands: lineCommands({ form: own.form, words: own.words, span: own.span }),
    };
  }
  if (!inherited) return { kind: 'unknown' };
  const test = inherited.value;
  if (!test) return inherited.from.kind === 'file' ? { kind: 'disabled', span: inherited.from.span } : { kind: 'none' };
  const commands = lineCommands({ form: test.form, words: test.words, span: test.span });
  const span = test.span ?? image.stage?.from.span ?? { file: '', start: 0, end: 0 };
  return { kind: 'test', test, span, from: test.span ? 'dockerfile' : 'base-image', commands };
}

function durationOf(node: YamlMap, key: string): number | undefined {
  const value = text(child(node, key));
  return value === undefined ? undefined : parseDuration(value);
}
