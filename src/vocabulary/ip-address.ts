/** 4 or 6 for what Go's `net.ParseIP` takes as an address (no zone, no brackets, no leading zeros), else undefined. */
export function ipVersion(text: string): 4 | 6 | undefined {
  if (isIpv4(text)) return 4;
  return text.length <= 45 && isIpv6(text) ? 6 : undefined;
}

/** Reached from this machine only. */
export function isLoopback(address: string): boolean {
  return isIpv4(address) ? address.startsWith('127.') : ipVersion(address) === 6 && /^[0:]*:0*1$/.test(address);
}

/** All of the machine's addresses: `0.0.0.0` and `::`. */
export function isAnyAddress(address: string): boolean {
  return address === '0.0.0.0' || (ipVersion(address) === 6 && /^[0:]+$/.test(address));
}

function isIpv4(text: string): boolean {
  return /^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    const last = index === halves.length - 1 ? parts[parts.length - 1] : undefined;
    if (last?.includes('.')) {
      if (!isIpv4(last)) return false;
      parts.pop();
      groups += 2; // the last 32 bits written as IPv4
    }
    if (!parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) return false;
    groups += parts.length;
  }
  // `::` stands for one group of zeros at least.
  return halves.length === 2 ? groups <= 7 : groups === 8;
}
