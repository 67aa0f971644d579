import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drillHeadline } from '../../../src/report/drills/html/headline.ts';
import { niceScale, timeScale } from '../../../src/report/drills/html/plot/scale.ts';
import { type Point, thinned } from '../../../src/report/drills/html/plot/thinned.ts';
import { drillPolicy } from '../../../src/report/drills/html/policy.ts';
import { drillStyle } from '../../../src/report/drills/html/style.ts';
import { renderDrillHtml } from '../../../src/report/drills/html.ts';
import { crowded } from './crowded.ts';
import { shop } from './shop.ts';
import { report, result, someReport } from './some-report.ts';

const extras = { version: '1.2.3' };

describe('the page', () => {
  test('its policy names its style, and allows nothing else', () => {
    const hash = createHash('sha256').update(drillStyle).digest('base64');
    expect(drillPolicy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  test('any report: no script, no style attribute, no handler, nothing asked for; every id once; the same again', () => {
    fc.assert(
      fc.property(someReport, (some) => {
        const html = renderDrillHtml(some, extras);
        expect(html).not.toMatch(
          /<script|<[a-z][^>]*\s(?:style|on[a-z]+)=|\ssrc=|@import|url\(|<(?:img|iframe|object|embed|base|form)\b/,
        );
        const ids = (html.match(/\sid="[^"]*"/g) ?? []).map((id) => id.trim());
        expect(new Set(ids).size).toBe(ids.length);
        expect(html).not.toMatch(/NaN|Infinity|undefined/);
        expect(renderDrillHtml(some, extras)).toBe(html);
      }),
      { numRuns: 60 },
    );
  });

  test('every drill, stand-in and reason is there', () => {
    const html = renderDrillHtml(shop, extras);
    for (const { summary, advice } of shop.drills)
      for (const text of [summary, ...advice])
        expect(html).toContain(text.replaceAll("'", '&#39;').replaceAll('"', '&quot;'));
    for (const { used } of shop.standIns) expect(html).toContain(used);
    expect(html).toContain('<td>honest-health, health-flap</td><td>no health check</td>');
    expect(html.match(/<details class="drill /g)).toHaveLength(shop.drills.length);
  });

  test('six thousand points are drawn with a few hundred, and soon', () => {
    const began = performance.now();
    expect(renderDrillHtml(crowded, extras).length).toBeLessThan(400_000);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('the drawing', () => {
  const drawn = (fields: object) => {
    const timeline = { seconds: 10, series: [], events: [], health: [], ...fields };
    return renderDrillHtml(report({ drills: [result({ timeline })] }), extras);
  };
  const series = {
    name: 'lost',
    panel: 'requests',
    unit: '/s',
    points: [
      [0, 0],
      [3, 1],
      [4, 2000],
    ],
  };

  test('lost requests are marks of their own, each with its number', () => {
    const html = drawn({ series: [series] });
    expect(html).toContain('<title>3 s: lost 1/s</title>');
    expect(html).toContain('<title>4 s: lost 2,000/s</title>');
    expect(html).toMatch(/<text class="bar-text lost"[^>]*>2,000<\/text>/);
  });

  test('what has another unit has axes of its own', () => {
    const other = { ...series, name: 'size', unit: 'bytes' };
    expect(drawn({ series: [series, other] }).match(/class="panel-title"/g)).toHaveLength(4);
    expect(drawn({ series: [series, { ...other, unit: '/s' }] }).match(/class="panel-title"/g)).toHaveLength(2);
  });

  test('its words say what an eye would take from it', () => {
    const html = renderDrillHtml(shop, extras);
    expect(html).toContain(
      '16 s in all. Requests: answered up to 128/s, lost up to 35/s, refused up to 88/s. Latency: p50 up to 7 ms, p99 up to 310 ms. Health: starting from 0 s, healthy from 1.2 s, stopped from 14.1 s. Events: load begins: 128 requests a second at 0.4 s, SIGTERM sent at 12 s,',
    );
    expect(html).toContain('<title id="d1-wide-t">graceful-stop of web</title>');
  });

  test('a timeline with nothing in it is no drawing', () => {
    expect(drawn({})).not.toContain('<figure>');
  });
});

describe('the headline', () => {
  const of = (...outcomes: ('held' | 'broke' | 'inconclusive')[]) =>
    drillHeadline(report({ drills: outcomes.map((outcome) => result({ outcome })) }));

  test.each([
    [['broke', 'held', 'inconclusive'], 'bad', '1 of 3 claims broke'],
    [['held', 'inconclusive'], 'warn', '1 claim held, 1 could not be told'],
    [['held', 'held'], 'good', 'All 2 claims held'],
    [['held'], 'good', 'The claim held'],
    [[], 'warn', 'Nothing was drilled'],
  ] as const)('%s', (outcomes, mood, text) => {
    expect(of(...outcomes)).toMatchObject({ mood, text });
  });
});

describe('scales', () => {
  test.each([
    [128, false, [0, 50, 100, 150]],
    [1, false, [0, 0.5, 1]],
    [0, false, [0, 0.5, 1]],
    [2 ** 28, true, [0, 2 ** 27, 2 ** 28]],
  ])('%s', (most, binary, ticks) => {
    expect(niceScale(most, 0, 1, 3, binary).ticks).toEqual(ticks);
  });

  test('the highest value is within, and time reaches the end', () => {
    fc.assert(
      fc.property(fc.double({ min: 2e-9, max: 1e18, noNaN: true }), fc.boolean(), (most, binary) => {
        const scale = niceScale(most, 100, 0, 3, binary);
        expect(scale.max).toBeGreaterThanOrEqual(most * (1 - 1e-6));
        expect(scale.of(most)).toBeGreaterThanOrEqual(-1e-6);
        expect(scale.ticks.length).toBeLessThanOrEqual(5);
        const time = timeScale(most, 0, 50, 12);
        expect(time.of(most)).toBeCloseTo(50);
        expect(time.ticks.length).toBeLessThanOrEqual(14);
      }),
    );
  });

  test('thinning keeps peaks, lows and order', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: -1000, max: 1000 }));
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 2000 }),
        fc.integer({ min: 8, max: 400 }),
        (points, most) => {
          const kept = thinned(points as Point[], most);
          const values = (some: readonly Point[]) => some.map(([, value]) => value);
          expect(Math.max(...values(kept))).toBe(Math.max(...values(points)));
          expect(Math.min(...values(kept))).toBe(Math.min(...values(points)));
          expect(kept.length).toBeLessThanOrEqual(Math.max(most + 4, 8));
          for (const [index, [at]] of kept.entries())
            if (index > 0) expect(at).toBeGreaterThanOrEqual((kept[index - 1] as Point)[0]);
        },
      ),
    );
  });
});
