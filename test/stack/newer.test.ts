import { expect, test } from 'vitest';
import { newer } from './newer.ts';
import { planned } from './planned.ts';

const beside = { labels: 'a=1\n', raw: 'A="$B"\n' };

test.each(newer)('$yaml', ({ yaml, top = '', at, is }) => {
  const text = `services:\n  web:\n    image: alpine:3\n${yaml.replaceAll(/^/gm, '    ')}\n${top}\n`;
  const { services, networks } = planned({ 'compose.yaml': text, ...beside });
  const plan = { ...services[0], network: networks[0] };
  const found = at.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), plan);
  expect(found).toEqual(is);
});
