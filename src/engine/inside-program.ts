/** Written with the room `inside`. */
export function insideProgram(): string {
  return 'process.stdin.resume()';
}
