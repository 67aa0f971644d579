import { expect, test } from 'vitest';
import { check } from '../../src/index.ts';

async function settingOf(name: string, value: string): Promise<string | undefined> {
  const compose = `services:\n  api:\n    image: busybox:1.37\n    environment:\n      ${name}: ${JSON.stringify(value)}\n`;
  const verdict = await check({ files: { 'compose.yaml': compose } });
  return verdict.services[0]?.settings.find((setting) => setting.name === `env ${name}`)?.value;
}

test.each([
  ['RPC_URL', 'https://mainnet.example.net/v3/9aa3d95b3bc440fa88ea12eaa4456161', 'https://mainnet.example.net/v3/***'],
  ['API_URL', 'https://api.example.net/v3/orders?expand=customer', 'https://api.example.net/v3/orders?expand=customer'],
  ['LOG_LEVEL', 'info', 'info'],
  ['DB_PASSWORD', 'hunter2', '***'],
])('%s is shown without what opens a door', async (name, value, shown) => {
  expect(await settingOf(name, value)).toBe(shown);
});
