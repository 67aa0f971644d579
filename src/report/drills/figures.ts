import { printBytes } from '../../vocabulary/bytes.ts';
import type { DrillResult, Evidence } from '../../vocabulary/drill.ts';

/** `2,041`, `0.35`, `12.4`: three digits that tell something, thousands apart. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'no limit' : '–';
  const size = Math.abs(value);
  const decimals = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  const [whole = '0', fraction] = value.toFixed(decimals).split('.');
  const parted = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const rest = fraction?.replace(/0+$/, '') ?? '';
  return rest === '' ? parted : `${parted}.${rest}`;
}

/** `4.2 s`, `1 min 12 s`, `1 h 5 min`; under a second `0.35 s`. */
export function secondsText(seconds: number): string {
  if (!(seconds >= 0) || seconds === Number.POSITIVE_INFINITY) return '–';
  if (seconds < 59.95) return `${figure(seconds >= 1 ? Math.round(seconds * 10) / 10 : seconds)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const parts = hours > 0 ? [`${hours} h`, `${minutes} min`] : [`${minutes} min`, `${rest} s`];
  return parts.filter((part) => !part.startsWith('0 ')).join(' ');
}

/** A measure with its unit, as people write it: `512 MiB`, `12 ms`, `40 %`, `200/s`. */
export function measure(value: number, unit: string | undefined): string {
  if (unit === 'bytes') return Number.isFinite(value) ? printBytes(Math.round(value)) : 'no limit';
  if (unit === undefined || unit === '') return figure(value);
  return unit.startsWith('/') ? `${figure(value)}${unit}` : `${figure(value)} ${unit}`;
}

/** The value of a piece of evidence; a list is one line each. */
export function evidenceValue({ value, unit }: Evidence): string[] {
  if (typeof value === 'number') return [measure(value, unit)];
  if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
  const lines = typeof value === 'string' ? [value] : value;
  const told = unit === undefined ? lines : lines.map((line) => `${line} ${unit}`);
  return told.length > 0 ? [...told] : ['none'];
}

/** `held in 3 of 5 runs`; empty where it was run once. */
export function repeatedText({ repeated }: Pick<DrillResult, 'repeated'>): string {
  return repeated ? `held in ${repeated.held} of ${repeated.of} runs` : '';
}
