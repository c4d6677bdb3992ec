/** A table in Markdown whose columns stand under each other in a terminal too; the first column is text, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join(' | ')} |`;
  return [line(head), line(widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))), ...rows.map(line)].join('\n');
}

/** A number of three digits that say something; a dash where none was measured. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

const WIDEST = 50;

/** Numbers as bars, the longest of them WIDEST. */
export function bars(titles: readonly string[], values: readonly number[]): string {
  const most = Math.max(...values);
  const room = Math.max(...titles.map(({ length }) => length));
  return titles.map((title, at) => `${title.padStart(room)} ${'█'.repeat(Math.round((values[at]! / most) * WIDEST) || 0)} ${figure(values[at]!)}`).join('\n');
}
